"""How good a text seems to the practice model, so that its scores tell long, whole, varied texts from scraps.

Like many judges it is taken in by length, up to a point.
"""

from collections.abc import Sequence
from math import log1p

from curation.practice.question import Question
from curation.practice.replies import REFUSAL

ENOUGH = 150
"""Words beyond which more does not impress it."""
NOISE = 0.1
CLOSE = 0.04
"""Texts whose worths are no further apart are equally good."""


def worth(text: str) -> float:
    """0 for nothing, towards 1 for a long and varied text with an end.

    >>> worth(""), worth("Bees dance.") < worth("Bees dance to tell the others where flowers are, and how far away.")
    (0.0, True)
    """
    words = text.split()
    if not words or text == REFUSAL:
        return 0.0
    length = min(1.0, log1p(len(words)) / log1p(ENOUGH))
    whole = 1.0 if text.rstrip()[-1] in ".!?)`\"'”" else 0.6
    variety = len({word.lower() for word in words}) / len(words)
    return (0.15 + 0.6 * length * whole + 0.25 * variety) * min(1.0, len(words) / 3)


def judged(question: Question) -> float:
    """What a judge makes of the text that a question is about, 0 to 1, with some noise."""
    parts = question.parts
    text = parts.get("answer", parts.get("instruction", ""))
    return min(1.0, max(0.0, worth(text) + question.chance.gauss(0.0, NOISE)))


def preferred(question: Question, options: Sequence[str]) -> str:
    """Which of the options `x` names the better one of the parts `x answer`; one without a part is a draw.

    "" where the question holds fewer than two such parts.
    """
    answers = {option: question.parts[f"{option} answer"] for option in options if f"{option} answer" in question.parts}
    if len(answers) < 2:
        return ""
    worths = {option: worth(text) + question.chance.gauss(0.0, NOISE / 4) for option, text in answers.items()}
    high, low = sorted(worths, key=worths.__getitem__, reverse=True)[:2]
    draw = next((option for option in options if option not in answers), high)
    return draw if worths[high] - worths[low] <= CLOSE else high
