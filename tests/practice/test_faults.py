"""Each fault of RELIABILITY.md F1–F12, T5 and T7 as it arrives on the wire."""

import json

import httpx2
import openai
import pytest

from curation.errors import BadInput
from curation.practice import FAULTS, FINAL, PRACTICE_MODEL, Faults, every, serve
from tests.practice.conftest import CANARY

MESSAGES = [{"role": "user", "content": "Explain why honey bees dance."}]
SCHEMA = {"type": "object", "properties": {"reason": {"type": "string"}}, "required": ["reason"]}


def raw(client, **options):
    return client.chat.completions.with_raw_response.create(model=PRACTICE_MODEL, messages=MESSAGES, **options)


def broken(serving, client, fault, **options):
    """The raw answer to a request that meets this fault."""
    serving.faults = Faults({fault: 1.0}, **options)
    return raw(client)


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("rate_limit", 429, "rate_limit_exceeded"),
        ("quota", 429, "insufficient_quota"),
        ("auth", 401, "invalid_api_key"),
        ("not_found", 404, "model_not_found"),
        ("echo", 500, None),
    ],
)
def test_errors_with_a_status(serving, client, fault, status, code):
    with pytest.raises(openai.APIStatusError) as caught:
        broken(serving, client, fault)
    assert (caught.value.status_code, caught.value.code) == (status, code)
    assert (CANARY in caught.value.response.text) == (fault in {"auth", "echo"})


def test_server_errors_are_of_every_kind(serving, client):
    serving.faults = Faults({"server": 1.0})
    seen = set()
    for _ in range(25):
        with pytest.raises(openai.InternalServerError) as caught:
            raw(client)
        seen.add(caught.value.status_code)
    assert seen == {500, 502, 503, 504}


@pytest.mark.parametrize("wait", ["5", "600", "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_says_how_long_to_wait(serving, client, wait):
    with pytest.raises(openai.RateLimitError) as caught:
        broken(serving, client, "rate_limit_wait", retry_after=wait)
    assert caught.value.response.headers["retry-after"] == wait


def test_hang_ends_when_the_client_goes(serving, client):
    with pytest.raises(openai.APITimeoutError):
        broken(serving, client.with_options(timeout=0.2), "hang")
    assert not serving.log.entries[0].finished


@pytest.mark.parametrize("fault", ["cut", "reset"])
def test_breaks_off_in_the_body(serving, client, fault):
    with pytest.raises((openai.APIConnectionError, httpx2.TransportError)):
        broken(serving, client, fault)
    assert not serving.log.entries[0].finished


@pytest.mark.parametrize(
    ("fault", "error"),
    [("html", json.JSONDecodeError), ("bad_json", json.JSONDecodeError), ("not_utf8", UnicodeDecodeError)],
)
def test_status_200_with_nothing_to_read(serving, client, fault, error):
    answer = broken(serving, client, fault)
    assert answer.status_code == 200
    with pytest.raises(error):
        json.loads(answer.content.decode())


def test_status_200_without_an_answer(serving, client):
    assert "error" in json.loads(broken(serving, client, "error_200").content)
    found = [json.loads(broken(serving, client, "no_choices").content)["choices"] for _ in range(2)]
    assert found in ([None, []], [[], None])


def test_named_endings(serving, client):
    def choice(fault):
        return json.loads(broken(serving, client, fault).content)["choices"][0]

    assert choice("refusal")["message"]["refusal"]
    assert choice("filtered")["finish_reason"] == "content_filter"
    assert choice("truncated")["finish_reason"] == "length"
    assert not choice("empty")["message"]["content"].strip()


def test_duplicate_repeats_the_answer_before(serving, client):
    serving.faults = Faults(first=("", "duplicate"))
    texts = []
    for text in ("Explain why honey bees dance.", "Explain why noodle soups steam."):
        answer = client.chat.completions.create(model=PRACTICE_MODEL, messages=[{"role": "user", "content": text}])
        texts.append(answer.choices[0].message.content)
    assert texts[0] == texts[1]


def test_structure_in_prose_and_of_another_shape(serving, client):
    form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA}}
    serving.faults = Faults({"prose": 1.0})
    text = json.loads(raw(client, response_format=form).content)["choices"][0]["message"]["content"]
    assert "```json" in text
    assert set(json.loads(text.split("```json\n")[1].split("\n```")[0])) == {"reason"}
    serving.faults = Faults({"wrong_shape": 1.0})
    text = json.loads(raw(client, response_format=form).content)["choices"][0]["message"]["content"]
    assert "reason" not in json.loads(text)


def test_huge(serving, client):
    assert len(broken(serving, client, "huge").content) > 5_000_000
    assert serving.log.entries[0].finished


def test_redirect_goes_nowhere_unless_followed(serving, client):
    with serve() as second:
        with pytest.raises(openai.APIStatusError) as caught:
            broken(serving, client, "redirect", redirect_to=f"{second.base_url}/chat/completions")
        assert caught.value.status_code == 307
        assert second.log.count == 0


def test_every_fault_is_reachable(serving, client):
    """Every fault of the list has its behaviour: none falls through to a good answer."""
    good = raw(client).content
    short = client.with_options(timeout=0.2)
    for fault in FAULTS:
        try:
            answer = broken(serving, short, fault).content
        except (openai.OpenAIError, httpx2.TransportError):
            continue
        assert fault == "duplicate" or answer != good


def test_the_same_seed_gives_the_same_faults():
    faults = every(0.3, seed=5)
    drawn = [faults.of(number) for number in range(4000)]
    assert drawn == [every(0.3, seed=5).of(number) for number in range(4000)]
    assert drawn != [every(0.3, seed=6).of(number) for number in range(4000)]
    assert 0.27 < sum(map(bool, drawn)) / 4000 < 0.33
    assert {*drawn} == {"", *FAULTS} - {*FINAL}


def test_first_comes_before_the_shares():
    assert [Faults({"server": 1.0}, first=("", "hang")).of(number) for number in range(3)] == ["", "hang", "server"]


@pytest.mark.parametrize("shares", [{"nonsense": 0.1}, {"server": -0.1}, {"server": 0.6, "hang": 0.6}])
def test_refuses_faults_that_are_none(shares):
    with pytest.raises(BadInput):
        Faults(shares)
