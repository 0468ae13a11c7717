"""Values of other programs (dates, decimals, bytes) as JSON values."""

import math
from collections.abc import Mapping
from typing import SupportsFloat

from curation.methods import Json


def plain(value: object) -> Json:
    """A value as JSON can hold it: dates and decimals as text, NaN and bytes as null.

    >>> plain({"when": __import__("datetime").date(2024, 5, 1), "score": float("nan")})
    {'when': '2024-05-01', 'score': None}
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return None if isinstance(value, bytes | bytearray | memoryview) else str(value)


def as_text(value: object) -> Json:
    """A spreadsheet cell: an answer typed as 42 is the text "42", an empty cell is empty text."""
    if value is None:
        return ""
    if isinstance(value, SupportsFloat) and not isinstance(value, bool):
        return str(value)
    return plain(value)
