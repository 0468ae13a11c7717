"""Texts that several signals look at."""

import re

from curation.sample import Sample

FENCE = re.compile(r"^[ \t]*```", re.MULTILINE)


def whole_text(sample: Sample) -> str:
    """Everything that a sample says, in order, one text a line."""
    followups = (message.content for message in sample.followups)
    parts = (sample.system, sample.instruction, sample.input, sample.output, *followups, sample.rejected)
    return "\n".join(part for part in parts if part)


def windows(words: list[str], length: int) -> list[tuple[str, ...]]:
    """Every run of `length` words, in order.

    >>> windows(["a", "b", "c"], 2)
    [('a', 'b'), ('b', 'c')]
    """
    return list(zip(*(words[start:] for start in range(length)), strict=False))
