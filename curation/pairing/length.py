"""How much of a score is length."""

from collections.abc import Sequence
from math import log2

from curation.pairing.answer import Answer

FEWEST = 20
"""Prompts with answers of different length below which nothing is said about length."""


def _octaves(answer: Answer) -> float:
    """The length of an answer as the binary logarithm of its characters: one more is twice as long."""
    return log2(max(1, len(answer.text)))


def length_effect(groups: Sequence[Sequence[Answer]]) -> float:
    """Points of score that come with twice the length, prompt by prompt.

    The slope of the least-squares line of score on log2(characters) with both centred within each prompt (fixed
    effects), so that prompts which call for long answers do not count; the idea is that of length-controlled
    AlpacaEval (Dubois et al. 2024, arXiv 2404.04475), without its model of the judge.

    Returns:
        0 where longer answers do not score higher, or where fewer than twenty prompts tell.
    """
    together = squares = 0.0
    telling = 0
    for group in groups:
        scored = [answer for answer in group if answer.score == answer.score]
        lengths = _centred([_octaves(answer) for answer in scored])
        scores = _centred([answer.score for answer in scored])
        together += sum(a * b for a, b in zip(lengths, scores, strict=True))
        squares += sum(a * a for a in lengths)
        telling += any(lengths)
    return max(0.0, together / squares) if telling >= FEWEST else 0.0


def _centred(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values) if values else 0.0
    return [value - mean for value in values]
