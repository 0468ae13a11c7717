"""Writes and reads the numbered list of tasks by which a model is asked for more."""

import re
from collections.abc import Sequence

from curation.generators.self_instruct.numbered import pieces

_TASK = re.compile(r"^[ \t>*#_-]*Task[ \t]*(\d+)[ \t]*[:.)][ \t*]*", re.IGNORECASE | re.MULTILINE)
_NUMBER = re.compile(r"^[ \t>*]*(\d+)[ \t]*[.)][ \t*]+", re.MULTILINE)
_RULE_BELOW = re.compile(r"(?:\n[\s*#-]*)+$")


def write_list(instructions: Sequence[str]) -> str:
    """The start of the list, one task a line, as Self-Instruct writes it: white space folded, no colon at the end.

    >>> print(write_list(["Name a colour.", "Sort these:"]))
    Task 1: Name a colour.
    Task 2: Sort these
    """
    lines = (" ".join(instruction.split()).rstrip(":") for instruction in instructions)
    return "\n".join(f"Task {number}: {line}" for number, line in enumerate(lines, start=1))


def read_list(text: str) -> list[str]:
    """The tasks of an answer, in order, each on one line; none where it has none.

    A task starts at a line `Task 9: …`, or at `9. …` where no line is of the first kind, and only if its number is
    above the one before, so that a numbered list within a task stays within it. What stands before is not a task.

    >>> read_list("Sure!" + chr(10) + "Task 9: Name a colour." + chr(10) + "Task 10: Add 1" + chr(10) + "and 2.")
    ['Name a colour.', 'Add 1 and 2.']
    """
    pattern = _TASK if _TASK.search(text) else _NUMBER
    return [_clean(task) for _, task in pieces(text, pattern)]


def _clean(task: str) -> str:
    """On one line, without the bold marks and the rules that chat models put around tasks."""
    return " ".join(_RULE_BELOW.sub("", task.strip()).split()).removesuffix("**").strip()
