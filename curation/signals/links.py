"""Prompts that point to something outside of them."""

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample

_LINK: Final = re.compile(r"\bhttps?://\w|\bwww\.\w|!\[[^\]\n]{0,200}\]\(", re.IGNORECASE)


class Links(Signal):
    """Links in the prompt.

    How many web addresses and Markdown pictures there are in instruction and input. Text cannot hold what is behind
    them, so "Summarize https://…" can only be answered by making something up. Known false hits: tasks about addresses
    themselves, text with its source below it.

    >>> Links()([Sample("Sum it up.", "https://a.example/article"), Sample("Sum it up.", "The sun rose.")])
    [1.0, 0.0]
    """

    name: ClassVar[str] = "links"
    unit: ClassVar[str] = "places"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every prompt."""
        return [float(sum(1 for _ in _LINK.finditer(sample.prompt))) for sample in samples]
