"""Which instructions Self-Instruct and Alpaca throw away at once.

The rules and word lists are those of yizhongw/self-instruct (bootstrap_instructions.py) and tatsu-lab/stanford_alpaca
(generate_instruction.py).
"""

import re
import string
import unicodedata
from collections.abc import Sequence

from curation.generators.fault import Fault
from curation.rouge import UNSPACED

SELF_INSTRUCT_WORDS = (
    *("image", "images", "graph", "graphs", "picture", "pictures", "file", "files", "map", "maps"),
    *("draw", "plot", "go to"),
)
ALPACA_WORDS = (*SELF_INSTRUCT_WORDS, "video", "audio", "music", "flowchart", "diagram")
FEWEST, MOST = 4, 150
"""Words that an instruction has at least and at most."""
_PROGRAM = "Write a program"


def unfit(instruction: str, blacklist: Sequence[str], ascii_start: bool) -> Fault | None:
    """The first published rule that an instruction breaks; None for none.

    Args:
        instruction: without outer white space.
        blacklist: words that it must not have, whatever their case; a word of several parts has white space between.
        ascii_start: whether it must start with an ASCII character, as published; other languages need it off.

    >>> unfit("Draw a red cat.", SELF_INSTRUCT_WORDS, True).rule
    'word of the blacklist'
    """
    return _length(instruction) or _word(instruction, blacklist) or _start(instruction, ascii_start)


def _length(instruction: str) -> Fault | None:
    """White space divides words, as published; a character of a script without spaces counts as one too."""
    count = len(instruction.split()) + len(UNSPACED.findall(instruction))
    if count < FEWEST:
        return Fault("too short", f"{count} words (fewest {FEWEST})")
    return Fault("too long", f"{count} words (most {MOST})") if count > MOST else None


def _word(instruction: str, blacklist: Sequence[str]) -> Fault | None:
    for word in blacklist:
        pattern = r"\s+".join(map(re.escape, word.split()))
        if re.search(rf"\b{pattern}\b", instruction, re.IGNORECASE):
            return Fault("word of the blacklist", f'it has "{word}", which a model that reads text alone cannot do')
    return None


def _start(instruction: str, ascii_start: bool) -> Fault | None:
    first = instruction[0]
    if instruction.startswith(_PROGRAM):
        return Fault("asks for a program", f'it starts with "{_PROGRAM}", of which models make far too many')
    if first in string.punctuation or unicodedata.category(first).startswith("P"):
        return Fault("starts with punctuation", f'it starts with "{first}"')
    if ascii_start and not first.isascii():
        return Fault("starts with a non-ASCII letter", f'it starts with "{first}"')
    return None
