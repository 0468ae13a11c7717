"""How many characters a text has: a measure of length for scripts that put no space between words."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import conversation


class Characters(Signal):
    """Characters in the answer.

    >>> Characters()([Sample("Name a colour.", output="红色")])
    [2.0]
    """

    name: ClassVar[str] = "characters"
    unit: ClassVar[str] = "characters"
    field: Literal["instruction", "input", "output"] = Field("output", description="Text to count")

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count the Unicode code points of every sample."""
        return [float(len(getattr(sample, self.field))) for sample in samples]


class InstructionCharacters(Signal):
    """Characters in the instruction.

    Unicode code points, white space among them.

    >>> InstructionCharacters()([Sample("Name a colour.")])
    [14.0]
    """

    name: ClassVar[str] = "instruction_characters"
    unit: ClassVar[str] = "characters"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every sample."""
        return [float(len(sample.instruction)) for sample in samples]


class InputCharacters(Signal):
    """Characters in the input.

    0 where there is no input.

    >>> InputCharacters()([Sample("Name it.", "#ff0000")])
    [7.0]
    """

    name: ClassVar[str] = "input_characters"
    unit: ClassVar[str] = "characters"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every sample."""
        return [float(len(sample.input)) for sample in samples]


class ConversationCharacters(Signal):
    """Characters in the whole conversation.

    System message, instruction, input, answer and every message after it, with one line break between two; not the
    rejected answer.

    >>> ConversationCharacters()([Sample("Name a colour.", output="Red")])
    [18.0]
    """

    name: ClassVar[str] = "conversation_characters"
    unit: ClassVar[str] = "characters"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every sample."""
        return [float(len(conversation(sample))) for sample in samples]
