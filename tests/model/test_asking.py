import json
import logging
import traceback

import pytest

from curation import model
from curation.errors import ModelError
from curation.model import Endpoint, Sampling, addresses, ask, edited, list_models, wire
from tests.model.conftest import CANARY
from tests.model.server import Reply, Server, completion, running

CHAT = "/v1/chat/completions"
MODELS = "/v1/models"
QUICK = Sampling(timeout=0.5)


def error(status, message, **fields):
    return Reply(status, json.dumps({"error": {"message": message, **fields}}).encode())


ECHO = f"Incorrect API key: Bearer {CANARY} and {CANARY.lower()}"
FAULTS = {
    "auth": error(401, ECHO, code="invalid_api_key"),
    "forbidden": error(403, ECHO),
    "no path": Reply(404, f"<html>{CANARY}</html>".encode()),
    "no model": error(404, f"no model for {CANARY}", code="model_not_found"),
    "quota": error(429, f"quota of {CANARY} used up", code="insufficient_quota"),
    "quota by type": error(429, "used up", type="insufficient_quota"),
    "payment": error(402, "no credit"),
    "rate": Reply(429, error(429, ECHO).body, {"retry-after": "5"}),
    "server": error(500, ECHO),
    "gateway": Reply(502, f"<h1>Bad gateway {CANARY}</h1>".encode()),
    "long prompt": error(400, ECHO, code="context_length_exceeded"),
    "option": error(400, ECHO),
    "list as error": Reply(400, f'["{CANARY}"]'.encode()),
    "bytes as error": Reply(500, b"\xff\xfe" + CANARY.encode()),
    "html": Reply(200, f"<html>{CANARY}</html>".encode(), {"content-type": "text/html"}),
    "bad json": Reply(200, b'{"choices": [{"mess' + CANARY.encode()),
    "not utf-8": Reply(200, b'{"choices": "\xff\xfe"}' + CANARY.encode()),
    "null choices": Reply(200, b'{"choices": null}'),
    "no choices": Reply(200, b'{"choices": []}'),
    "null message": Reply(200, b'{"choices": [{"message": null}]}'),
    "json list": Reply(200, b"[1, 2]"),
    "nothing": Reply(200, b""),
    "error in 200": error(200, ECHO),
    "length": Reply(200, completion("Blu", "length")),
    "filter": Reply(200, completion("", "content_filter")),
    "refusal": Reply(200, completion(None, refusal=f"I cannot say {CANARY}")),
    "empty": Reply(200, completion(" \n ")),
    "null content": Reply(200, completion(None)),
    "hang": Reply(200, completion(), wait=30),
    "drip": Reply(200, completion(), drip=0.1),
    "huge": Reply(200, completion("a" * 4_100_000)),
    "huge error": Reply(500, b"a" * 4_100_000),
    "redirect": Reply(302, b"", {"location": "/elsewhere"}),
}
KINDS = {
    "auth": "auth",
    "forbidden": "auth",
    "no path": "not found",
    "no model": "not found",
    "quota": "quota",
    "quota by type": "quota",
    "payment": "quota",
    "rate": "rate limit",
    "server": "server",
    "gateway": "server",
    "long prompt": "too large",
    "option": "rejected",
    "list as error": "rejected",
    "bytes as error": "server",
    "length": "truncated",
    "filter": "filtered",
    "refusal": "refused",
    "empty": "empty",
    "null content": "empty",
    "hang": "timeout",
    "drip": "timeout",
    "huge": "too large",
    "huge error": "server",
    "redirect": "redirect",
}


def everything_in(failure: BaseException) -> str:
    """All text that hangs on an error, also on the ones behind it."""
    found, here = [], failure
    while here is not None:
        found += [str(here), repr(here), repr(vars(here)), *traceback.format_exception(here)]
        here = here.__cause__ or here.__context__
    return "\n".join(found)


@pytest.mark.parametrize("fault", FAULTS)
def test_t7_f1_to_f9_f12_a_fault_is_named_once_without_the_key(server: Server, endpoint, caplog, fault):
    caplog.set_level(logging.DEBUG)
    server.replies[CHAT] = FAULTS[fault]
    with pytest.raises(ModelError) as caught:
        ask(endpoint, "Name a colour.", how=QUICK)
    assert caught.value.kind == KINDS.get(fault, "malformed")
    assert len(server.seen) == 1, "one call is one request"
    assert "Fake" in str(caught.value) or "tiny" in str(caught.value)
    written = everything_in(caught.value) + caplog.text
    assert CANARY.lower() not in written.lower()


def test_the_wait_that_a_server_asks_for_is_told(server: Server, endpoint):
    server.replies[CHAT] = FAULTS["rate"]
    with pytest.raises(ModelError, match="5 seconds"):
        ask(endpoint, "Name a colour.")


def test_an_answer(server: Server, endpoint):
    server.replies[CHAT] = Reply(200, completion(" Blue\n"))
    answer = ask(endpoint, "Name a colour.", "Be brief.", Sampling(temperature=0.0, max_tokens=9))
    assert (answer.text, answer.model, answer.finish_reason) == ("Blue", "tiny-2026", "stop")
    assert (answer.prompt_tokens, answer.completion_tokens) == (7, 2)
    assert 0 < answer.seconds < 5
    assert json.loads(server.seen[0].body) == {
        "model": "tiny",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Name a colour."}],
        "temperature": 0.0,
        "max_tokens": 9,
    }
    assert server.seen[0].headers["authorization"] == f"Bearer {CANARY}"


