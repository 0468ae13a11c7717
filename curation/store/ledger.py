"""The ledger of one run: what was sent and what came back, on disk before anything depends on it (N1–N5).

All of it is scanned, nothing is indexed: a scan of a million keys takes a few milliseconds and one call carries many.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from math import isnan

import duckdb

from curation.model.ledger import Attempt, History, Response
from curation.prompts import Prompt
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
# For the few rows of one commit, lists are bound in half the time that it takes to register a table.
_REQUESTS = """
INSERT INTO requests
SELECT key, model, prompt, $made
FROM (SELECT unnest($keys)::UUID AS key, unnest($models) AS model, unnest($prompts) AS prompt)
ANTI JOIN requests USING (key)
"""
_ATTEMPTS = """
INSERT INTO attempts
SELECT unnest($ids)::UUID, unnest($keys)::UUID, $run, unnest($endpoints), unnest($forms), unnest($tokens::BIGINT[]),
    unnest($costs::DOUBLE[]), $made
"""
_RESPONSES = """
INSERT INTO responses
SELECT unnest($attempts)::UUID, $run, unnest($problems), unnest($statuses::INTEGER[]), unnest($bodies::BLOB[]),
    unnest($read::BIGINT[]), unnest($written::BIGINT[]), unnest($costs::DOUBLE[]), unnest($seconds::DOUBLE[]), $made
"""
_KNOWN = """
SELECT replace(id::VARCHAR, '-', '') FROM attempts WHERE run = $run AND id IN (SELECT unnest($sent)::UUID)
UNION ALL
SELECT replace(attempt::VARCHAR, '-', '') || ' answered' FROM responses
WHERE run = $run AND attempt IN (SELECT unnest($received)::UUID)
"""
_SPENT = "SELECT coalesce(sum(tokens), 0)::BIGINT, coalesce(sum(cost), 0) FROM outcomes WHERE run = ?"
Columns = dict[str, Sequence[str] | Sequence[bytes] | Sequence[float | None]]


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
        self._is_sure = False

    def recall(self, keys: Sequence[str]) -> Mapping[str, History]:
        """What is known of these keys from every run; a key that was never asked is left out."""
        with self.workspace.cursor() as cursor:
            rows = cursor.execute(_RECALL, {"keys": list(keys)}).fetchall()
            answers = [row[1] for row in rows if row[1] is not None]
            bodies = dict(cursor.execute(_BODIES, {"answers": answers}).fetchall()) if answers else {}
        return {key: _history(bodies.get(answer), by, *counts) for key, answer, by, *counts in rows}

    def commit(self, sent: Sequence[Attempt], received: Sequence[Response]) -> None:
        """Keep all of this, durably, before returning; all or none.

        After an error it may be kept all the same; what is tried again is then not kept twice.

        Raises:
            WorkspaceError: it could not be written.
        """
        with self.workspace.writing() as cursor:
            known = set() if self._is_sure else self._known(cursor, sent, received)
            self._is_sure = False
            sent = [attempt for attempt in sent if attempt.id not in known]
            received = [response for response in received if f"{response.attempt} answered" not in known]
            made = now()
            if sent:
                cursor.execute(_REQUESTS, {"made": made, **_asked(sent)})
                cursor.execute(_ATTEMPTS, {"made": made, "run": self.run, **_sent(sent)})
            if received:
                cursor.execute(_RESPONSES, {"made": made, "run": self.run, **_received(received)})
        self._is_sure = True

    def spent(self) -> tuple[int, float]:
        """Tokens and US dollars booked by this run: what answers cost, and the most for attempts without one."""
        tokens, cost = self.workspace.execute(_SPENT, self.run)[0]
        return int(str(tokens)), float(str(cost))

    def _known(
        self, cursor: duckdb.DuckDBPyConnection, sent: Sequence[Attempt], received: Sequence[Response]
    ) -> set[str]:
        """What of it is there already."""
        ids = {"sent": [attempt.id for attempt in sent], "received": [response.attempt for response in received]}
        return {str(row[0]) for row in cursor.execute(_KNOWN, {"run": self.run, **ids}).fetchall()}


def _history(body: bytes | None, by: Mapping[str, str] | None, unknown: int, answers: int) -> History:
    return History(body, by["endpoint"], by["form"], unknown, answers) if by else History(unknown=unknown)


def _asked(sent: Sequence[Attempt]) -> Columns:
    """Each question once."""
    first = {attempt.key: attempt for attempt in reversed(sent)}.values()
    return {
        "keys": [attempt.key for attempt in first],
        "models": [attempt.model for attempt in first],
        "prompts": [_text(attempt.prompt) for attempt in first],
    }


def _text(prompt: Prompt) -> str:
    """All of it as JSON; `asdict` would take twice as long."""
    shallow = {field.name: getattr(prompt, field.name) for field in fields(prompt)}
    return json.dumps(shallow | {"messages": [[one.role, one.content] for one in prompt.messages]})


def _sent(sent: Sequence[Attempt]) -> Columns:
    return {
        "ids": [attempt.id for attempt in sent],
        "keys": [attempt.key for attempt in sent],
        "endpoints": [attempt.endpoint for attempt in sent],
        "forms": [attempt.form for attempt in sent],
        "tokens": [attempt.tokens for attempt in sent],
        "costs": [_cost(attempt) for attempt in sent],
    }


def _received(received: Sequence[Response]) -> Columns:
    return {
        "attempts": [response.attempt for response in received],
        "problems": [response.problem for response in received],
        "statuses": [response.status for response in received],
        "bodies": [response.body for response in received],
        "read": [response.prompt_tokens for response in received],
        "written": [response.completion_tokens for response in received],
        "costs": [_cost(response) for response in received],
        "seconds": [response.seconds for response in received],
    }


def _cost(item: Attempt | Response) -> float | None:
    """A cost that is not known is NULL, which sums leave out."""
    return None if isnan(item.cost) else item.cost
