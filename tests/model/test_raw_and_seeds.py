"""Raw texts at /v1/completions, a seed for each slot, and the words of servers that are built with FastAPI."""

import json
from dataclasses import replace

import pytest

from curation.errors import ModelError, Paused
from curation.model import ask as ask_once
from curation.model.client import Client
from curation.model.dialect import seed_of
from curation.model.prices import most_tokens
from curation.model.reading import read
from curation.prompts import Prompt
from curation.sample import Message
from tests.model.fast import Fast
from tests.model.remembering import Remembering
from tests.model.server import Reply, Server, completion

CHAT, RAW = "/v1/chat/completions", "/v1/completions"
TEMPLATE = "<|im_start|>user\n"


def raw(text="How do bees dance? ", finish="stop") -> bytes:
    choice = {"index": 0, "text": text, "finish_reason": finish, "logprobs": None}
    usage = {"prompt_tokens": 3, "completion_tokens": 5}
    return json.dumps({"object": "text_completion", "model": "tiny-2026", "choices": [choice], "usage": usage}).encode()


def one(prompt):
    return (yield prompt)


@pytest.fixture
def answers(endpoint):
    def asked(*prompts, parallel=1):
        with Client(replace(endpoint, parallel=parallel), Remembering(), clock=Fast().clock) as client:
            return list(client.each(one(prompt) for prompt in prompts))

    return asked


def test_a_raw_text_goes_to_completions_as_it_is(server: Server, answers):
    server.replies[RAW] = Reply(200, raw())
    prompt = Prompt(complete=TEMPLATE, slot="7", temperature=1.0, max_tokens=99, stop=("<|im_end|>",), top_p=0.9)
    (reply,) = answers(prompt)
    assert (reply.text, reply.problem, reply.model) == ("How do bees dance?", "", "tiny-2026")
    assert json.loads(server.seen[0].body) == {
        "model": "tiny", "prompt": TEMPLATE, "temperature": 1.0, "max_tokens": 99, "stop": ["<|im_end|>"],
        "top_p": 0.9, "seed": seed_of("7"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (raw("Ho", "length"), "truncated"),
        (raw(" "), "empty"),
        (raw(None), "malformed"),
        (b'{"choices": [{"index": 0}]}', "malformed"),
        (b'{"choices": [{"text": ["a"]}]}', "malformed"),
    ],
)
def test_what_is_no_raw_answer_has_a_name(body, problem):
    assert read(body).problem == problem


@pytest.mark.parametrize("status", [404, 405])
@pytest.mark.parametrize("said", [b'{"error": {"message": "This is a chat model."}}', b'{"detail": "Not Found"}'])
def test_an_endpoint_without_completions_pauses_the_run_and_says_what_to_do(server: Server, answers, status, said):
    server.replies[RAW] = Reply(status, said)
    with pytest.raises(Paused, match=r"offers no /v1/completions .* Use Magpie-style .*(chat model|Not Found)"):
        answers(*(Prompt(complete=TEMPLATE, slot=str(slot)) for slot in range(9)))
    assert len(server.seen) == 1


def test_an_unknown_model_is_not_taken_for_it(server: Server, answers):
    server.replies[RAW] = Reply(404, b'{"error": {"message": "No such model.", "code": "model_not_found"}}')
    with pytest.raises(Paused, match="knows no such address or model"):
        answers(Prompt(complete=TEMPLATE))


def test_a_raw_text_is_counted_for_the_budget():
    assert most_tokens(Prompt(complete="ü" * 1000), "plain") >= 2000


def test_equal_prompts_with_different_slots_differ_on_the_wire(server: Server, answers):
    server.replies[CHAT] = Reply(200, completion())
    colour = (Message("user", "Name a colour."),)
    answers(*(Prompt(colour, slot=slot) for slot in ("a", "b", "")), Prompt(colour, slot="a", temperature=0.0))
    seeds = [json.loads(seen.body).get("seed") for seen in server.seen]
    assert seeds == [seed_of("a"), seed_of("b"), None, None]
    assert 0 <= seed_of("a") < 2**31


REFUSED = (
    b'{"error": {"message": "Unrecognized request argument supplied: seed"}}',
    b'{"detail": [{"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}]}',
)


@pytest.mark.parametrize(("status", "said"), [(400, REFUSED[0]), (422, REFUSED[1])])
def test_a_server_that_knows_no_seed_is_asked_without_it_from_then_on(server: Server, answers, status, said):
    def reply(seen):
        return Reply(status, said, wait=0.02) if "seed" in json.loads(seen.body) else Reply(200, completion())

    server.replies[CHAT] = reply
    colour = (Message("user", "Name a colour."),)
    found = answers(*(Prompt(colour, slot=str(slot)) for slot in range(30)), parallel=4)
    assert [one.problem for one in found] == [""] * 30
    assert len(server.seen) <= 34


def test_a_limit_by_its_older_name_is_learned_by_all_that_were_under_way(server: Server, answers):
    def reply(seen):
        if "max_tokens" in json.loads(seen.body):
            return Reply(400, b'{"error": {"message": "Use max_completion_tokens instead."}}', wait=0.05)
        return Reply(200, completion())

    server.replies[CHAT] = reply
    found = answers(*(Prompt((Message("user", str(number)),)) for number in range(12)), parallel=4)
    assert [one.problem for one in found] == [""] * 12


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"detail": "No model is loaded."}', "It said: No model is loaded."),
        (b'{"detail": [{"loc": ["body", "top_p"], "msg": "too big"}, "and more"]}', "body.top_p: too big; and more"),
        (b'{"detail": {"error": "odd"}}', "odd"),
        (b'{"other": "words"}', "words"),
    ],
)
def test_what_a_fastapi_server_says_is_passed_on(server: Server, endpoint, body, said):
    server.replies[CHAT] = Reply(422, body)
    with pytest.raises(ModelError, match="did not accept the request") as error:
        ask_once(endpoint, "Name a colour.")
    assert said in str(error.value)
