"""Everything that real servers do wrong, on purpose and by rule (F1–F12, T5, T7)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, get_args

from curation.errors import BadInput

Fault = Literal[
    "rate_limit",
    "rate_limit_wait",
    "server",
    "hang",
    "cut",
    "reset",
    "html",
    "bad_json",
    "not_utf8",
    "error_200",
    "no_choices",
    "refusal",
    "filtered",
    "truncated",
    "empty",
    "duplicate",
    "prose",
    "wrong_shape",
    "huge",
    "redirect",
    "echo",
    "auth",
    "not_found",
    "quota",
]
"""rate_limit: 429 without Retry-After, rate_limit_wait with it · server: 500, 502, 503 or 504 · hang: no answer until
the client goes · cut: the body ends too early · reset: the connection breaks in the middle of it · html, bad_json,
not_utf8, error_200, no_choices: status 200 with nothing to use · refusal, filtered, truncated, empty: named so by the
server · duplicate: the answer before once more · prose: text and code fences around the answer · wrong_shape: JSON of
another shape · huge: 5 MB · redirect: 307 to another address · echo: 500 that repeats the Authorization header ·
auth: 401 that repeats it too · not_found: 404 · quota: 429 insufficient_quota."""
FAULTS: tuple[Fault, ...] = get_args(Fault)
FINAL: tuple[Fault, ...] = ("redirect", "auth", "not_found", "quota")
"""After one of these nothing more need be asked (F3, T5)."""
NOWHERE = "http://127.0.0.1:9/v1/chat/completions"


@dataclass(frozen=True)
class Faults:
    """What goes wrong how often; the same seed gives the same faults in the same order of requests.

    Args:
        shares: for each fault its share of the requests, 0 to 1 in all.
        first: what happens to the first requests in order, "" for nothing; the shares hold after them.
        seed: for the dice.
        retry_after: what `rate_limit_wait` says, seconds or an HTTP date.
        redirect_to: where `redirect` points.

    Raises:
        BadInput: a share below 0, or more than 1 in all, or a fault that is none.
    """

    shares: Mapping[Fault, float] = field(default_factory=dict)
    first: Sequence[Fault | Literal[""]] = ()
    seed: int = 0
    retry_after: str = "1"
    redirect_to: str = NOWHERE

    def __post_init__(self) -> None:
        """Check what was given."""
        unknown = ({*self.shares} | {*self.first}) - {*FAULTS, ""}
        if unknown:
            raise BadInput(f"There is no fault {min(unknown)!r}. There are: {', '.join(FAULTS)}.")
        if any(share < 0 for share in self.shares.values()) or sum(self.shares.values()) > 1 + 1e-9:
            raise BadInput("The shares of the faults must be 0 or more, and 1 or less in all.")

    def of(self, number: int) -> Fault | Literal[""]:
        """What goes wrong with the request of this number.

        >>> Faults({"server": 1.0}, first=("", "hang")).of(1), Faults({"server": 1.0}, first=("",)).of(1)
        ('hang', 'server')
        """
        if number < len(self.first):
            return self.first[number]
        throw = dice(f"{self.seed} {number}")
        reached = zip(self.shares, accumulate(self.shares.values()), strict=True)
        return next((fault for fault, upto in reached if throw < upto), "")


NONE = Faults()


def every(share: float, seed: int = 0, but: Sequence[Fault] = FINAL) -> Faults:
    """All faults but these, evenly, which together make up the share.

    >>> round(sum(every(0.3).shares.values()), 6)
    0.3
    """
    wanted = [fault for fault in FAULTS if fault not in but]
    return Faults({fault: share / len(wanted) for fault in wanted}, seed=seed)


def dice(text: str) -> float:
    """A number from 0 up to 1 that depends on nothing but the text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64
