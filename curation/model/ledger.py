"""What is written down about every request: planned and sent before it leaves, its raw answer before it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from curation.prompts import Prompt


@dataclass(frozen=True)
class Attempt:
    """One request about to go over the wire.

    Args:
        id: 32 random hexadecimal digits.
        key: `Prompt.key`: what is bought.
        model: the model asked.
        prompt: the question, kept with the first attempt of its key.
        endpoint: the name of the endpoint.
        form: how structure is asked for: `schema`, `object` or `plain`.
        tokens: the most tokens, read and written, that it can cost; booked until the answer says how many.
        cost: the most money in US dollars that it can cost; NaN where no price is known.
    """

    id: str
    key: str
    model: str
    prompt: Prompt
    endpoint: str
    form: str
    tokens: int
    cost: float


@dataclass(frozen=True)
class Response:
    """What came back for one attempt.

    Args:
        attempt: the id of the attempt.
        problem: "" for a body with status 2xx (whether it can be used is found out by reading it again), else the
            `ModelError.kind`: `timeout`, `unreachable`, `rate limit`, `server`, `auth`, `quota` …
        status: the HTTP status, 0 where none came.
        body: the raw bytes as they came, without the key; the first 2 kB of it for a problem.
        prompt_tokens: tokens read, as the endpoint counts, else as booked.
        completion_tokens: tokens written, likewise.
        cost: US dollars; what was booked where the endpoint does not count; 0 for a request that was not charged.
        seconds: from sending to the end of the answer.
    """

    attempt: str
    problem: str
    status: int
    body: bytes
    prompt_tokens: int
    completion_tokens: int
    cost: float
    seconds: float


@dataclass(frozen=True)
class History:
    """What is known of one key from earlier attempts, of this run or any other.

    Args:
        body: the raw body of its latest answer with status 2xx, None where there is none.
        endpoint: the endpoint that gave it.
        form: how structure was asked for in it.
        unknown: attempts that were sent and of which nothing came back: a process died, or the answer timed out or
            was cut off. They may have been charged; more than one is not followed by another before a person starts or
            resumes a run, which allows one more (F5).
        answers: how many bodies with status 2xx there are (an empty one may be asked for once more, F9).
    """

    body: bytes | None = None
    endpoint: str = ""
    form: str = "plain"
    unknown: int = 0
    answers: int = 0


class Ledger(Protocol):
    """Where it is written. Calls block, come from one thread, and carry many items, so that one commit serves all."""

    def recall(self, keys: Sequence[str]) -> Mapping[str, History]:
        """What is known of these keys; a key that was never asked is left out."""

    def commit(self, sent: Sequence[Attempt], received: Sequence[Response]) -> None:
        """Keep all of this, durably, before returning; all or none."""

    def spent(self) -> tuple[int, float]:
        """Tokens and US dollars booked by this run: what answers cost, and the most for attempts without one."""
