"""The client against a real server: order, laziness, sharing, replay, and every row of RELIABILITY §2 (F1–F12)."""

import json
import random
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from email.utils import formatdate

import pytest

from curation.errors import Cancelled, CurationError, Paused
from curation.model.client import Client
from curation.model.reading import read
from curation.prompts import Prompt
from curation.sample import Message
from tests.model.conftest import CANARY
from tests.model.fast import Fast
from tests.model.remembering import Remembering
from tests.model.server import Reply, Server, completion

CHAT = "/v1/chat/completions"


def question(text, **options) -> Prompt:
    return Prompt((Message("user", str(text)),), **options)


def one(text, **options):
    reply = yield question(text, **options)
    return reply


def asked(seen) -> str:
    return json.loads(seen.body)["messages"][0]["content"]


def said(seen) -> list[str]:
    return [asked(request) for request in seen]


@pytest.fixture
def ledger():
    return Remembering()


@pytest.fixture
def fast():
    return Fast()


@pytest.fixture
def client(endpoint, ledger, fast):
    @contextmanager
    def opened(**options):
        limits = {name: options.pop(name) for name in list(options) if name in LIMITS}
        with Client(replace(endpoint, **{"parallel": 4, **limits}), ledger, clock=fast.clock, **options) as it:
            yield it

    return opened


LIMITS = {"parallel", "requests_per_minute", "tokens_per_minute", "timeout", "prompt_price", "completion_price"}


def answers(server, *replies, then=None):
    """Give these in turn, then the last or `then` for ever."""
    left = list(replies)

    def reply(_seen):
        return left.pop(0) if len(left) > 1 or (left and then) else (then or left[0])

    server.replies[CHAT] = reply


def ask(client, *texts, **options):
    return list(client.each(one(text, **options) for text in texts))


def echo(seen):
    return Reply(200, completion(f"re {asked(seen)}"))


def test_answers_come_in_the_order_of_the_chains(server: Server, client):
    server.replies[CHAT] = lambda seen: replace(echo(seen), wait=0.05 if asked(seen) in "048" else 0.0)
    with client() as it:
        replies = ask(it, *range(12))
    assert [reply.text for reply in replies] == [f"re {number}" for number in range(12)]
    assert [reply.model for reply in replies] == ["tiny-2026"] * 12
    assert 1 < server.most_in_flight <= 4


def test_a_chain_asks_on(server: Server, client):
    def two():
        first = yield question("a")
        second = yield question(first.text)
        return second.text

    server.replies[CHAT] = echo
    with client() as it:
        assert list(it.each([two()])) == ["re re a"]


def test_what_is_written_down_and_when(server: Server, client, ledger):
    def reply(seen):
        assert [one.prompt.messages[0].content for one in ledger.sent.values()] == said(server.seen), "sent unrecorded"
        return echo(seen)

    server.replies[CHAT] = reply
    with client(prompt_price=1.0, completion_price=2.0) as it:
        first, second = ask(it, "a", "b")
    attempts, responses = list(ledger.sent.values()), list(ledger.received.values())
    assert (first.text, second.text) == ("re a", "re b")
    assert [attempt.key for attempt in attempts] == [first.key, second.key]
    assert [response.attempt for response in responses] == [attempt.id for attempt in attempts]
    assert responses[0].body == completion("re a")
    assert (responses[0].prompt_tokens, responses[0].completion_tokens, responses[0].cost) == (7, 2, 11e-6)
    assert attempts[0].tokens >= 1024 + 1
    assert len(ledger.threads - {threading.get_ident()}) == len(ledger.threads) == 1


def test_the_iterable_is_advanced_in_the_callers_thread_and_only_as_needed(server: Server, client):
    taken = []

    def chains():
        number = 0
        while True:
            taken.append(threading.get_ident())
            yield one(number)
            number += 1

    server.replies[CHAT] = echo
    with client() as it:
        answers_ = it.each(chains())
        assert taken == []
        assert [next(answers_).text for _ in range(3)] == ["re 0", "re 1", "re 2"]
        assert len(taken) <= 20
        answers_.close()
        sent = len(server.seen)
        time.sleep(0.05)
    assert set(taken) == {threading.get_ident()}
    assert len(server.seen) <= sent + 4, "nothing more is sent when the caller has left"


def test_open_chains_are_closed_when_the_caller_leaves(server: Server, client):
    closed = []

    def chain(number):
        try:
            yield question(number)
            yield question(f"more {number}")
        finally:
            closed.append(number)

    server.replies[CHAT] = lambda seen: replace(echo(seen), wait=0.05)
    with client() as it:
        results = it.each([one("first"), *(chain(number) for number in range(10))])
        next(results)
        results.close()
        assert sorted(closed) == list(range(10))
    assert not any(text.startswith("more") for text in said(server.seen)[5:])


