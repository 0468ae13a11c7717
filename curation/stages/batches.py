"""Things that come one by one, stored many at a time but soon."""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from curation.errors import CurationError

T = TypeVar("T")
TOGETHER = 50
"""Stored in one transaction at most."""
OFTEN = 0.5
"""Seconds after which those that wait are stored even where they are fewer."""


def in_batches(things: Iterable[T]) -> Iterator[list[T]]:
    """Things in lists, each given soon after it came; the last list may be empty.

    What came before the source had to stop is given before its error is passed on.
    """
    batch: list[T] = []
    since = time.monotonic()
    try:
        for thing in things:
            batch.append(thing)
            if len(batch) >= TOGETHER or time.monotonic() - since > OFTEN:
                yield batch
                batch, since = [], time.monotonic()
    except CurationError:
        yield batch
        raise
    yield batch
