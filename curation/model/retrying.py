"""Who is asked again, how often and when. The one owner of retries: the SDK's are off."""

import math
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Literal

Next = Literal["again", "done", "stop"]

STOPPING = frozenset({"auth", "quota", "not found", "redirect", "address"})
"""What no other request to the endpoint would change (F3)."""
MOST_TRIES = 3
MOST_ANSWERS = 2
MOST_UNKNOWN = 2
LONGEST_PAUSE = 120.0
"""A server that asks for a longer wait pauses the run (F2)."""
LONGEST_BACKOFF = 60.0
MOST_ROUNDS = 8
"""Rounds of "too many requests" without one answer between them, after which the run is paused."""


class Tries:
    """What one prompt has behind it since a person started or resumed the run.

    Args:
        unknown: earlier attempts of which nothing came back and which may have been charged. However many they are, one
            more is allowed: a person has decided to go on since.
        answers: bodies that came back, also in earlier runs.
    """

    def __init__(self, unknown: int, answers: int) -> None:
        """Start from what the ledger knows."""
        self.unknown, self.answers = min(unknown, MOST_UNKNOWN - 1), answers
        self.failures, self.pauses = 0, 0

    @property
    def spent(self) -> bool:
        """Whether it may have been charged more than once already without an answer (F5)."""
        return self.unknown >= MOST_UNKNOWN

    def after(self, problem: str) -> Next:
        """What to do after an attempt that ended with this problem; "" is an answer.

        >>> tries = Tries(unknown=0, answers=0)
        >>> tries.after("timeout"), tries.after("timeout"), tries.after("quota"), tries.after("truncated")
        ('again', 'done', 'stop', 'done')
        """
        self.pauses = 0
        if problem in STOPPING:
            return "stop"
        if problem in {"server", "unreachable"}:
            return self._after_failure(problem)
        if problem in {"timeout", "unknown"}:
            self.unknown += 1
            self.pauses = 1
            return "done" if self.spent else "again"
        return "again" if problem == "rate limit" or self._empty_once(problem) else "done"

    def _after_failure(self, problem: str) -> Next:
        self.failures += 1
        self.pauses = self.failures
        if self.failures < MOST_TRIES:
            return "again"
        return "stop" if problem == "unreachable" else "done"

    def _empty_once(self, problem: str) -> bool:
        """Whether it is an empty answer that may be asked for once more (F9)."""
        self.answers += 1
        return problem == "empty" and self.answers < MOST_ANSWERS


def retry_after(header: str, wall: float) -> float | None:
    """Seconds that a server asks to wait; None where it does not say, or says nothing that can be read.

    Args:
        header: `Retry-After`, seconds or an HTTP date (RFC 9110, section 10.2.3).
        wall: seconds since 1970, now.

    >>> retry_after("5", 0.0), retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 50.0), retry_after("soon", 0.0)
    (5.0, 10.0, None)
    """
    try:
        seconds = float(header)
    except ValueError:
        try:
            date = parsedate_to_datetime(header)
        except ValueError:
            return None
        seconds = date.replace(tzinfo=date.tzinfo or UTC).timestamp() - wall
    return max(0.0, seconds) if math.isfinite(seconds) else None


def backoff(times: int, longest: float = LONGEST_BACKOFF) -> float:
    """Seconds to wait at most after so many failures in a row: 2, 4, 8 … up to the longest.

    >>> backoff(1), backoff(3), backoff(99)
    (2.0, 8.0, 60.0)
    """
    return min(longest, 2.0 ** min(times, 10))
