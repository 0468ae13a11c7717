import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from curation.model.ledger import Attempt, Response
from curation.prompts import Prompt
from curation.sample import Candidate, Message, Origin, Sample
from curation.store import Workspace, open_workspace
from curation.store.asked import read_asked, read_request, read_yield
from curation.store.candidates import add_candidates
from curation.store.ledger import RunLedger
from curation.store.runs import Progress, end_run, start_run, step_run

NAN = float("nan")


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "w.duckdb")
    yield workspace
    workspace.close()


def attempt(prompt: Prompt, cost: float = 0.5) -> Attempt:
    return Attempt(secrets.token_hex(16), prompt.key("m"), "m", prompt, "local", "schema", 100, cost)


def response(to: Attempt, problem: str = "") -> Response:
    return Response(to.id, problem, 0 if problem else 200, b'{"a": 1}', 10, 20, 0.25 if not problem else 0.0, 1.5)


def prompt(text: str) -> Prompt:
    messages = (Message("system", "Be brief."), Message("user", text))
    return Prompt(messages, "seed 7", 0.2, stop=("\n",), schema='{"type": "object"}')


def test_every_request_is_in_one_named_state_and_the_counts_add_up(ws: Workspace) -> None:
    run = start_run(ws, "generate", "x", "{}")
    ledger = RunLedger(ws, run)
    questions = [prompt(str(number)) for number in range(5)]
    tries = [attempt(one) for one in questions]
    again = attempt(questions[1])
    ledger.commit([*tries, again], [])
    named = zip(tries[:4], ["", "server", "timeout", "rate limit"], strict=True)
    ledger.commit([], [response(one, problem) for one, problem in named])
    ledger.commit([], [response(again)])
    retried = attempt(questions[3], NAN)
    ledger.commit([retried], [])
    ledger.commit([], [Response(retried.id, "server", 500, b"", 0, 0, NAN, 0.1)])
    RunLedger(ws, "other").commit([attempt(prompt("9"))], [])
    step_run(ws, run, Progress(10, 2, 0, 4.0))

    asked = read_asked(ws, run)
    assert (asked.requests, asked.answered, asked.waiting) == (5, 2, 1)
    assert asked.failed == {"server": 1, "timeout": 1}
    assert (asked.attempts, asked.tokens, asked.cost, asked.unpriced) == (7, 250, 1.0, 1)
    assert asked.rate == pytest.approx(0.5)
    assert (asked.tokens, asked.cost) == ledger.spent()

    end_run(ws, run, "paused")
    stopped = read_asked(ws, run)
    assert (stopped.requests, stopped.waiting) == (5, 0)
    assert stopped.failed == {"server": 1, "timeout": 1, "unknown": 1}


def test_a_run_that_asked_nothing_has_counts_of_nothing(ws: Workspace) -> None:
    nothing = read_asked(ws, "none")
    assert (nothing.requests, nothing.failed, nothing.cost, nothing.rate) == (0, {}, 0.0, 0.0)


def test_i18_one_request_shows_what_was_asked_and_all_that_came_back(ws: Workspace) -> None:
    question = prompt("half a character \ud83d and é")
    first, second, third = attempt(question), attempt(question, NAN), attempt(question)
    RunLedger(ws, "one").commit([first], [response(first, "timeout")])
    RunLedger(ws, "two").commit([second], [response(second)])
    RunLedger(ws, "two").commit([third], [])
    found = read_request(ws, question.key("m"))
    assert found is not None
    assert (found.key, found.model, found.prompt) == (question.key("m"), "m", question)
    assert [(one.run, one.problem, one.is_open) for one in found.tries] == [
        ("one", "timeout", False),
        ("two", "", False),
        ("two", "unknown", True),
    ]
    answer = found.tries[1]
    assert (answer.status, answer.body, answer.tokens, answer.cost) == (200, b'{"a": 1}', 30, 0.25)
    assert (answer.form, answer.seconds, answer.prompt_tokens, answer.completion_tokens) == ("schema", 1.5, 10, 20)
    assert (found.tries[2].tokens, found.tries[2].cost, found.tries[2].received) == (100, 0.5, None)


@pytest.mark.parametrize("key", ["", "no key", "0" * 32, "'; DROP TABLE requests"])
def test_nothing_is_found_under_a_key_that_was_never_asked(ws: Workspace, key: str) -> None:
    assert read_request(ws, key) is None


def test_cost_per_kept_sample_and_yield(ws: Workspace) -> None:
    one, two = attempt(prompt("1")), attempt(prompt("2"))
    RunLedger(ws, "run").commit([one, two], [response(one), response(two)])
    assert read_yield(ws, "run").cost_per_kept is None
    assert read_yield(ws, "run").share == 0
    texts = [("a", ""), ("b", "too similar"), ("c", ""), ("a", "")]
    made = [Candidate(Sample(text), Origin("x", "local", str(place)), rule) for place, (text, rule) in enumerate(texts)]
    add_candidates(ws, "run", made)
    result = read_yield(ws, "run")
    assert (result.proposed, result.kept, result.samples, result.cost) == (4, 3, 2, 0.5)
    assert (result.share, result.cost_per_kept) == (0.75, 0.25)
