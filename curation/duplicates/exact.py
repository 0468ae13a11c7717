"""Texts that are equal but for case, spacing and sentence punctuation, and vectors that are equal altogether."""

import hashlib
import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_QUOTES = re.compile("[\"'`´‘’‚‛“”„‟«»‹›¿¡]")
_STOPS = re.compile(r"[.,;:!?。、，！？]+(?=\s|$)")
"""Only at the end of a word: `3.5`, `-2`, `C++`, `C#` and `f(x)` keep what tells them apart."""


def folded(text: str) -> str:
    """The text as compared: NFKC, case folded, single spaces, no quotes and no stops at the end of a word.

    >>> folded("  What’s a  “Noun”?") == folded("whats a noun.")
    True
    >>> folded("Compute 3.5 - 2") == folded("Compute 35 - 2")
    False
    """
    if not text.isascii():  # which ASCII is already
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
        text = unicodedata.normalize("NFKC", text)
    plain = " ".join(text.casefold().split())
    bare = " ".join(_STOPS.sub("", _QUOTES.sub("", plain)).split())
    return bare or plain


def identical(vectors: NDArray[np.float32]) -> NDArray[np.int32]:
    """The first of the rows that are identical to each row, bit for bit: int32 of shape (n,).

    >>> identical(np.array([[1, 0], [0, 1], [1, 0]], np.float32)).tolist()
    [0, 1, 0]
    """
    rows = np.ascontiguousarray(vectors, np.float32)
    first: dict[bytes, int] = {}
    keys = (hashlib.blake2b(row.data, digest_size=16).digest() for row in rows)
    return np.fromiter((first.setdefault(key, i) for i, key in enumerate(keys)), np.int32, len(rows))