def test_what_is_on_the_wire_when_the_caller_leaves_is_kept(server: Server, client, ledger):
    server.replies[CHAT] = lambda seen: replace(echo(seen), wait=0.0 if asked(seen) == "0" else 0.1)
    with client() as it:
        results = it.each(one(number) for number in range(5))
        next(results)
        time.sleep(0.05)
        results.close()
    assert len(ledger.received) == len(ledger.sent) == len(server.seen)
    assert all(not response.problem for response in ledger.received.values())


def test_equal_questions_in_flight_are_bought_once(server: Server, client):
    server.replies[CHAT] = lambda seen: replace(echo(seen), wait=0.02)
    with client() as it:
        replies = ask(it, "a", "a", "b", "a")
    assert [reply.text for reply in replies] == ["re a", "re a", "re b", "re a"]
    assert sorted(said(server.seen)) == ["a", "b"]


def test_a_slot_tells_equal_questions_apart(server: Server, client):
    server.replies[CHAT] = echo
    with client() as it:
        list(it.each([one("a", slot="1"), one("a", slot="2")]))
    assert said(server.seen) == ["a", "a"]


def test_n3_n5_what_was_answered_is_replayed_without_the_network(server: Server, client):
    texts = ["a", "refusal", "cut", "html", "b"]
    bodies = {
        "refusal": completion(None, refusal="I cannot"),
        "cut": completion("Blu", "length"),
        "html": b"<html>",
    }
    server.replies[CHAT] = lambda seen: Reply(200, bodies.get(asked(seen)) or completion(f"re {asked(seen)}"))
    with client() as it:
        first = ask(it, *texts)
    assert [reply.problem for reply in first] == ["", "refused", "truncated", "malformed", ""]
    assert first[2].text == "Blu"
    sent = len(server.seen)
    with client() as it:
        assert ask(it, *texts) == first
    assert len(server.seen) == sent == 5


def test_two_in_one_another(server: Server, client):
    """Chains made from the results of other chains, in the same thread."""
    server.replies[CHAT] = echo
    with client() as it:
        second = it.each(one(reply.text) for reply in it.each(one(number) for number in range(30)))
        assert [reply.text for reply in second] == [f"re re {number}" for number in range(30)]


def test_an_error_in_a_chain_is_the_callers(server: Server, client):
    def wrong():
        yield question("a")
        raise KeyError("a bug")

    server.replies[CHAT] = echo
    with client() as it, pytest.raises(KeyError, match="a bug"):
        list(it.each([wrong()]))


def test_cancelled_by_a_person(server: Server, client):
    def stop():
        if len(server.seen) >= 3:
            raise Cancelled("Stopped.")

    server.replies[CHAT] = lambda seen: replace(echo(seen), wait=0.05)
    start = time.monotonic()
    with client(stop=stop) as it:
        it.clock = replace(it.clock, now=time.monotonic)
        with pytest.raises(Cancelled):
            ask(it, *range(1000))
    assert time.monotonic() - start < 2
    assert len(server.seen) < 60


def test_after_a_ledger_error_nothing_is_sent(server: Server, client, ledger):
    server.replies[CHAT] = echo
    ledger.fail_at = 5
    with client(parallel=1) as it, pytest.raises(OSError, match="disk full"):
        ask(it, *range(100))
    assert len(server.seen) <= len(ledger.sent) <= 4, "nothing is sent that could not be written down"


def test_f1_too_many_requests_without_a_time(server: Server, client, ledger, fast):
    answers(server, Reply(200, completion()), *[Reply(429)] * 4, then=Reply(200, completion()))
    with client() as it:
        replies = ask(it, *range(20))
    assert [reply.problem for reply in replies] == [""] * 20
    assert 1 <= len([wait for wait in fast.waits if 0.5 <= wait <= 60]) <= 12
    assert sum(response.problem == "rate limit" for response in ledger.received.values()) == 4
    assert len(server.seen) == 24 == len(ledger.sent)


def test_f1_nothing_but_too_many_requests_pauses(server: Server, client, fast):
    server.replies[CHAT] = Reply(429)
    with client() as it, pytest.raises(Paused, match="too many requests") as caught:
        ask(it, *range(20))
    assert caught.value.seconds == 60
    assert max(fast.waits) <= 60
    assert len(server.seen) == 9


