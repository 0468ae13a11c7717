"""Code that does not end, and brackets that are not closed."""

import math
import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import FENCE

_CLOSES: Final = {")": "(", "]": "[", "}": "{", "）": "（", "】": "【", "」": "「"}
_BRACKET: Final = re.compile(f"[{re.escape(''.join((*_CLOSES, *_CLOSES.values())))}]")


class OpenFence(Signal):
    r"""Code block that is opened and not closed.

    1 where the answer has an odd number of lines that begin with three backticks, which is how answers end that were
    cut off in code; 0 for an even number, NaN for none.

    >>> OpenFence()([Sample("Print 1.", output="```python\nprint(1)")])
    [1.0]
    """

    name: ClassVar[str] = "open_fence"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Look at every answer."""
        return [_is_open(sample.output) for sample in samples]


class UnclosedBrackets(Signal):
    """Brackets that are opened and not closed.

    How many round, square and curly brackets of the answer are opened and never closed. Closing ones without an
    opening one, as in "a)" and smileys, do not count. NaN for no answer. Known false hits: intervals such as [0, 1),
    brackets inside strings and regular expressions, ":(".

    >>> UnclosedBrackets()([Sample("Go.", output="f(x[1]"), Sample("Go.", output="a) one (or two)")])
    [1.0, 0.0]
    """

    name: ClassVar[str] = "unclosed_brackets"
    unit: ClassVar[str] = "brackets"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every answer."""
        return [_unclosed(sample.output) for sample in samples]


def _is_open(answer: str) -> float:
    fences = len(FENCE.findall(answer)) if "```" in answer else 0
    return float(fences % 2) if fences else math.nan


def _unclosed(answer: str) -> float:
    if not answer:
        return math.nan
    waiting: list[str] = []
    for sign in _BRACKET.findall(answer):
        if sign not in _CLOSES:
            waiting.append(sign)
        elif waiting and waiting[-1] == _CLOSES[sign]:  # one that does not fit is skipped: one mistake counts once
            waiting.pop()
    return float(len(waiting))
