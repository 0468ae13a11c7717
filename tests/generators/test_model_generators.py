"""What every method with a model must hold to: the registry is walked."""

import dataclasses
from pathlib import Path

import pytest

from curation.generators import MODEL_GENERATORS
from curation.sample import Sample, Seed
from tests.generators.fake_model import FakeModel
from tests.generators.writer import write

SEEDS = [Seed(Sample(f"Do number {n} of {n * 7} things {n * n}.", f"{n}", f"done {n}")) for n in range(12)]
CATALOGUE = Path(__file__).parents[2] / "sample_data" / "tables" / "qa.csv"
HANDBOOK = Path(__file__).parents[1] / "documents" / "handbook.md"
OPTIONS = {
    "document_backtranslation": {"path": HANDBOOK, "least_score": 3, "least_characters": 100, "most_characters": 300},
    "answer_backtranslation": {"least_score": 3, "least_characters": 1},
    "adapt": {"languages": (), "tone": "warm"},
    "prompt_evolution": {"variants": 2, "check": True},
    "refinement": {"most_lost": 1, "wishes": "Use British spelling."},
    "self_instruct": {"target": 25},
    "alpaca": {"target": 25},
    "evol_instruct": {"rounds": 2},
    "paraphrase_backtranslation": {"least_cosine": -1, "most_cosine": 1, "ask_model": True},
    "round_trip": {"least_cosine": -1, "most_cosine": 1},
    "grounded": {"which": "all", "path": CATALOGUE},
    "magpie": {"target": 25, "most_similarity": 1},
    "magpie_style": {"target": 25, "most_similarity": 1},
    "respond": {"which": "all", "answers": 2},
    "negatives": {"answers": 2},
    "model_inputs": {"target": 25},
    "topic_templates": {"target": 25},
    "model_paraphrase": {"target": 25, "most_cosine": 1, "least_meaning": 0, "keep_facts": False},
    "ask": {"prompt": "Name a river.", "answers": 12},
}
WANTED = {
    "document_backtranslation": 6,
    "answer_backtranslation": 12,
    "adapt": 12,
    "prompt_evolution": 24,
    "refinement": 12,
    "model_paraphrase": 25,
    "model_inputs": 25,
    "topic_templates": 25,
    "self_instruct": 25,
    "alpaca": 25,
    "evol_instruct": 24,
    "ask": 12,
    "respond": 24,
    "grounded": 12,
    "magpie": 25,
    "magpie_style": 25,
    "multi_turn": 12,
    "negatives": 24,
    "paraphrase_backtranslation": 24,
    "round_trip": 24,
}


def made(name, shuffle=None, answer=write, **options):
    method = MODEL_GENERATORS[name](**OPTIONS.get(name, {}), **options)
    return [repr(dataclasses.astuple(one)) for one in method(SEEDS, FakeModel(answer, shuffle))]


def candidates(name, answer=write):
    method = MODEL_GENERATORS[name](**OPTIONS.get(name, {}))
    return list(method(SEEDS, FakeModel(answer, 3)))


def flawed(prompt):
    """Now and then there is no answer."""
    number = int(prompt.key("flaw"), 16)
    return (["refused", "truncated", "timeout"][number % 3], str(write(prompt))) if number % 4 == 0 else write(prompt)


@pytest.mark.parametrize("name", MODEL_GENERATORS)
@pytest.mark.parametrize("answer", [write, flawed])
def test_the_order_in_which_answers_arrive_changes_nothing(name, answer):
    first = made(name, answer=answer)
    assert first
    for shuffle in range(4):
        assert made(name, shuffle, answer) == first


@pytest.mark.parametrize("name", MODEL_GENERATORS)
@pytest.mark.parametrize("answer", [write, flawed])
def test_every_candidate_has_a_place_of_its_own_and_every_drop_a_reason(name, answer):
    found = candidates(name, answer)
    assert len({one.origin.ref for one in found}) == len(found)
    assert {bool(one.rule) for one in found} == {True, False} or answer is write
    for one in found:
        assert bool(one.rule) is bool(one.reason)
        assert one.origin.method == name
        assert one.origin.prompt_hash[:12] in one.origin.ref
        assert one.rule or (one.sample.output and one.origin.model == one.origin.source == "fake")
    ids = [one.sample.id for one in found if not one.rule]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", MODEL_GENERATORS)
def test_it_says_what_it_will_ask_and_make(name):
    method = MODEL_GENERATORS[name](**OPTIONS.get(name, {}))
    assert method.wanted(SEEDS) == WANTED[name]
    asked = method.expected(SEEDS)
    assert asked
    for one in asked:
        assert one.calls > 0
        assert one.prompt_characters > 0
        assert 0 < one.answer_tokens <= one.max_tokens


@pytest.mark.parametrize("name", MODEL_GENERATORS)
def test_every_option_is_described(name):
    method = MODEL_GENERATORS[name]
    assert method.label()
    assert all(field.description for field in method.model_fields.values())
