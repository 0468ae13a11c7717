"""Caps that are never passed (T23, N4), whatever comes in whatever order."""

import json
import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import CurationError, Paused
from curation.model.budget import Allowance, Booking, Budget
from curation.model.client import Client
from curation.model.prices import Price
from curation.prompts import Prompt
from curation.sample import Message
from tests.model.fast import Fast
from tests.model.remembering import Remembering
from tests.model.server import Reply, Server

CHAT = "/v1/chat/completions"
PRICE = Price(1.0, 1.0)


@given(
    cap=st.integers(1, 3000),
    wants=st.lists(st.tuples(st.integers(1, 500), st.floats(0, 1), st.booleans()), max_size=60),
    spent=st.integers(0, 3000),
)
def test_t23_n4_spent_and_set_aside_never_pass_the_caps(cap, wants, spent):
    """Requests come and settle in any order, for what they were booked or less."""
    budget = Budget(Allowance(cap, cap / 1000), Booking(spent, spent / 1000), PRICE)
    aside = []
    total, real_total = spent, spent
    for tokens, share, settle_first in wants:
        if settle_first and aside:
            most = aside.pop(0)
            real = Booking(int(most.tokens * share), int(most.tokens * share) / 1000)
            budget.settle(most, real)
            real_total += real.tokens
            total += real.tokens - most.tokens
        most = Booking(tokens, tokens / 1000)
        if budget.fits(most):
            budget.set_aside(most)
            aside.append(most)
            total += tokens
            assert total <= cap
        else:
            assert total + tokens > cap - 1
        assert budget.idle == (not aside)
    assert budget.spent.tokens == real_total
    assert budget.spent.dollars == pytest.approx(real_total / 1000)


def test_a_cap_in_money_needs_a_price():
    with pytest.raises(CurationError, match="Enter its prices"):
        Budget(Allowance(dollars=1.0), Booking(0, 0.0), None)


def test_an_unknown_price_counts_for_nothing_where_tokens_are_capped():
    budget = Budget(Allowance(tokens=10), Booking(0, math.nan), None)
    budget.set_aside(Booking(10, math.nan))
    assert not budget.fits(Booking(1, math.nan))
    budget.settle(Booking(10, math.nan), Booking(4, math.nan))
    assert budget.fits(Booking(6, math.nan))
    assert budget.spent == Booking(4, 0.0)


class Priced:
    """Answers that cost a random part of what was allowed, and what a provider would charge for them."""

    def __init__(self):
        self.random = random.Random(3)
        self.tokens = 0

    def __call__(self, seen):
        body = json.loads(seen.body)
        written = self.random.choice([1, body["max_tokens"] // 2, body["max_tokens"]])
        read = len(seen.body) // 4
        if self.random.random() < 0.2:
            return Reply(self.random.choice([500, 429]))
        self.tokens += read + written
        usage = {"prompt_tokens": read, "completion_tokens": written}
        answer = {"choices": [{"finish_reason": "stop", "message": {"content": "Blue"}}], "usage": usage}
        fault = self.random.random() < 0.1
        return Reply(200, json.dumps(answer).encode(), wait=self.random.random() * 0.005, cut=5 if fault else 0)


def endless():
    number = 0
    while True:
        number += 1
        yield one(number)


def one(number):
    yield Prompt((Message("user", f"Name colour {number}."),), max_tokens=100)


@pytest.mark.parametrize("caps", [Allowance(tokens=20_000), Allowance(dollars=0.03), Allowance(30_000, 0.02)])
def test_t23_the_cap_holds_with_64_in_flight_and_after_a_resume(server: Server, endpoint, caps):
    """The server counts what it would charge; half of it is spent in a first run that pauses for its own cap."""
    priced = server.replies[CHAT] = Priced()
    ledger = Remembering()
    main = replace(endpoint, parallel=64, prompt_price=1.0, completion_price=1.0)
    for part in (0.5, 1.0):
        cap = Allowance(int(caps.tokens * part), caps.dollars * part)
        most = min(cap.tokens or math.inf, cap.dollars * 1e6 or math.inf)
        with pytest.raises(Paused, match="Budget reached"), Client(main, ledger, cap, clock=Fast().clock) as client:
            list(client.each(endless()))
        booked, dollars = ledger.spent()
        assert priced.tokens <= booked <= most, "more was charged than was allowed"
        assert booked > most - 400, "the run stopped long before its cap"
        assert dollars == pytest.approx(booked / 1e6)
    assert server.most_in_flight > 8
    assert len(server.seen) <= len(ledger.sent)


def test_a_client_with_a_cap_in_money_and_no_price_does_not_start(endpoint):
    far = replace(endpoint, base_url="https://models.example/v1")
    with pytest.raises(CurationError, match="cap the tokens"), Client(far, Remembering(), Allowance(dollars=1.0)):
        pass
