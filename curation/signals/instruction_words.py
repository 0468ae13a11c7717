"""How long the instruction is."""

from collections.abc import Sequence
from typing import ClassVar

from curation.methods import Signal
from curation.sample import Sample


class InstructionWords(Signal):
    """Words in the instruction.

    Self-Instruct keeps generated instructions of 4 to 150 words.

    >>> InstructionWords()([Sample("Name a colour.", output="Deep red")])
    [3.0]
    """

    name: ClassVar[str] = "instruction_words"
    unit: ClassVar[str] = "words"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count the words of every instruction."""
        return [float(len(sample.instruction.split())) for sample in samples]
