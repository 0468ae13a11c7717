"""What kind of task a sample is."""

import re
from collections.abc import Sequence
from typing import ClassVar, Final, Literal

from curation.methods import Signal
from curation.sample import Sample

_CHOICE: Final = re.compile(
    r"\bclassif|\bcategori[sz]|\blabel\b|\bsentiment\b|\btrue or false\b|\byes or no\b|\bpositive or negative\b"
    r"|\bspam\b|\bwhich (?:of|one|category|option|class)\b|\bwhat (?:category|class|type|kind) of\b"
    r"|\b(?:determine|decide|tell|detect|identify|predict|indicate|check|find out|state) (?:me )?(?:if|whether)\b"
    r"|^(?:is|are|does|do|can|was|were|has|should) (?!you\b)",
    re.IGNORECASE,
)
_LABEL_WORDS: Final = 6


class TaskType(Signal):
    """Kind of task.

    "preference" with a worse answer, "conversation" with more than one exchange, "classification" when the instruction
    asks to choose and the answer is at most six words (Self-Instruct treats these tasks apart), else "generation".

    >>> TaskType()([Sample("Is this spam or not?", output="Spam"), Sample("Write a poem.", output="O")])
    ['classification', 'generation']
    """

    name: ClassVar[str] = "task_type"
    kind: ClassVar[Literal["number", "label"]] = "label"

    def __call__(self, samples: Sequence[Sample]) -> list[str]:
        """Name the kind of every sample."""
        return [_kind(sample) for sample in samples]


def _kind(sample: Sample) -> str:
    if sample.rejected:
        return "preference"
    if sample.followups:
        return "conversation"
    is_choice = _CHOICE.search(sample.instruction) and 0 < len(sample.output.split()) <= _LABEL_WORDS
    return "classification" if is_choice else "generation"