@pytest.mark.parametrize("header", ["5", "date"])
def test_f2_the_wait_that_a_server_asks_for_holds_for_all(server: Server, client, fast, header):
    header = formatdate(fast.start + 5, usegmt=True) if header == "date" else header
    arrived = []

    def reply(seen):
        arrived.append(fast.seconds)
        return Reply(429, b"", {"retry-after": header}) if len(arrived) == 3 else echo(seen)

    server.replies[CHAT] = reply
    with client(parallel=1) as it:
        assert [answer.problem for answer in ask(it, *range(6))] == [""] * 6
    assert arrived == [0, 0, 0, 5, 5, 5, 5]


def test_f2_a_long_wait_pauses_the_run(server: Server, client):
    answers(server, Reply(200, completion()), Reply(429, b"", {"retry-after": "600"}))
    with client(parallel=1) as it, pytest.raises(Paused) as caught:
        ask(it, *range(9))
    assert caught.value.seconds == 600
    assert len(server.seen) == 2


STOPPING = {
    "quota": Reply(429, b'{"error": {"message": "used up", "code": "insufficient_quota"}}'),
    "auth": Reply(401, f'{{"error": {{"message": "bad {CANARY}"}}}}'.encode()),
    "forbidden": Reply(403, b"no"),
    "model": Reply(404, b'{"error": {"message": "no such model", "code": "model_not_found"}}'),
    "redirect": Reply(307, b"", {"location": "http://127.0.0.1:9/"}),
}


@pytest.mark.parametrize("fault", STOPPING)
def test_f3_one_request_and_a_pause_with_what_to_do(server: Server, client, ledger, fault):
    server.replies[CHAT] = STOPPING[fault]
    with client(parallel=64) as it, pytest.raises(Paused, match="Fake") as caught:
        ask(it, *range(500))
    assert len(server.seen) == 1
    assert CANARY not in str(caught.value) + str(ledger.received)


@pytest.mark.parametrize("fault", STOPPING)
def test_f3_in_the_midst_of_it_only_those_on_the_wire_finish(server: Server, client, fault):
    def reply(seen):
        return replace(STOPPING[fault], wait=0.0) if len(server.seen) >= 21 else echo(seen)

    server.replies[CHAT] = reply
    with client() as it, pytest.raises(Paused):
        ask(it, *range(500))
    assert 21 <= len(server.seen) <= 24


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_f4_three_tries_then_a_named_problem(server: Server, client, status):
    server.replies[CHAT] = lambda seen: Reply(status) if asked(seen) == "bad" else echo(seen)
    with client() as it:
        replies = ask(it, "a", "bad", "b")
    assert [reply.problem for reply in replies] == ["", "server", ""]
    assert said(server.seen).count("bad") == 3


def test_f4_more_problems_than_answers_stop_the_run(server: Server, client):
    server.replies[CHAT] = lambda seen: Reply(500) if int(asked(seen)) % 3 else echo(seen)
    with client() as it, pytest.raises(Paused, match=r"of the last \d+ requests ended with a problem \(\d+ server\)"):
        ask(it, *range(500))
    assert len(server.seen) < 60


def test_f5_no_answer_is_asked_for_once_more_and_stays_booked(server: Server, client, ledger):
    server.replies[CHAT] = lambda seen: replace(echo(seen), wait=30 if asked(seen) == "slow" else 0)
    with client(timeout=1.0, prompt_price=1.0, completion_price=1.0) as it:
        it._buyer.wire._timeout = 0.1
        replies = ask(it, "a", "slow")
    assert [reply.problem for reply in replies] == ["", "timeout"]
    assert said(server.seen).count("slow") == 2
    lost = [response for response in ledger.received.values() if response.problem == "timeout"]
    assert len(lost) == 2
    assert all(response.cost == ledger.sent[response.attempt].cost > 1e-3 for response in lost)


def test_f5_a_person_who_starts_again_allows_one_more_try_and_no_second(server: Server, client):
    """Within one start a question is tried twice at most; what was never heard of again costs one try per start."""
    server.replies[CHAT] = lambda seen: replace(echo(seen), wait=30 if asked(seen) == "slow" else 0)
    for tries in (2, 3, 4):
        with client(timeout=1.0) as it:
            it._buyer.wire._timeout = 0.1
            assert [reply.problem for reply in ask(it, "a", "slow")] == ["", "timeout"]
            assert [reply.problem for reply in ask(it, "a", "slow")] == ["", "unknown"]
        assert said(server.seen).count("slow") == tries
    server.replies[CHAT] = echo
    with client() as it:
        assert [reply.text for reply in ask(it, "slow")] == ["re slow"]
    assert said(server.seen).count("slow") == 5


