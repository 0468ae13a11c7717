"""How many words each part of a sample has."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import conversation


class Words(Signal):
    """Words in the answer.

    Words are what white space divides, as in Self-Instruct's length filter.

    >>> Words()([Sample("Name a colour.", output="Deep red")])
    [2.0]
    """

    name: ClassVar[str] = "words"
    unit: ClassVar[str] = "words"
    field: Literal["instruction", "input", "output"] = Field("output", description="Text to count")

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count the words of every sample."""
        return [float(len(getattr(sample, self.field).split())) for sample in samples]


class InstructionWords(Signal):
    """Words in the instruction.

    Self-Instruct keeps generated instructions of 4 to 150 words.

    >>> InstructionWords()([Sample("Name a colour.", output="Deep red")])
    [3.0]
    """

    name: ClassVar[str] = "instruction_words"
    unit: ClassVar[str] = "words"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every sample."""
        return [float(len(sample.instruction.split())) for sample in samples]


class InputWords(Signal):
    """Words in the input.

    0 where there is no input.

    >>> InputWords()([Sample("Name it.", "a deep red", "Bordeaux")])
    [3.0]
    """

    name: ClassVar[str] = "input_words"
    unit: ClassVar[str] = "words"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every sample."""
        return [float(len(sample.input.split())) for sample in samples]


class ConversationWords(Signal):
    """Words in the whole conversation.

    System message, instruction, input, answer and every message after it; not the rejected answer.

    >>> ConversationWords()([Sample("Name a colour.", output="Deep red")])
    [5.0]
    """

    name: ClassVar[str] = "conversation_words"
    unit: ClassVar[str] = "words"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every sample."""
        return [float(len(conversation(sample).split())) for sample in samples]
