"""The real client against a server that does everything wrong at once: states are named, sums add up, nothing hangs."""

from collections import Counter
from typing import get_args

import pytest

from curation.errors import Paused
from curation.model import Endpoint
from curation.model.client import Client
from curation.practice import FINAL, PRACTICE_MODEL, Faults, every, serve
from curation.prompts import Problem, Prompt
from curation.sample import Message
from tests.model.fast import Fast
from tests.model.remembering import Remembering
from tests.practice.conftest import CANARY

SCHEMA = """{"type": "object", "properties": {"reason": {"type": "string"}, "score": {"type": "integer"}},
"required": ["reason", "score"], "additionalProperties": false}"""


def chain(number):
    """One question; every other one wants JSON."""
    text = f"Explain why honey bees dance on day {number}."
    reply = yield Prompt((Message("user", text),), schema=SCHEMA if number % 2 else "", max_tokens=400)
    return reply


@pytest.fixture
def key(monkeypatch):
    monkeypatch.setenv("SIFT_TEST_KEY", CANARY)
    return "SIFT_TEST_KEY"


def test_with_every_fault_at_once_all_requests_end_in_a_named_state(key):
    """F1, F2, F4–F12, N2 and T7 at 30 %."""
    wanted, ledger = 200, Remembering()
    with serve(every(0.3, seed=2)) as serving:
        endpoint = Endpoint("Practice", serving.base_url, PRACTICE_MODEL, key, parallel=32, timeout=1.5)
        with Client(endpoint, ledger, clock=Fast().clock) as client:
            replies = list(client.each(chain(number) for number in range(wanted)))
        entries = serving.log.entries
    found = Counter(reply.problem for reply in replies)
    assert len(replies) == wanted
    assert set(found) <= set(get_args(Problem))
    assert found[""] > wanted / 2
    assert len(found) >= 4
    assert len(ledger.sent) == len(ledger.received)
    late = sum(response.problem == "timeout" for response in ledger.received.values())
    # On a busy machine one may be given up before it has arrived.
    assert len(ledger.sent) - late <= len(entries) <= len(ledger.sent)
    assert len({entry.fault for entry in entries}) > 12
    assert all(entry.authorized for entry in entries)
    for key_asked, attempts in ledger.by_key.items():
        answers = [one for one in attempts if not ledger.received[one.id].problem]
        history = ledger.history(key_asked)
        assert len(answers) <= 2, "bought again although it was answered"
        assert len(attempts) <= 3 + history.unknown
    assert not any(CANARY.encode() in response.body for response in ledger.received.values())


@pytest.mark.parametrize("fault", FINAL)
def test_after_a_final_one_nothing_more_is_asked(key, fault):
    """F3, T5: at most what was in flight already reaches the server, and the run stands still with a reason."""
    with serve(Faults({fault: 1.0})) as serving:
        endpoint = Endpoint("Practice", serving.base_url, PRACTICE_MODEL, key, parallel=4, timeout=5)
        with Client(endpoint, Remembering(), clock=Fast().clock) as client, pytest.raises(Paused) as caught:
            list(client.each(chain(number) for number in range(50)))
        assert serving.log.count <= 4
    assert CANARY not in str(caught.value)
