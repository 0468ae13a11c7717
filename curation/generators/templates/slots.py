"""Gaps in a text, written as names in braces; a doubled brace stands for itself."""

import re
from collections.abc import Mapping

_PART = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")


def slots(text: str) -> list[str]:
    """The names of the gaps, each once, in order.

    Raises:
        ValueError: a brace is open or closed alone, or a gap has no name.

    >>> slots("Compare {a} with {b} and {a}, as in {{x}}.")
    ['a', 'b']
    """
    names: dict[str, None] = {}
    for found in _PART.finditer(text):
        if found[0] in {"{", "}"}:
            raise ValueError(f'"{found[0]}" stands alone; write "{found[0] * 2}" for the sign itself')
        if found[1] is not None:
            names[found[1].strip()] = None
    if "" in names:
        raise ValueError("a gap has no name; write one between its braces")
    return list(names)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its gaps filled; braces in the values stay as they are.

    >>> fill("{{{a}}} and {a}", {"a": "{b}"})
    '{{b}} and {b}'
    """
    return _PART.sub(lambda found: found[0][0] if found[1] is None else values[found[1].strip()], text)
