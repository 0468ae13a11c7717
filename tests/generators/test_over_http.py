"""Answers, negatives, conversations, Magpie grounded answers: the real client over HTTP, replayed for free."""

from collections import Counter

import pytest

from curation.generators import MODEL_GENERATORS
from curation.model import Endpoint
from curation.model.client import Client
from curation.practice import PRACTICE_MODEL, Faults, serve
from curation.sample import Sample, Seed
from tests.generators.fake_model import FakeModel
from tests.generators.test_model_generators import CATALOGUE
from tests.model.fast import Fast
from tests.model.remembering import Remembering

SEEDS = [Seed(Sample(f"Write {n} lines on tea.", output=f"Tea number {n} is green and warm.")) for n in range(16)]
METHODS = {
    "respond": {"which": "all", "answers": 3, "principles": ("honesty", "helpfulness")},
    "grounded": {"which": "all", "path": CATALOGUE},
    "multi_turn": {"fewest": 2, "most": 3},
    "negatives": {"answers": 2},
    "magpie": {"target": 8, "answer_by": "template"},
    "magpie_style": {"target": 8},
}


class Desk:
    """The client, and the embedding of the fake model."""

    embed = FakeModel.embed

    def __init__(self, client):
        self.each = client.each


def run(name, server, ledger):
    endpoint = Endpoint("Practice", server.base_url, PRACTICE_MODEL, parallel=4)
    with Client(endpoint, ledger, clock=Fast().clock) as client:
        return list(MODEL_GENERATORS[name](**METHODS[name])(SEEDS, Desk(client)))


@pytest.mark.parametrize("name", METHODS)
def test_a_run_makes_samples_and_the_same_run_again_asks_nothing(name):
    ledger = Remembering()
    with serve() as server:
        found = run(name, server, ledger)
        asked = server.log.count
        assert [repr(one) for one in run(name, server, ledger)] == [repr(one) for one in found]
        assert server.log.count == asked
    assert sum(not one.rule for one in found) >= 5
    assert len(ledger.by_key) == asked


@pytest.mark.parametrize("name", METHODS)
def test_every_fault_of_a_server_ends_in_a_candidate_with_a_rule(name):
    """F7–F12 for each method: what cannot be used is dropped with its name and never a sample."""
    shares = dict.fromkeys(("refusal", "filtered", "truncated", "empty", "bad_json", "wrong_shape", "error_200"), 0.05)
    with serve(Faults(shares, seed=3)) as server:
        found = run(name, server, Remembering())
    rules = Counter(one.rule for one in found)
    assert any(rule.startswith("no answer: ") for rule in rules)
    for one in found:
        assert bool(one.rule) is bool(one.reason)
        assert one.rule or one.sample.output
