"""Writes and reads the list of whole tasks (instruction, input, output) by which Alpaca asks for more.

The layout is that of tatsu-lab/stanford_alpaca (prompt.txt, generate_instruction.py).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from curation.generators.self_instruct.numbered import pieces
from curation.sample import Sample

NO_INPUT = "<noinput>"
_START = re.compile(r"^[ \t*#]*(\d+)[ \t]*\.[ \t]*Instruction:[ \t*]*", re.IGNORECASE | re.MULTILINE)
_SEPARATOR = re.compile(r"(?:\s*\n[ \t]*#{3,}[ \t]*)+$")


class Task(NamedTuple):
    """One task of the list; `output` is None where the three parts could not be told apart."""

    instruction: str
    input: str = ""
    output: str | None = None


def write_tasks(samples: Sequence[Sample]) -> str:
    """The start of the list.

    >>> print(write_tasks([Sample("Name a colour.", output="Red")]))
    ###
    1. Instruction: Name a colour.
    1. Input:
    <noinput>
    1. Output:
    Red
    """
    return "\n".join(_written(number, sample) for number, sample in enumerate(samples, start=1))


def read_tasks(text: str) -> list[Task]:
    """The tasks of an answer, in order; empty where it has none.

    A task starts at a line `4. Instruction: …` whose number is above the one before. Its parts carry its number.

    >>> read_tasks("4. Instruction: Name a colour." + chr(10) + "4. Input:<noinput>" + chr(10) + "4. Output:Red")
    [Task(instruction='Name a colour.', input='', output='Red')]
    """
    return [_read(number, task) for number, task in pieces(text, _START)]


def _written(number: int, sample: Sample) -> str:
    instruction = " ".join(sample.instruction.split()).rstrip(":")
    given = sample.input or NO_INPUT
    return f"###\n{number}. Instruction: {instruction}\n{number}. Input:\n{given}\n{number}. Output:\n{sample.output}"


def _read(number: int, text: str) -> Task:
    body = _SEPARATOR.sub("", text.rstrip())
    parts = re.split(rf"^[ \t*]*{number}[ \t]*\.[ \t]*(Input|Output):[ \t*]*", body, flags=re.IGNORECASE | re.MULTILINE)
    if [name.lower() for name in parts[1::2]] != ["input", "output"]:
        return Task(parts[0].strip())
    instruction, given, output = (part.strip() for part in parts[::2])
    return Task(instruction, "" if given.lower() == NO_INPUT else given, output)
