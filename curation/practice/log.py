"""What was on the wire: one entry for each request for an answer, so that tests can count what a client really sent."""

import hashlib
import json
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

MOST = 100_000
"""Older entries are forgotten, so that a long run keeps its memory."""


@dataclass
class Entry:
    """One request.

    Args:
        number: 0, 1, 2 … in order of arrival.
        at: seconds since the epoch at arrival.
        key: 16 hexadecimal digits of the SHA-256 of the body, so the same question has one key.
        authorized: whether it had an Authorization header.
        status: the HTTP status that was answered, 0 while there is none.
        fault: what was done wrong on purpose, "" for nothing.
        finished: whether the whole answer was handed to the network.
        prompt_tokens: tokens read.
        completion_tokens: tokens written.
        body: what was asked, where the server keeps it.
    """

    number: int
    at: float
    key: str
    authorized: bool
    status: int = 0
    fault: str = ""
    finished: bool = False
    prompt_tokens: int = 0
    completion_tokens: int = 0
    body: bytes = b""


class Log:
    """The entries since the start, and a file that gets a line when a request arrives and when its answer is out.

    A line is one JSON object: the fields of the entry without its body, and `event`, which is `asked` or `answered`.
    Each is in the file before the client can see an effect of it, so the file is right after a kill of either side.
    """

    def __init__(self, path: Path | None = None, *, keep_bodies: bool = False) -> None:
        """Start with no entries; `path` is added to, not replaced."""
        self._entries: deque[Entry] = deque(maxlen=MOST)
        self._file = path.open("ab", buffering=0) if path else None
        self._keep_bodies = keep_bodies
        self._count = 0
        self._lock = threading.Lock()

    def arrived(self, body: bytes, *, authorized: bool) -> Entry:
        """Note a request."""
        with self._lock:
            key = hashlib.sha256(body).hexdigest()[:16]
            kept = body if self._keep_bodies else b""
            entry = Entry(self._count, time.time(), key, authorized, body=kept)
            self._count += 1
            self._entries.append(entry)
        self._write(entry, "asked")
        return entry

    def finished(self, entry: Entry) -> None:
        """Note that the whole answer is out."""
        entry.finished = True
        self._write(entry, "answered")

    @property
    def entries(self) -> Sequence[Entry]:
        """All requests in order of arrival, at most the latest 100,000."""
        with self._lock:
            return tuple(self._entries)

    @property
    def count(self) -> int:
        """How many requests have arrived."""
        return self._count

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()

    def _write(self, entry: Entry, event: str) -> None:
        if self._file and not self._file.closed:
            row = asdict(entry)
            del row["body"]
            self._file.write(json.dumps({"event": event, **row}).encode() + b"\n")
