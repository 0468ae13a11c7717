"""The kinds of plug-in. Each is frozen options and one call; adding one is one file and one registry line."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from curation.prompts import Asking, Model
from curation.prompts import Vectors as Vectors
from curation.sample import Candidate, Collected, Sample, Score, Seed, text_hash

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]
Row = Mapping[str, Json]


class Plugin(BaseModel, ABC):
    """Options of one method: frozen, described field by field, refused when unknown.

    `name` is the word used in recipes, on the command line and in the database. The first line of the
    docstring is the label shown to the reader, each field's description its help.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: ClassVar[str]

    @classmethod
    def label(cls) -> str:
        """The first line of the docstring, without its full stop."""
        return (cls.__doc__ or cls.__name__).strip().splitlines()[0].rstrip(".")


class Signal(Plugin):
    """samples → one number or one word each, in the same order; NaN or "" where it does not apply.

    Attributes:
        tier: 1 for what takes seconds for 50,000 samples, 2 for what has to look closer, 3 for what is slow.
        version: raised by one when the same sample may get another value; values of earlier versions are stale.
    """

    kind: ClassVar[Literal["number", "label"]] = "number"
    unit: ClassVar[str] = ""
    tier: ClassVar[int] = 1
    version: ClassVar[int] = 1

    @abstractmethod
    def __call__(self, samples: Sequence[Sample]) -> Sequence[float] | Sequence[str]:
        """Measure every sample."""


class Generator(Plugin):
    """pool → new samples, each with its origin and parents; the same options and pool give the same samples."""

    @abstractmethod
    def __call__(self, pool: Sequence[Sample]) -> Iterator[Collected]:
        """Make samples one by one, so that a run can show progress and stop between two."""

    @abstractmethod
    def requested(self, pool: Sequence[Sample]) -> int:
        """The most samples that this pool can give."""


class ModelGenerator(Plugin):
    """pool + model → candidates; the same options, pool and answers give the same candidates in the same order.

    The instructions go through `model.each`, so a method is plain code without threads: chance comes from a
    generator seeded by options and place, never from the order in which answers arrive.
    """

    @abstractmethod
    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """Make candidates one by one, kept and dropped ones alike."""

    @abstractmethod
    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """What a whole run over this pool will ask, kind by kind."""

    @abstractmethod
    def wanted(self, pool: Sequence[Seed]) -> int:
        """How many kept samples a whole run aims at."""


class Judge(Plugin):
    """samples + model → scores; a judge sorts and filters, it never accepts.

    Attributes:
        edition: raised by one when its prompts change, so that scores by the old ones are stale.
        needs: what a sample must have besides its instruction.
    """

    edition: ClassVar[int] = 1
    needs: ClassVar[tuple[Literal["output", "rejected"], ...]] = ("output",)

    @abstractmethod
    def criteria(self) -> Sequence[str]:
        """What is judged, in the order to show."""

    @abstractmethod
    def __call__(self, samples: Sequence[Sample], model: Model) -> Iterator[Score]:
        """Score every sample on every criterion; what could not be judged has a problem instead of a value."""

    @abstractmethod
    def expected(self, samples: Sequence[Sample]) -> Sequence[Asking]:
        """What judging these samples will ask."""

    def version(self) -> str:
        """12 hexadecimal digits for everything that was asked for; a changed rubric makes old scores stale."""
        return text_hash(f"{self.name} {self.edition} {self.model_dump_json()}")[:12]


class Layout(Plugin):
    """One row of a file → the samples that it holds."""

    @abstractmethod
    def recognises(self, row: Row) -> bool:
        """Whether a row is of this layout, by its fields."""

    @abstractmethod
    def __call__(self, row: Row) -> Sequence[Sample]:
        """Read one row; raise BadRow with the reason where it cannot be read."""


class Format(Plugin):
    """sample → one row of an export: a pure function of one sample."""

    @abstractmethod
    def accepts(self, sample: Sample) -> bool:
        """Whether the format can carry this sample (a preference format needs a rejected answer)."""

    @abstractmethod
    def __call__(self, sample: Sample) -> Row:
        """Write one sample as one row."""


@dataclass(frozen=True, eq=False)
class Pool:
    """What the best are chosen from, one entry per sample.

    Args:
        ids: all different; ties and chance go by their hashes, never by the order of the samples.
        quality: float64 of shape (n,), higher is better, NaN where there is none.
        vectors: float32 unit rows of shape (n, dimension), without columns where nothing is embedded.
        tags: the tags of each sample, empty where nothing is tagged.
    """

    ids: Sequence[str]
    quality: NDArray[np.float64]
    vectors: Vectors
    tags: Sequence[Sequence[str]]


class Selector(Plugin):
    """pool → positions of the samples that are chosen, best first; fewer than asked for where no more will do.

    Attributes:
        needs: what of a pool must be there.
    """

    needs: ClassVar[tuple[Literal["quality", "vectors", "tags"], ...]] = ()

    @abstractmethod
    def __call__(self, pool: Pool, size: int, step: Callable[[int, int], None] | None = None) -> list[int]:
        """Choose at most so many; `step` is told (chosen, size) from time to time, what it raises stops the choice."""


class Embedder(Plugin):
    """texts → unit vectors, one row per text."""

    @abstractmethod
    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; float32 of shape (len(texts), dimension), every row of length one."""


P = TypeVar("P", bound=Plugin)


def by_name(*plugins: type[P]) -> dict[str, type[P]]:
    """A registry in the order given, keyed by each plug-in's name.

    Raises:
        ValueError: two plug-ins share a name.
    """
    registry = {plugin.name: plugin for plugin in plugins}
    if len(registry) != len(plugins):
        raise ValueError(f"two plug-ins share a name in {[plugin.name for plugin in plugins]}")
    return registry
