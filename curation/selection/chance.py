"""By chance alone: what every other way of choosing is compared with."""

from collections.abc import Callable
from typing import ClassVar

from pydantic import Field

from curation.computing.order import shuffled
from curation.methods import Pool, Selector


class Chance(Selector):
    """By chance.

    The same ids and seed give the same choice, whatever the order of the samples, and a smaller choice is the head of
    a larger one.
    """

    name: ClassVar[str] = "chance"
    seed: int = Field(0, ge=0, description="Another seed chooses others")

    def __call__(self, pool: Pool, size: int, step: Callable[[int, int], None] | None = None) -> list[int]:
        """Choose by the hash of seed and id."""
        chosen: list[int] = shuffled(pool.ids, self.seed)[:size].tolist()
        if step:
            step(len(chosen), size)
        return chosen
