"""The ledger of one run: what was sent and what came back, on disk before anything depends on it (N1–N5).

All of it is scanned, nothing is indexed: a scan of a million keys takes a few milliseconds and one call carries many.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import isnan

import pyarrow as pa

from curation.model.ledger import Attempt, History, Response
from curation.store.workspace import Workspace, now

# The latest answer is the one stored last: clocks jump (F19), and rows are only ever added. The view `outcomes` says
# the same, but joins everything before it looks at the keys; bodies are fetched when it is clear which (half the time).
_RECALL = """
SELECT replace(key::VARCHAR, '-', ''), max(responses.rowid) FILTER (problem = ''),
    arg_max({'endpoint': endpoint, 'form': form}, responses.rowid) FILTER (problem = ''),
    count(*) FILTER (coalesce(problem, 'unknown') IN ('unknown', 'timeout')), count(*) FILTER (problem = '')
FROM attempts SEMI JOIN (SELECT unnest($keys)::UUID AS key) USING (key)
LEFT JOIN responses ON responses.attempt = attempts.id GROUP BY key
"""
_BODIES = "SELECT rowid, body FROM responses WHERE rowid IN (SELECT unnest($answers))"
_REQUESTS = """
INSERT INTO requests
SELECT key::UUID, model, prompt, ? FROM asked ANTI JOIN requests ON requests.key = asked.key::UUID
"""
# What is there already is looked for among the rows of this run alone.
_ATTEMPTS = """
INSERT INTO attempts
SELECT id::UUID, key::UUID, $run, endpoint, form, tokens, cost, $made FROM sent
ANTI JOIN (SELECT id FROM attempts WHERE run = $run) AS known ON known.id = sent.id::UUID
"""
_RESPONSES = """
INSERT INTO responses
SELECT attempt::UUID, $run, problem, status, body, prompt_tokens, completion_tokens, cost, seconds, $made FROM received
ANTI JOIN (SELECT attempt FROM responses WHERE run = $run) AS known ON known.attempt = received.attempt::UUID
"""
_SPENT = "SELECT coalesce(sum(tokens), 0)::BIGINT, coalesce(sum(cost), 0) FROM outcomes WHERE run = ?"

ATTEMPT_COLUMNS = ("id", "key", "endpoint", "form", "tokens")
RESPONSE_COLUMNS = ("attempt", "problem", "status", "prompt_tokens", "completion_tokens", "seconds")


class RunLedger:
    """The ledger of one run of a workspace; what any run was answered is recalled, and this run's is added.

    Args:
        workspace: where it is kept.
        run: the id of the run that pays.
    """

    def __init__(self, workspace: Workspace, run: str) -> None:
        """Hold on to both."""
        self.workspace = workspace
        self.run = run

    def recall(self, keys: Sequence[str]) -> Mapping[str, History]:
        """What is known of these keys from every run; a key that was never asked is left out."""
        with self.workspace.cursor() as cursor:
            rows = cursor.execute(_RECALL, {"keys": list(keys)}).fetchall()
            answers = [row[1] for row in rows if row[1] is not None]
            bodies = dict(cursor.execute(_BODIES, {"answers": answers}).fetchall()) if answers else {}
        return {key: _history(bodies.get(answer), by, *counts) for key, answer, by, *counts in rows}

    def commit(self, sent: Sequence[Attempt], received: Sequence[Response]) -> None:
        """Keep all of this, durably, before returning; all or none. What is there already is not added again.

        Raises:
            WorkspaceError: nothing of it could be written.
        """
        with self.workspace.writing() as cursor:
            made = now()
            if sent:
                cursor.register("asked", _asked(sent))
                cursor.register("sent", _sent(sent))
                cursor.execute(_REQUESTS, [made])
                cursor.execute(_ATTEMPTS, {"run": self.run, "made": made})
                cursor.unregister("asked")
                cursor.unregister("sent")
            if received:
                cursor.register("received", _received(received))
                cursor.execute(_RESPONSES, {"run": self.run, "made": made})
                cursor.unregister("received")

    def spent(self) -> tuple[int, float]:
        """Tokens and US dollars booked by this run: what answers cost, and the most for attempts without one."""
        tokens, cost = self.workspace.execute(_SPENT, self.run)[0]
        return int(str(tokens)), float(str(cost))


def _history(body: bytes | None, by: Mapping[str, str] | None, unknown: int, answers: int) -> History:
    return History(body, by["endpoint"], by["form"], unknown, answers) if by else History(unknown=unknown)


def _asked(sent: Sequence[Attempt]) -> pa.Table:
    """Each question once."""
    first = {attempt.key: attempt for attempt in reversed(sent)}
    texts = [json.dumps(asdict(attempt.prompt)) for attempt in first.values()]
    return pa.table({"key": list(first), "model": [attempt.model for attempt in first.values()], "prompt": texts})


def _sent(sent: Sequence[Attempt]) -> pa.Table:
    columns = {name: [getattr(attempt, name) for attempt in sent] for name in ATTEMPT_COLUMNS}
    return pa.table({**columns, "cost": _known([attempt.cost for attempt in sent])})


def _received(received: Sequence[Response]) -> pa.Table:
    columns = {name: [getattr(response, name) for response in received] for name in RESPONSE_COLUMNS}
    body = pa.array([response.body for response in received], pa.binary())
    return pa.table({**columns, "body": body, "cost": _known([response.cost for response in received])})


def _known(costs: Sequence[float]) -> pa.Array:
    """A cost that is not known is NULL, which sums leave out."""
    return pa.array([None if isnan(cost) else cost for cost in costs], pa.float64())
