"""What a run asked of models and what became of it: counts, cost, and one request with all that came back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from curation.prompts import Prompt
from curation.sample import Message
from curation.store.candidates import count_kept
from curation.store.runs import read_run
from curation.store.workspace import Workspace

# Each request is in one state: answered (''), waiting ('open'), or what its last attempt came to.
_STATES = """
SELECT CASE WHEN answered THEN '' WHEN waiting THEN 'open' ELSE problem END AS state,
    count(*), sum(attempts)::BIGINT, sum(tokens)::BIGINT, coalesce(sum(cost), 0), sum(unpriced)::BIGINT
FROM (
    SELECT bool_or(problem = '') AS answered, bool_or(is_open) AS waiting, arg_max(problem, answer) AS problem,
        count(*) AS attempts, sum(tokens) AS tokens, sum(cost) AS cost, count(*) FILTER (cost IS NULL) AS unpriced
    FROM outcomes WHERE run = ? GROUP BY key)
GROUP BY state ORDER BY 2 DESC, 1
"""
_PROPOSED = "SELECT count(*) FROM candidates WHERE run = ?"
_REQUEST = "SELECT model, prompt, made FROM requests WHERE key = try_cast(? AS UUID)"
_ATTEMPTS = """
SELECT run, endpoint, form, sent, is_open, problem, status, body, prompt_tokens, completion_tokens, tokens, cost,
    seconds, received
FROM outcomes WHERE key = try_cast(? AS UUID) ORDER BY sent, answer
"""


@dataclass(frozen=True)
class Asked:
    """What a run has asked so far: `requests = answered + waiting + sum(failed.values())`.

    Args:
        requests: questions sent at least once.
        answered: those with an answer, whether it can be used or not.
        waiting: those on their way.
        failed: those that came to nothing, by what their last attempt came to, most first.
        attempts: how often something was sent, repeats included.
        tokens: read and written, with the most for what is on its way or was never heard of again.
        cost: US dollars, likewise.
        unpriced: attempts without a known price, which the cost leaves out.
        rate: answers per second at work.
    """

    requests: int
    answered: int
    waiting: int
    failed: Mapping[str, int]
    attempts: int
    tokens: int
    cost: float
    unpriced: int
    rate: float


@dataclass(frozen=True)
class Yielded:
    """What came of what was paid.

    Args:
        proposed: candidates that the model made.
        kept: those that no rule dropped.
        samples: as how many samples they are stored.
        cost: US dollars.
    """

    proposed: int
    kept: int
    samples: int
    cost: float

    @property
    def share(self) -> float:
        """How many of the proposed are kept, 0 to 1."""
        return self.kept / self.proposed if self.proposed else 0.0

    @property
    def cost_per_kept(self) -> float | None:
        """US dollars for one kept sample, None where none is."""
        return self.cost / self.samples if self.samples else None


@dataclass(frozen=True)
class Try:
    """One attempt: where it went, and what came back (nothing so far, or never, where it is open)."""

    run: str
    endpoint: str
    form: str
    sent: datetime
    is_open: bool
    problem: str
    status: int
    body: bytes
    prompt_tokens: int
    completion_tokens: int
    tokens: int
    cost: float | None
    seconds: float
    received: datetime | None


@dataclass(frozen=True)
class Request:
    """One question with every attempt to have it answered, in the order sent."""

    key: str
    model: str
    prompt: Prompt
    made: datetime
    tries: Sequence[Try]


def read_asked(workspace: Workspace, run: str) -> Asked:
    """The counts of a run; what is open when it is not at work any more is a failure named `unknown`."""
    found = read_run(workspace, run)
    rows = workspace.execute(_STATES, run)
    states = {str(row[0]): int(str(row[1])) for row in rows}
    answered, waiting = states.pop("", 0), states.pop("open", 0)
    if waiting and not (found and found.is_running):
        states["unknown"] = states.get("unknown", 0) + waiting
        waiting = 0
    attempts, tokens, cost, unpriced = (sum(float(str(row[place])) for row in rows) for place in range(2, 6))
    rate = answered / found.seconds if found and found.seconds > 0 else 0.0
    requests = answered + waiting + sum(states.values())
    return Asked(requests, answered, waiting, states, int(attempts), int(tokens), cost, int(unpriced), rate)


def read_yield(workspace: Workspace, run: str) -> Yielded:
    """What a run made and kept, for how much."""
    kept, samples = count_kept(workspace, run)
    proposed = int(str(workspace.execute(_PROPOSED, run)[0][0]))
    return Yielded(proposed, kept, samples, read_asked(workspace, run).cost)


def read_request(workspace: Workspace, key: str) -> Request | None:
    """One request by its key (a sample's `prompt_hash`), None where nothing was asked under it."""
    rows = workspace.execute(_REQUEST, key)
    if not rows:
        return None
    model, prompt, made = rows[0]
    assert isinstance(made, datetime)
    tries = [_try(row) for row in workspace.execute(_ATTEMPTS, key)]
    return Request(key, str(model), _prompt(str(prompt)), made, tries)


def _prompt(text: str) -> Prompt:
    fields = json.loads(text)
    fields["messages"] = tuple(Message(*one) for one in fields["messages"])
    fields["stop"] = tuple(fields["stop"])
    return Prompt(**fields)


def _try(row: Sequence[object]) -> Try:
    run, endpoint, form, sent, is_open, problem, status, body = row[:8]
    read, written, tokens, cost, seconds, received = row[8:]
    assert isinstance(sent, datetime)
    assert received is None or isinstance(received, datetime)
    return Try(
        run=str(run),
        endpoint=str(endpoint),
        form=str(form),
        sent=sent,
        is_open=bool(is_open),
        problem=str(problem),
        status=int(str(status or 0)),
        body=body if isinstance(body, bytes) else b"",
        prompt_tokens=int(str(read or 0)),
        completion_tokens=int(str(written or 0)),
        tokens=int(str(tokens)),
        cost=None if cost is None else float(str(cost)),
        seconds=float(str(seconds or 0)),
        received=received,
    )
