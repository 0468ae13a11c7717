"""Fills the gaps of a form, each by its own throw of the dice and only where the form has it."""

from collections.abc import Callable, Mapping
from random import Random


class Gaps(dict[str, str]):
    """What `str.format_map` fills in: a gap that comes twice is filled alike."""

    def __init__(self, fillers: Mapping[str, Callable[[], str]]) -> None:
        """Keep how each gap is filled."""
        super().__init__()
        self._fillers = fillers

    def __missing__(self, name: str) -> str:
        """Fill a gap for the first time."""
        self[name] = self._fillers[name]()
        return self[name]


def another(chance: Random, words: tuple[str, ...], taken: str | None) -> str:
    """A word that is not the one taken.

    >>> another(Random(1), ("red", "blue"), "red")
    'blue'
    """
    found = chance.choice(words)
    return found if found != taken else words[(words.index(found) + 1) % len(words)]
