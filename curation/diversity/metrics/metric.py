"""The kinds of numbers about a collection: of its texts, of its vectors, or of one label of each sample."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from curation.methods import Plugin, Vectors


class Metric(Plugin):
    """One number about a collection of samples; NaN where it says nothing about them.

    Most of these numbers depend on how many samples there are, so compare them at the same size only.

    Attributes:
        unit: of the number, "" for none.
        meaning: what the number says, in a sentence or two for a reader.
        is_more: whether more means more varied; false where less does.
        digits: how many to show behind the point.
        version: raised by one when the same samples may get another number.
    """

    unit: ClassVar[str] = ""
    meaning: ClassVar[str]
    is_more: ClassVar[bool] = True
    digits: ClassVar[int] = 2
    version: ClassVar[int] = 1


class TextMetric(Metric):
    """Texts → one number."""

    @abstractmethod
    def __call__(self, texts: Sequence[str]) -> float:
        """The number for these texts; empty ones are left out before."""


class VectorMetric(Metric):
    """Vectors of unit length, one per sample → one number."""

    @abstractmethod
    def __call__(self, vectors: Vectors) -> float:
        """The number for vectors (n, d)."""


class LabelMetric(Metric):
    """One label per sample → one number.

    Attributes:
        signal: whose labels these are: a label signal, `category`, or `verb_object` for the pair of both.
    """

    signal: ClassVar[str]

    @abstractmethod
    def __call__(self, labels: Sequence[str]) -> float:
        """The number for these labels; samples without one are left out before."""
