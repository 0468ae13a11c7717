import math
import os
import random
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pytest

from curation.errors import WorkspaceError
from curation.model.ledger import Attempt, Ledger, Response
from curation.prompts import Prompt
from curation.sample import Message
from curation.store import Workspace, open_workspace
from curation.store import ledger as ledger_module
from curation.store.ledger import RunLedger

NAN = float("nan")


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "w.duckdb")
    yield workspace
    workspace.close()


def attempt(text: str, tokens: int = 100, cost: float = 0.5) -> Attempt:
    prompt = Prompt((Message("user", text),))
    return Attempt(secrets.token_hex(16), prompt.key("m"), "m", prompt, "local", "plain", tokens, cost)


def answer(to: Attempt, body: bytes = b"{}", problem: str = "", cost: float = 0.1) -> Response:
    return Response(to.id, problem, 0 if problem else 200, body, 10, 20, cost, 0.5)


def count(workspace: Workspace) -> Sequence[int]:
    tables = ("requests", "attempts", "responses")
    return [int(str(workspace.execute(f"SELECT count(*) FROM {table}")[0][0])) for table in tables]


def test_n5_what_was_answered_is_recalled_as_it_came_in_this_run_and_in_any_other(ws: Workspace) -> None:
    ledger: Ledger = RunLedger(ws, "one")
    one, two = attempt("a \ud800"), attempt("b")
    body = b'\xff\x00{"x": 1}'
    ledger.commit([one, two], [])
    ledger.commit([], [answer(one, body)])
    for run in ("one", "two"):
        known = RunLedger(ws, run).recall([one.key, two.key, "0" * 32])
        assert set(known) == {one.key, two.key}
        assert (known[one.key].body, known[one.key].endpoint, known[one.key].form) == (body, "local", "plain")
        assert (known[one.key].unknown, known[one.key].answers) == (0, 1)
        assert (known[two.key].body, known[two.key].unknown, known[two.key].answers) == (None, 1, 0)
    assert ledger.recall([]) == {}


def test_the_latest_answer_counts_and_only_what_may_have_been_charged_is_unknown(ws: Workspace) -> None:
    ledger = RunLedger(ws, "one")
    tries = [attempt("a") for _ in range(6)]
    problems = ["server", "timeout", "unknown", "unreachable"]
    ledger.commit(tries, [])
    ledger.commit([], [answer(one, b"", problem) for one, problem in zip(tries[:4], problems, strict=True)])
    ledger.commit([], [answer(tries[5], b"first")])
    ledger.commit([], [answer(tries[4], b"second")])
    known = ledger.recall([tries[0].key])[tries[0].key]
    assert (known.body, known.unknown, known.answers) == (b"second", 2, 2)
    assert count(ws) == [1, 6, 6]


def test_n4_booked_is_what_answers_cost_and_the_most_for_what_is_open(ws: Workspace) -> None:
    ledger, other = RunLedger(ws, "one"), RunLedger(ws, "two")
    assert ledger.spent() == (0, 0.0)
    one, two, free = attempt("a"), attempt("b"), attempt("c", 7, NAN)
    ledger.commit([one, two, free], [])
    assert ledger.spent() == (207, 1.0)
    ledger.commit([], [answer(one), answer(free, cost=NAN)])
    tokens, cost = ledger.spent()
    assert (tokens, round(cost, 9)) == (160, 0.6)
    other.commit([attempt("d", 3, 0.25)], [])
    assert other.spent() == (3, 0.25)
    assert not math.isnan(ledger.spent()[1])


def test_the_same_again_adds_nothing_where_it_is_not_sure_that_it_was_kept(ws: Workspace) -> None:
    one = attempt("a")
    for _ in range(2):
        RunLedger(ws, "one").commit([one, attempt("a")], [])
        RunLedger(ws, "one").commit([one], [answer(one)])
    assert count(ws) == [1, 3, 1]
    RunLedger(ws, "one").commit([], [])
    assert count(ws) == [1, 3, 1]


