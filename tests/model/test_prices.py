"""T23, N12: what asking costs, and the bound that a cap rests on."""

import json
import math
import socket
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.model import Endpoint
from curation.model.prices import Price, cost, estimate, likely_tokens, listed_price, most_tokens, price_of
from curation.model.structure import FORMS, in_words, response_format
from curation.prompts import Asking, Prompt
from curation.sample import Message

OPENAI = Endpoint("Main", "https://api.openai.com/v1", "gpt-4o-mini", "MAIN_KEY")
SCHEMA = '{"type": "object", "properties": {"größe": {"type": "integer"}}}'


def test_prices_are_looked_up_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    price = price_of(OPENAI)
    assert price is not None
    assert 0 < price.prompt < price.completion < 10


def test_the_price_of_the_user_goes_first() -> None:
    assert price_of(replace(OPENAI, prompt_price=1.5, completion_price=0.0)) == Price(1.5, 0.0)
    local = Endpoint("Local", "http://127.0.0.1:1/v1", "m", prompt_price=2.0, completion_price=3.0)
    assert price_of(local) == Price(2.0, 3.0)


@pytest.mark.parametrize(
    ("url", "model", "price"),
    [
        ("http://127.0.0.1:11434/v1", "llama3", Price(0.0, 0.0)),
        ("http://[::1]:8000/v1", "gpt-4o", Price(0.0, 0.0)),
        ("http://LOCALHOST:8000/v1", "gpt-4o", Price(0.0, 0.0)),
        ("http://192.168.1.20:8000/v1", "gpt-4o", None),
        ("https://gateway.example/v1", "gpt-4o", None),
        ("https://api.openai.com/v1", "no-such-model", None),
        ("https://api.openai.com/v1", "", None),
        ("https://api.mistral.ai/v1", "mistral-nemo:free", None),
        ("https://api.perplexity.ai", "sonar", None),
    ],
)
def test_free_on_this_computer_and_unknown_elsewhere(url: str, model: str, price: Price | None) -> None:
    assert listed_price(url, model) == price


def test_a_cost_without_a_price_is_no_number() -> None:
    assert math.isnan(cost(None, 1, 1))
    assert cost(Price(2.0, 10.0), 1000, 100) == pytest.approx(0.003)


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=3), st.sampled_from(FORMS))
def test_no_tokeniser_over_bytes_gives_more_tokens(texts: list[str], form: str) -> None:
    """Every byte of what is sent, a schema included, is booked as a token before sending."""
    prompt = Prompt(tuple(Message("user", text) for text in texts), schema=SCHEMA)
    messages = prompt.messages if form == "schema" else in_words(prompt.messages, SCHEMA)
    sent = json.dumps(response_format(SCHEMA, "schema"), ensure_ascii=False) if form == "schema" else ""
    size = sum(len(message.content.encode()) for message in messages) + len(sent.encode())
    assert most_tokens(prompt, form) >= size


def test_half_a_character_is_counted_too() -> None:
    assert most_tokens(Prompt((Message("user", "\ud83d"),)), "plain") > 0


def test_an_estimate_adds_kinds_of_asking() -> None:
    askings = [Asking("instructions", 10, 4000, 500, 1000), Asking("answers", 2.5, 400, 100, 2000)]
    one = estimate(askings, Price(1.0, 2.0))
    assert (one.calls, one.prompt_tokens, one.completion_tokens) == (12.5, 10 * 1000 + 2.5 * 100, 10 * 500 + 2.5 * 100)
    assert one.cost == pytest.approx((one.prompt_tokens + 2 * one.completion_tokens) / 1e6)
    assert one.most_cost > (10 * 4000 + 2 * (10 * 1000 + 2.5 * 2000)) / 1e6
    assert math.isnan(estimate(askings, None).most_cost)
    assert estimate([], Price(1.0, 1.0)).cost == 0
    assert likely_tokens(10) == 2.5
