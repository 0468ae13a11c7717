"""The practice server as the real SDK sees it."""

import asyncio
import json
import socket
import threading
import time

import openai
import pytest

from curation.practice import PRACTICE_MODEL, serve


def asked(client, text="Name a colour.", **options):
    messages = [{"role": "user", "content": text}]
    return client.chat.completions.create(model=PRACTICE_MODEL, messages=messages, **options)


def test_lists_its_one_model(client):
    assert [model.id for model in client.models.list()] == [PRACTICE_MODEL]


def test_answers_and_counts(client):
    answer = asked(client, "Explain why honey bees dance.")
    assert answer.model == PRACTICE_MODEL
    assert answer.choices[0].finish_reason == "stop"
    assert "honey bees" in answer.choices[0].message.content
    assert answer.usage.prompt_tokens == 6
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 6


def test_equal_bodies_get_equal_answers_and_a_seed_changes_them(client):
    def text(**options):
        return asked(client, "Write a story about night trains.", **options).choices[0].message.content

    assert text(temperature=1, seed=1) == text(temperature=1, seed=1) != text(temperature=1, seed=2)
    assert text(temperature=0, seed=1) == text(temperature=0, seed=2)


def test_max_tokens_cuts_and_says_so(client):
    answer = asked(client, "Write a story about night trains.", max_tokens=5)
    assert answer.choices[0].finish_reason == "length"
    assert answer.usage.completion_tokens == 5
    whole = asked(client, "Write a story about night trains.").choices[0].message.content
    assert whole.startswith(answer.choices[0].message.content)


def test_stops_before_a_stop_text(client):
    whole = asked(client, "List five tips on tea.").choices[0].message.content
    cut = asked(client, "List five tips on tea.", stop=["\n"]).choices[0]
    assert cut.message.content == whole.split("\n")[0]
    assert cut.finish_reason == "stop"


def test_n_gives_choices_that_differ(client):
    choices = asked(client, "Write a story about night trains.", n=3, temperature=1).choices
    assert len({choice.message.content for choice in choices}) == 3


def test_both_forms_of_json(client):
    schema = {"type": "object", "properties": {"score": {"type": "integer", "minimum": 1, "maximum": 5}}}
    form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, "strict": True}}
    assert 1 <= json.loads(asked(client, response_format=form).choices[0].message.content)["score"] <= 5
    stated = f"Rate it.\n\nAnswer with JSON that fits:\n{json.dumps(schema)}"
    for form in ({"type": "json_object"}, {"type": "text"}):
        assert 1 <= json.loads(asked(client, stated, response_format=form).choices[0].message.content)["score"] <= 5
    loose = json.loads(
        asked(client, "Name a colour as JSON.", response_format={"type": "json_object"}).choices[0].message.content
    )
    assert set(loose) == {"answer"}


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"temperature": 9}, openai.BadRequestError),
        ({"max_tokens": 0}, openai.BadRequestError),
        ({"stream": True}, openai.BadRequestError),
    ],
)
def test_refuses_what_a_real_server_refuses(client, options, error):
    with pytest.raises(error):
        asked(client, **options)


def test_knows_no_other_model_and_no_other_address(client):
    with pytest.raises(openai.NotFoundError) as caught:
        client.chat.completions.create(model="other", messages=[{"role": "user", "content": "x"}])
    assert caught.value.code == "model_not_found"
    with pytest.raises(openai.NotFoundError) as caught:
        client.embeddings.create(model=PRACTICE_MODEL, input="x")
    assert caught.value.code == "unknown_url"


def test_serves_many_at_once_and_logs_each(serving):
    async def all_of_them():
        async with openai.AsyncOpenAI(base_url=serving.base_url, api_key="x", max_retries=0) as client:
            return await asyncio.gather(*(asked(client, f"Name a colour {place}.") for place in range(100)))

    serving.delay = 0.05
    start = time.monotonic()
    answers = asyncio.run(all_of_them())
    assert time.monotonic() - start < 4
    assert len(answers) == serving.log.count == 100
    assert all(entry.finished and entry.authorized and entry.status == 200 for entry in serving.log.entries)
    assert len({entry.key for entry in serving.log.entries}) == 100


def test_raw_bytes_are_json(client):
    raw = client.chat.completions.with_raw_response.create(
        model=PRACTICE_MODEL, messages=[{"role": "user", "content": [{"type": "text", "text": "Name a colour."}]}]
    )
    assert json.loads(raw.content)["object"] == "chat.completion"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"POST /v1/chat/completions HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n", b"411"),
        (b"POST /v1/chat/completions HTTP/1.1\r\ncontent-length: 99999999999\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 20_000, b"431"),
        (b"GET /v1/chat/completions HTTP/1.0\r\n\r\n", b"405"),
        (b"POST /v1/chat/completions HTTP/1.1\r\ncontent-length: 1\r\nconnection: close\r\n\r\n{", b"400"),
    ],
)
def test_answers_what_is_no_proper_request(serving, sent, status):
    port = int(serving.base_url.split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(sent)
        received = b""
        while chunk := line.recv(65536):
            received += chunk
    assert received.split(b" ")[1] == status
    assert b'"error"' in received


def test_a_body_in_pieces_and_two_requests_at_once(serving):
    body = json.dumps({"model": PRACTICE_MODEL, "messages": [{"role": "user", "content": "x"}]}).encode()
    request = b"POST /v1/chat/completions HTTP/1.1\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)
    port = int(serving.base_url.split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(request[:70])
        time.sleep(0.02)
        line.sendall(request[70:] + request)
        received = b""
        while received.count(b"HTTP/1.1 200") < 2 or not received.endswith(b"}}"):
            received += line.recv(65536)
    assert serving.log.count == 2


def test_starts_fast_and_leaves_nothing_behind():
    before = threading.active_count()
    start = time.monotonic()
    with serve() as serving:
        assert time.monotonic() - start < 0.3
        port = int(serving.base_url.split(":")[2].split("/")[0])
    serving.close()
    assert threading.active_count() == before
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_listens_on_loopback_only():
    with serve() as serving:
        assert serving.base_url.startswith("http://127.0.0.1:")