def test_f6_a_cut_body_is_asked_for_once_more(server: Server, client, ledger):
    answers(server, replace(Reply(200, completion()), cut=10), then=Reply(200, completion()))
    with client() as it:
        assert [reply.text for reply in ask(it, "a")] == ["Blue"]
    assert [response.problem for response in ledger.received.values()] == ["unknown", ""]


def test_f5_f6_after_a_crash_the_attempt_without_an_answer_is_asked_for_once_more(server: Server, client, ledger):
    server.replies[CHAT] = echo
    with client() as it:
        ask(it, "a")
    del ledger.received[next(iter(ledger.sent))]
    with client() as it:
        assert ask(it, "a")[0].text == "re a"
    assert len(server.seen) == 2


BAD = {
    "html": b"<html>no</html>",
    "error": b'{"error": {"message": "no"}}',
    "no choices": b'{"choices": []}',
    "null choices": b'{"choices": null}',
    "bad json": b'{"choices": [{"mess',
    "not utf-8": b'{"choices": "\xff\xfe"}',
    "nothing": b"",
}


@pytest.mark.parametrize("fault", BAD)
def test_f7_f8_what_is_no_answer_is_kept_and_the_run_goes_on(server: Server, client, ledger, fault):
    server.replies[CHAT] = lambda seen: Reply(200, BAD[fault]) if asked(seen) == "bad" else echo(seen)
    with client() as it:
        assert [reply.problem for reply in ask(it, "a", "bad", "b")] == ["", "malformed", ""]
    assert BAD[fault] in [response.body for response in ledger.received.values()]
    assert said(server.seen).count("bad") == 1


@pytest.mark.parametrize(
    ("body", "problem", "bought"),
    [
        (completion(" \n "), "empty", 2),
        (completion(None, refusal="no"), "refused", 1),
        (completion("", "content_filter"), "filtered", 1),
        (completion("Blu", "length"), "truncated", 1),
    ],
)
def test_f9_what_cannot_be_used_is_named_and_not_bought_again(server: Server, client, ledger, body, problem, bought):
    server.replies[CHAT] = lambda seen: Reply(200, body) if asked(seen) == "bad" else echo(seen)
    for _ in range(2):
        with client() as it:
            assert [reply.problem for reply in ask(it, "a", "bad")] == ["", problem]
    assert said(server.seen).count("bad") == bought
    assert ledger.spent()[0] == 9 * (bought + 1)


def test_f9_an_empty_answer_is_asked_for_once_more(server: Server, client):
    answers(server, Reply(200, completion("")), then=Reply(200, completion("Red")))
    with client() as it:
        assert ask(it, "a")[0].text == "Red"
    assert len(server.seen) == 2


SCHEMA = '{"type": "object", "properties": {"good": {"type": "boolean"}}, "required": ["good"]}'


def test_f10_json_that_does_not_fit_is_asked_about_once(server: Server, client, ledger):
    answers(server, Reply(200, completion("Well, yes.")), then=Reply(200, completion('Sure: ```{"good": True}```')))
    for _ in range(2):
        with client() as it:
            reply = ask(it, "a", schema=SCHEMA)[0]
            assert (reply.problem, reply.data) == ("", {"good": True})
    assert len(server.seen) == 2 == len(ledger.received)
    again = json.loads(server.seen[1].body)["messages"]
    assert [message["role"] for message in again] == ["user", "assistant", "user"]


def test_f10_it_is_asked_about_once_only(server: Server, client):
    server.replies[CHAT] = Reply(200, completion("Well, yes."))
    with client() as it:
        assert ask(it, "a", schema=SCHEMA)[0].problem == "malformed"
    assert len(server.seen) == 2


def test_f12_an_answer_without_end(server: Server, client, ledger):
    huge = completion("a" * 4_100_000)
    server.replies[CHAT] = lambda seen: Reply(200, huge) if asked(seen) == "bad" else echo(seen)
    for _ in range(2):
        with client() as it:
            assert [reply.problem for reply in ask(it, "a", "bad", max_tokens=77)] == ["", "too large"]
    assert said(server.seen).count("bad") == 1
    assert json.loads(server.seen[0].body)["max_tokens"] == 77
    assert max(len(response.body) for response in ledger.received.values()) == 4_000_000


