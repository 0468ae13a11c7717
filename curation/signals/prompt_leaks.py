"""Pieces of the prompt that made a sample, left in it."""

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample

_LEAK: Final = re.compile(
    r"#{2,} ?(?:instruction|input|response|output)s?\b|# ?(?:rewritten|given|new|created) prompt\b"
    r"|\b(?:rewritten|created) prompt\b"  # with "given prompt", Evol-Instruct's fourth elimination
    r"|<no(?:in|out)put>"
    r"|<\|[a-z_]{2,30}\|>|\[/?INST\]|<</?SYS>>|</s>"
    r"|^\W{0,4}(?:\d{1,3}[.)] ?)?(?:instruction|example instance|task \d{1,3})\s{0,2}:"
    r"|^(?:human|assistant)\s?:"
    r"|\bas (?:given|shown|stated|mentioned|described|provided) (?:above|below|earlier)\b",
    re.IGNORECASE | re.MULTILINE,
)
_HINTS: Final = ("#", "prompt", "<", "[", "instruction", "instance", "task ", ":", " above", " below", " earlier")


class PromptLeaks(Signal):
    """Traces of the generating prompt.

    How many marks there are in instruction and answer that belong around a sample, not in it: "### Instruction:",
    "<noinput>", "Task 12:", "Human:", "rewritten prompt" (the fourth elimination of Evol-Instruct), tokens of chat
    templates, and "as given above" with nothing above. Known false hits: dialogues that were asked for ("Human: Hi"),
    texts about prompts.

    >>> PromptLeaks()([Sample("### Instruction: Sum up the text as given above."), Sample("Sum up the text.")])
    [2.0, 0.0]
    """

    name: ClassVar[str] = "prompt_leaks"
    unit: ClassVar[str] = "places"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every instruction and answer."""
        return [float(_count(sample.instruction) + _count(sample.output)) for sample in samples]


def _count(text: str) -> int:
    lower = text.casefold()
    return sum(1 for _ in _LEAK.finditer(text)) if any(hint in lower for hint in _HINTS) else 0
