"""Whether code that was asked for is code."""

import ast
import re
import warnings
from typing import Final

from curation.sample import Sample

_ASKED: Final = re.compile(r"\bpython(?: ?3)?\b", re.IGNORECASE)
_BLOCK: Final = re.compile(r"^```(?P<language>\w*)[^\n]*\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL)
_START: Final = re.compile(r"(?:def |class |import |from \w[\w.]* import |for \w+ in |while |print ?\(|@\w|# ?\w)")
_LONGEST: Final = 20_000


def misses_python(sample: Sample) -> bool | None:
    """Python is asked for: the fenced blocks, or an answer that begins like a program, must parse as Python 3.

    None for answers in words, other languages and code of more than 20,000 characters. Known false hits: Python 2,
    sessions with ">>>", programs with "..." in place of a part.
    """
    if not _ASKED.search(sample.instruction):
        return None
    blocks = _blocks(sample.output)
    return not all(map(_parses, blocks)) if blocks and sum(map(len, blocks)) <= _LONGEST else None


def _blocks(answer: str) -> list[str]:
    found = [match["code"] for match in _BLOCK.finditer(answer) if match["language"] in ("", "python", "py", "python3")]
    if found:
        return found
    return [answer.strip()] if _START.match(answer.strip()) and "```" not in answer else []


def _parses(code: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on odd escapes, whose class differs between versions of Python
            ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
