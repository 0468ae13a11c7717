"""Texts that several signals look at."""

import re

from curation.sample import Sample

FENCE = re.compile(r"^[ \t]*```", re.MULTILINE)


def conversation(sample: Sample) -> str:
    """What a model is trained on: everything but the rejected answer, in order, one text a line."""
    followups = (message.content for message in sample.followups)
    parts = (sample.system, sample.instruction, sample.input, sample.output, *followups)
    return "\n".join(part for part in parts if part)


def whole_text(sample: Sample) -> str:
    """Everything that a sample says, in order, one text a line."""
    return "\n".join(part for part in (conversation(sample), sample.rejected) if part)


def is_plain(text: str) -> bool:
    """Whether a text is printable ASCII with tabs and line breaks: the common case, in which nothing can be damaged."""
    return text.isascii() and text.replace("\n", "").replace("\t", "").replace("\r", "").isprintable()


def windows(words: list[str], length: int) -> list[tuple[str, ...]]:
    """Every run of `length` words, in order.

    >>> windows(["a", "b", "c"], 2)
    [('a', 'b'), ('b', 'c')]
    """
    return list(zip(*(words[start:] for start in range(length)), strict=False))
