"""Holds what the server saw against what the workspace says (N1–N5)."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from curation.model.dialect import Dialect
from curation.model.reading import read
from curation.prompts import Prompt
from curation.stages.asking import asking, find_endpoint
from curation.stages.seeds import read_seeds
from curation.stages.synthesis import read_order
from curation.store import Workspace
from curation.store.asked import read_asked, read_request, read_yield
from curation.store.candidates import count_kept, count_rules
from curation.store.ledger import RunLedger
from curation.store.runs import Run, recent_runs
from tests.faults.peers import PRICES

RETRYABLE = ("unknown", "timeout", "server", "rate limit", "unreachable", "auth")
"""After a refused key the run stands still; whoever resumes it has mended that."""
NOT_SENT = "not sent"
ATTEMPTS = """
SELECT replace(attempts.id::VARCHAR, '-', ''), replace(attempts.key::VARCHAR, '-', ''), form, attempts.sent, problem,
    body, received, prompt
FROM attempts LEFT JOIN responses ON responses.attempt = attempts.id JOIN requests USING (key)
ORDER BY attempts.rowid
"""
SAMPLES = "SELECT count(DISTINCT sample) FROM origins WHERE run = ?"


@dataclass
class Asked:
    """One request by its body: what the server saw of it and what the ledger says about it."""

    arrived: list[float] = field(default_factory=list)
    answered: list[dict[str, object]] = field(default_factory=list)
    attempts: dict[str, list["Noted"]] = field(default_factory=dict)


@dataclass(frozen=True)
class Noted:
    """One attempt of the ledger."""

    id: str
    sent: datetime
    problem: str | None
    body: bytes | None
    received: datetime | None

    @property
    def state(self) -> str:
        return "unknown" if self.problem is None else self.problem


def account(workspace: Workspace, log: Path) -> dict[str, Asked]:
    """Every request of the log and of the ledger, by the server's key, which is the hash of the body."""
    found: dict[str, Asked] = {}
    for event in events(log):
        one = found.setdefault(str(event["key"]), Asked())
        if event["event"] == "asked":
            one.arrived.append(float(str(event["at"])))
        else:
            one.answered.append(event)
    for id_, key, form, sent, problem, body, received, prompt in workspace.execute(ATTEMPTS):
        noted = Noted(id_, sent, problem, body, received)
        attempts = found.setdefault(_wire_key(workspace, key, form, prompt), Asked()).attempts
        attempts.setdefault(key, []).append(noted)
    return found


def events(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def _wire_key(workspace: Workspace, key: str, form: str, _prompt: str) -> str:
    """The server's key of what was asked: the same body, made again from what the ledger holds."""
    request = read_request(workspace, key)
    assert isinstance(request.prompt, Prompt)
    assert request.prompt.key(request.model) == key
    body = Dialect(None).asked(request.prompt, request.model, form).body
    sent = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return hashlib.sha256(sent).hexdigest()[:16]


def check_wire(found: dict[str, Asked], answers: int = 1) -> Counter[str]:
    """N2, N3: nothing was sent that is not written down, nothing more often than allowed, nothing after its answer.

    Args:
        found: what `account` gives.
        answers: answers that one question may have: 2 where the server gives empty ones, asked for once more (F9).

    Returns:
        How many attempts ended in which state.
    """
    states: Counter[str] = Counter()
    for one in found.values():
        noted = [attempt for attempts in one.attempts.values() for attempt in attempts]
        may_have_left = [attempt for attempt in noted if attempt.state != NOT_SENT]
        retried = sum(one.state in RETRYABLE or _is_empty(one) for one in noted)
        states.update(attempt.state if attempt.problem is not None else "open" for attempt in noted)
        assert len(one.arrived) <= len(may_have_left), "a request that is not written down"
        assert len(one.arrived) <= len(one.attempts) + retried, "sent once too often"
        received = [attempt for attempt in noted if attempt.problem == ""]
        assert len(received) <= len(one.answered), "an answer that the server never gave"
        for attempts in one.attempts.values():
            bodies = [attempt.body or b"" for attempt in attempts if attempt.state == ""]
            assert len(bodies) <= answers, "bought twice"
            assert all(read(body).problem == "empty" for body in bodies[:-1]), "bought again although it was answered"
            assert len(bodies) > 1 or "" not in [one.state for one in attempts[:-1]], "sent again after its answer"
    return states


def _is_empty(noted: Noted) -> bool:
    return noted.problem == "" and read(noted.body or b"").problem == "empty"


def check_acknowledged(found: dict[str, Asked], acknowledged: Path) -> int:
    """N1: whatever the client had acknowledged is there, byte by byte; gives how many answers that is."""
    stored = {one.id: one for asked in found.values() for noted in asked.attempts.values() for one in noted}
    lines = [line.split() for line in acknowledged.read_text().splitlines()]
    assert all(line[1] in stored for line in lines), "a request that was written down is gone"
    answers = {line[1]: line[2] for line in lines if line[0] == "received"}
    for id_, digest in answers.items():
        assert stored[id_].problem is not None, "an answer that was written down is gone"
        assert hashlib.sha256(stored[id_].body or b"").hexdigest() == digest
    return len(answers)


def check_booked(workspace: Workspace, log: Path) -> None:
    """N4: what is booked is at least what the server charges for the answers that it has finished."""
    charged = [event for event in events(log) if event["event"] == "answered" and event["status"] == 200]
    asked, given = (sum(int(str(one[name])) for one in charged) for name in ("prompt_tokens", "completion_tokens"))
    spent = [RunLedger(workspace, run.id).spent() for run in generated(workspace)]
    assert sum(tokens for tokens, _ in spent) >= asked + given
    assert sum(dollars for _, dollars in spent) >= (asked * PRICES[0] + given * PRICES[1]) / 1e6 - 1e-9


def check_counts(workspace: Workspace) -> None:
    """What is shown as made is what is stored, run by run, and as a whole."""
    for run in generated(workspace):
        kept, samples = count_kept(workspace, run.id)
        asked, made = read_asked(workspace, run.id), read_yield(workspace, run.id)
        assert asked.requests == asked.answered + asked.waiting + sum(asked.failed.values())
        assert (made.kept, made.samples) == (kept, samples)
        assert made.proposed == kept + sum(count_rules(workspace, run.id).values())
        assert samples == int(str(workspace.execute(SAMPLES, run.id)[0][0]))
        if run.status == "done":
            assert (run.done, asked.waiting) == (kept, 0)
            assert run.note.startswith(f"{kept:,} kept")


def check_again(workspace: Workspace, run: str) -> int:
    """N5: with no server at all the method gives from the ledger what the run has stored; gives how many that is."""
    order = read_order(workspace, run)
    endpoint = find_endpoint(workspace, order.endpoint)
    with asking(workspace, "again", endpoint, order.caps, lambda: None) as desk:
        made = list(order.method(read_seeds(workspace, order.pool), desk))
    query = "SELECT ref, instruction, input, output, rule FROM candidates WHERE run = ?"
    stored = {str(row[0]): row[1:] for row in workspace.execute(query, run)}
    again = {
        one.origin.ref: (one.sample.instruction, one.sample.input, one.sample.output, one.rule)
        for one in reversed(made)
    }
    assert again == stored
    return len(stored)


def generated(workspace: Workspace) -> list[Run]:
    return [run for run in recent_runs(workspace, 10_000) if run.kind == "generate"]