@pytest.mark.parametrize("status", [400, 422, 500])
@pytest.mark.parametrize("knows", ["object", "plain"])
def test_the_form_of_structure_is_found_out_once(server: Server, client, ledger, status, knows):
    def reply(seen):
        form = json.loads(seen.body).get("response_format", {}).get("type", "plain")
        if form != {"object": "json_object"}.get(knows, knows):
            return Reply(status, b'{"error": {"message": "response_format: Input should be text"}}')
        return Reply(200, completion('{"good": true}'))

    server.replies[CHAT] = reply
    with client() as it:
        replies = list(it.each(one(number, schema=SCHEMA) for number in range(10)))
        assert it.known_form == knows
    assert all(reply.data == {"good": True} for reply in replies)
    assert len(server.seen) == 10 + (1 if knows == "object" else 2)
    assert {attempt.form for attempt in ledger.sent.values() if not ledger.received[attempt.id].problem} == {knows}
    server.seen.clear()
    with client(form=knows) as it:
        list(it.each(one(f"b {number}", schema=SCHEMA) for number in range(3)))
    assert len(server.seen) == 3


def test_a_model_that_knows_only_the_newer_name_of_the_limit(server: Server, client):
    def reply(seen):
        if "max_tokens" in json.loads(seen.body):
            return Reply(400, b'{"error": {"message": "Use \'max_completion_tokens\' instead."}}')
        return echo(seen)

    server.replies[CHAT] = reply
    with client() as it:
        assert [one.text for one in ask(it, "a", "b")] == ["re a", "re b"]
    assert len(server.seen) == 3


def test_nobody_listens(endpoint, ledger, fast):
    gone = replace(endpoint, base_url="http://127.0.0.1:9/v1")
    with Client(gone, ledger, clock=fast.clock) as it, pytest.raises(Paused, match="cannot be reached"):
        ask(it, *range(10))
    assert {response.cost for response in ledger.received.values()} == {0.0}


def test_without_its_key_it_does_not_start(endpoint, ledger, monkeypatch):
    monkeypatch.delenv("SIFT_TEST_KEY")
    with pytest.raises(Paused, match="SIFT_TEST_KEY"), Client(endpoint, ledger):
        pass


def test_nothing_is_sent_after_it_is_left(server: Server, client):
    server.replies[CHAT] = echo
    with client() as it:
        results = it.each(one(number) for number in range(100))
        next(results)
    sent = len(server.seen)
    with pytest.raises(CurationError, match="closed"):
        list(results)
    assert len(server.seen) == sent


SWEEP = [
    Reply(429, b"", {"retry-after": "1"}),
    Reply(500),
    replace(Reply(200, completion()), cut=9),
    Reply(200, b"<html>"),
    Reply(200, b'{"choices": "\xff"}'),
    Reply(200, completion(None, refusal="no")),
    Reply(200, completion("Blu", "length")),
    Reply(200, completion("")),
    replace(Reply(200, completion()), wait=2),
]


def test_every_fault_at_once_at_30_percent_ends_in_a_named_state(server: Server, client, ledger):
    """The counts of client, ledger and server add up, and nothing hangs."""
    chance = random.Random(5)
    server.replies[CHAT] = lambda seen: chance.choice(SWEEP) if chance.random() < 0.3 else echo(seen)
    with client(parallel=32) as it:
        it._buyer.wire._timeout = 0.4
        replies = ask(it, *range(150))
    named = Counter(reply.problem for reply in replies)
    assert sum(named.values()) == 150
    assert named[""] > 100
    assert set(named) <= {"", "server", "timeout", "unknown", "malformed", "refused", "truncated", "empty"}
    assert len(ledger.sent) == len(ledger.received)
    late = sum(response.problem == "timeout" for response in ledger.received.values())
    # On a busy machine one may be given up before it has arrived.
    assert len(ledger.sent) - late <= len(server.seen) <= len(ledger.sent)
    retryable = {"rate limit", "server", "timeout", "unknown"}
    for key, attempts in ledger.by_key.items():
        got = [ledger.received[attempt.id] for attempt in attempts]
        good = [response for response in got if not response.problem]
        assert len(attempts) <= 1 + sum(response.problem in retryable for response in got) + (len(good) == 2), key
        assert len(good) <= 1 or not read(good[0].body).text


@pytest.mark.parametrize(("limit", "per_minute"), [("requests_per_minute", 60), ("tokens_per_minute", 60 * 1200)])
def test_requests_keep_to_the_pace(server: Server, client, fast, limit, per_minute):
    arrived = []

    def reply(_seen):
        arrived.append(fast.seconds)
        return Reply(200, b'{"choices": [{"message": {"content": "Blue"}}]}')

    server.replies[CHAT] = reply
    with client(**{limit: per_minute}) as it:
        ask(it, *range(10))
    assert 8 <= arrived[-1] - arrived[0] <= 11