def test_n12_a_commit_that_fails_half_way_leaves_nothing(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = RunLedger(ws, "one")
    one, two = attempt("a"), attempt("b")
    ledger.commit([one], [])
    for failing in ("_REQUESTS", "_ATTEMPTS", "_RESPONSES"):
        query = getattr(ledger_module, failing)
        monkeypatch.setattr(ledger_module, failing, query.replace("INSERT INTO ", "INSERT INTO no_"))
        with pytest.raises(duckdb.CatalogException, match="does not exist"):
            ledger.commit([two], [answer(one)])
        monkeypatch.undo()
        assert count(ws) == [1, 1, 0]
    ledger.commit([two], [answer(one)])
    assert count(ws) == [2, 2, 1]


def test_n12_what_was_kept_but_not_confirmed_is_not_kept_twice(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The transaction is durable when the journal beside it cannot be written: "no answer" is not "not saved"."""
    ledger = RunLedger(ws, "one")
    one = attempt("a")

    def full(*_values: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("curation.store.workspace.write_journal", full)
    with pytest.raises(WorkspaceError):
        ledger.commit([one], [answer(one)])
    monkeypatch.undo()
    assert count(ws) == [1, 1, 1]
    ledger.commit([one], [answer(one)])
    assert count(ws) == [1, 1, 1]
    assert ledger.recall([one.key])[one.key].answers == 1


KILLS = 50
COMMIT_FOREVER = """
import os, secrets, sys
from curation.model.ledger import Attempt, Response
from curation.prompts import Prompt
from curation.sample import Message
from curation.store import open_workspace
from curation.store.ledger import RunLedger

def commit(run):
    ledger = RunLedger(open_workspace(sys.argv[1]), run)
    while True:
        prompts = [Prompt((Message("user", secrets.token_hex(8)),)) for _ in range(3)]
        sent = [Attempt(secrets.token_hex(16), one.key("m"), "m", one, "e", "plain", 9, 0.0) for one in prompts]
        ledger.commit(sent, [])
        print(*("sent " + one.id for one in sent), sep="\\n", flush=True)
        ledger.commit([], [Response(one.id, "", 200, one.id.encode(), 1, 1, 0.0, 0.1) for one in sent])
        print(*("received " + one.id for one in sent), sep="\\n", flush=True)

# A fork for each kill saves half a second of imports.
for line in sys.stdin:
    child = os.fork()
    if not child:
        commit(line.strip())
    print(child, flush=True)
    os.waitpid(child, 0)
    print("killed", flush=True)
"""


def killed(parent: "subprocess.Popen[str]", run: str, after: int) -> list[str]:
    """Commit in a child until it is killed so many lines later; give the whole lines that it said."""
    assert parent.stdin is not None
    assert parent.stdout is not None
    parent.stdin.write(f"{run}\n")
    parent.stdin.flush()
    child = int(parent.stdout.readline())
    said = [parent.stdout.readline() for _ in range(after)]
    os.kill(child, signal.SIGKILL)
    while "killed" not in said[-1]:
        said.append(parent.stdout.readline())
    return [line.strip() for line in said[:-1]]


def test_n1_f13_nothing_that_was_acknowledged_is_lost_by_kills(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    chance = random.Random(3)
    acknowledged: set[str] = set()
    command = [sys.executable, "-c", COMMIT_FOREVER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        for kill in range(KILLS):
            acknowledged |= set(killed(parent, f"run {kill}", chance.randint(1, 15)))
        assert parent.stdin is not None
        parent.stdin.close()
    workspace = open_workspace(path)
    query = "SELECT replace(attempt::VARCHAR, '-', ''), is_open, body FROM outcomes"
    stored = {str(row[0]): row for row in workspace.execute(query)}
    lost = workspace.loss
    workspace.close()
    kept = {f"sent {one}" for one in stored} | {f"received {one}" for one, row in stored.items() if not row[1]}
    assert len(acknowledged) >= KILLS
    assert acknowledged <= kept
    assert len(stored) % 3 == 0
    assert all(row[2] == one.encode() for one, row in stored.items() if not row[1])
    assert lost is None
