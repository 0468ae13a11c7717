"""Instructions that a text model cannot see or carry out."""

import re
from collections.abc import Sequence
from typing import ClassVar, Final, Literal

from pydantic import Field

from curation.methods import Signal
from curation.sample import Sample

# The word lists of yizhongw/self-instruct (bootstrap_instructions.py) and tatsu-lab/stanford_alpaca
# (generate_instruction.py), matched as whole words like there.
_SELF_INSTRUCT: Final = "images? graphs? pictures? files? maps? draw plot go\\s+to"
_ALPACA: Final = f"{_SELF_INSTRUCT} video audio music flowchart diagram"
_LISTS: Final = {
    name: re.compile(rf"\b(?:{'|'.join(words.split(' '))})\b", re.IGNORECASE)
    for name, words in (("self-instruct", _SELF_INSTRUCT), ("alpaca", _ALPACA))
}


class NeedsMedia(Signal):
    """Words in the instruction that ask for pictures, files or sound.

    Counts the words by which Self-Instruct and Alpaca drop an instruction. Blunt on purpose, as published:
    "Describe a music genre" counts too.

    >>> NeedsMedia()([Sample("Draw a map of the town."), Sample("Describe the town.")])
    [2.0, 0.0]
    """

    name: ClassVar[str] = "needs_media"
    unit: ClassVar[str] = "words"
    words: Literal["self-instruct", "alpaca"] = Field("alpaca", description="Whose list of words")

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every instruction."""
        pattern = _LISTS[self.words]
        return [float(len(pattern.findall(sample.instruction))) for sample in samples]
