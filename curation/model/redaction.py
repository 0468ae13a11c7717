"""Takes keys out of text that a server sent, before it reaches a message, a log or a file (T7)."""

import re

REMOVED = "[key removed]"
KEY_SHAPES = re.compile(r"Bearer\s+[^\s\"',}]+|\b(?:sk|gsk|pk|hf)[-_][\w*.\-]{3,}", re.IGNORECASE)
SHORTEST = 8
"""A shorter key would take ordinary words out of answers; it is removed from error texts only."""


def redacted(text: str, key: str) -> str:
    """The text of an error without the key and without anything shaped like one.

    >>> redacted("Incorrect key sk-ab12*****89. Sent: Bearer abc", "")
    'Incorrect key [key removed] Sent: [key removed]'
    """
    if key:
        text = re.sub(re.escape(key), REMOVED, text, flags=re.IGNORECASE)
    return KEY_SHAPES.sub(REMOVED, text)


def scrubbed(body: bytes, key: str) -> bytes:
    """An answer without the key itself; everything else stays as it was sent."""
    return body.replace(key.encode(), REMOVED.encode()) if len(key) >= SHORTEST else body


def excerpt(text: str, key: str, length: int = 300) -> str:
    """The start of a server's text on one line, without control characters and keys; empty where there is none."""
    printable = "".join(letter if letter.isprintable() else " " for letter in redacted(text, key))
    line = " ".join(printable.split())
    return line if len(line) <= length else line[: length - 1] + "…"
