"""What a check looks at and what it finds."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from curation.exporters import FileFormat
from curation.methods import Plugin
from curation.stages.planning import Plan
from curation.store import Workspace

Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class Outgoing:
    """What is about to go out.

    Args:
        workspace: where it comes from.
        chosen: which samples, and into which split.
        forms: the formats that are written.
        licence: of the export, as the Hub writes it.
    """

    workspace: Workspace
    chosen: Plan
    forms: Sequence[FileFormat] = ()
    licence: str = "other"

    @cached_property
    def numbers(self) -> Numbers:
        """The samples, ascending."""
        return np.unique(np.asarray(self.chosen.numbers, np.int32))

    def among(self, found: Numbers) -> Numbers:
        """Those of these samples that go out, ascending."""
        return self.numbers[np.isin(self.numbers, found, kind="table")]


@dataclass(frozen=True)
class Finding:
    """A line of the gate.

    Args:
        check: the name of the check, by which it is overridden.
        title: the same for a reader.
        blocks: whether nothing is written before somebody gives a reason; else it only warns.
        words: what there is and what to do about it.
        count: how many: samples, or what the words say.
        numbers: the samples that it is about, ascending; none where it is about all of them.
    """

    check: str
    title: str
    blocks: bool
    words: str
    count: int
    numbers: Numbers = field(repr=False)


class Check(Plugin):
    """what goes out → a line of the gate, None where nothing is found.

    The docstring's first line is its title, the rest its help.
    """

    blocks: ClassVar[bool] = True

    @abstractmethod
    def __call__(self, going: Outgoing) -> Finding | None:
        """Look at what goes out."""

    def found(self, words: str, numbers: Numbers, count: int | None = None) -> Finding:
        """A line about these samples; they are counted where no other number is given."""
        return Finding(self.name, self.label(), self.blocks, words, len(numbers) if count is None else count, numbers)


def samples(count: int, one: str, many: str) -> str:
    """A number of samples with the words that go with it.

    >>> samples(1, "has", "have"), samples(2000, "has", "have")
    ('1 sample has', '2,000 samples have')
    """
    return f"1 sample {one}" if count == 1 else f"{count:,} samples {many}"