def test_half_a_character_is_sent_as_a_question_mark(server: Server, endpoint):
    server.replies[CHAT] = Reply(200, completion())
    ask(endpoint, "a\ud83db")
    assert json.loads(server.seen[0].body)["messages"][0]["content"] == "a?b"


def test_tokens_that_are_not_counted_are_unknown(server: Server, endpoint):
    server.replies[CHAT] = Reply(200, b'{"choices": [{"message": {"content": "Blue"}}]}')
    answer = ask(endpoint, "Name a colour.")
    assert (answer.model, answer.prompt_tokens, answer.completion_tokens) == ("tiny", None, None)


def test_t7_a_key_in_an_answer_is_taken_out(server: Server, endpoint):
    server.replies[CHAT] = Reply(200, completion(f"Your key is {CANARY}, mine is sk-example"))
    assert ask(endpoint, "Hello").text == "Your key is [key removed], mine is sk-example"


def test_without_a_key_none_is_sent(server: Server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)
    server.replies[CHAT] = Reply(200, completion())
    ask(Endpoint("Local", server.url, "tiny"), "Hello")
    assert "authorization" not in server.seen[0].headers


def test_what_the_environment_adds_for_another_provider_is_not_sent(server: Server, endpoint, monkeypatch):
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-secret")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Secret: secret\nAuthorization: Bearer secret")
    server.replies[CHAT] = Reply(200, completion())
    ask(endpoint, "Hello")
    assert "secret" not in str(server.seen[0].headers)
    assert server.seen[0].headers["authorization"] == f"Bearer {CANARY}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_t5_a_redirect_is_not_followed(server: Server, endpoint, status):
    with running() as other:
        other.replies[CHAT] = Reply(200, completion())
        server.replies[CHAT] = Reply(status, b"", {"location": other.url + "/chat/completions"})
        with pytest.raises(ModelError, match="not sent there") as caught:
            ask(endpoint, "Name a colour.")
        assert caught.value.kind == "redirect"
        assert other.seen == []


def test_t6_after_an_edit_the_new_origin_sees_no_key(endpoint):
    with running() as other:
        other.replies[CHAT] = Reply(200, completion())
        ask(edited(endpoint, other.url), "Hello")
        assert "authorization" not in other.seen[0].headers
        assert CANARY not in str(other.seen)


def test_t4_a_name_that_leads_to_metadata(monkeypatch):
    answers = [(0, 0, 0, "", ("169.254.169.254", 80))]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_args, **_options: answers)
    with pytest.raises(ModelError, match="Nothing was sent") as caught:
        ask(Endpoint("Sly", "http://models.example/v1", "tiny"), "Hello")
    assert caught.value.kind == "address"


def test_t4_the_address_is_looked_at_again_when_connected(server: Server, endpoint, monkeypatch):
    """The first look, by name, is kept happy; the second, at the connection, is not."""
    monkeypatch.setattr(wire, "resolved", lambda *_args: [])
    monkeypatch.setattr(wire, "forbidden", lambda address: str(address) == "127.0.0.1")
    with pytest.raises(ModelError) as caught:
        ask(endpoint, "Hello")
    assert caught.value.kind == "address"
    assert server.seen == []


def test_nobody_listens(endpoint):
    with running() as gone:
        url = gone.url
    with pytest.raises(ModelError, match="cannot be reached at http://127") as caught:
        ask(edited(endpoint, url), "Hello")
    assert caught.value.kind == "unreachable"


def test_a_name_that_is_not_found(monkeypatch):
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_a, **_o: (_ for _ in ()).throw(OSError("no name")))
    with pytest.raises(ModelError) as caught:
        ask(Endpoint("Gone", "http://nowhere.invalid/v1", "tiny"), "Hello")
    assert caught.value.kind == "unreachable"


def test_list_models(server: Server, endpoint):
    server.replies[MODELS] = Reply(200, b'{"object": "list", "data": [{"id": "tiny"}, {"id": "big"}]}')
    assert list_models(endpoint) == ["big", "tiny"]


def test_connection_works(server: Server, endpoint):
    server.replies[MODELS] = Reply(200, b'{"data": [{"id": "tiny"}]}')
    server.replies[CHAT] = Reply(200, completion("OK"))
    assert model.test_connection(endpoint).startswith("Fake works: tiny answered in ")


@pytest.mark.parametrize("reply", [completion("", "length"), completion("")])
def test_connection_works_with_a_model_that_thinks_first(server: Server, endpoint, reply):
    server.replies[CHAT] = Reply(200, reply)
    assert "works" in model.test_connection(endpoint)


def test_connection_names_the_models_there_are(server: Server, endpoint):
    server.replies[MODELS] = Reply(200, b'{"data": [{"id": "small"}, {"id": "big"}]}')
    with pytest.raises(ModelError, match=r"offers no model named tiny\. It offers: big, small") as caught:
        model.test_connection(endpoint)
    assert caught.value.kind == "not found"


def test_connection_with_a_wrong_key_stops_at_once(server: Server, endpoint):
    server.replies[MODELS] = FAULTS["auth"]
    with pytest.raises(ModelError, match="SIFT_TEST_KEY") as caught:
        model.test_connection(endpoint)
    assert caught.value.kind == "auth"
    assert len(server.seen) == 1


def test_connection_where_nothing_is_served(endpoint):
    with pytest.raises(ModelError, match="/v1") as caught:
        model.test_connection(endpoint)
    assert caught.value.kind == "not found"


def test_a_list_of_models_that_is_none(server: Server, endpoint):
    server.replies[MODELS] = Reply(200, b'{"data": "many"}')
    with pytest.raises(ModelError) as caught:
        list_models(endpoint)
    assert caught.value.kind == "malformed"
