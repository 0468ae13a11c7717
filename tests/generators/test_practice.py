"""The practice model answers what every method asks in the right shape, from the seed tasks that come with Sift."""

import json
from collections import Counter
from pathlib import Path

import pytest

from curation.generators import MODEL_GENERATORS
from curation.practice.answers import Question, answer
from curation.practice.raw import continued
from curation.sample import Sample, Seed
from tests.generators.fake_model import FakeModel

ROOT = Path(__file__).parents[2]
ROWS = (ROOT / "sample_data" / "seed_tasks.jsonl").read_text(encoding="utf-8").splitlines()
SEEDS = [
    Seed(Sample(row["instruction"], **instance), category=row["category"], classification=row["is_classification"])
    for row in map(json.loads, ROWS)
    for instance in row["instances"]
]
HANDBOOK = Path(__file__).parents[1] / "documents" / "handbook.md"
OPTIONS = {
    "document_backtranslation": {"path": HANDBOOK, "least_score": 3, "least_characters": 100, "most_characters": 300},
    "answer_backtranslation": {"least_score": 4},
    "adapt": {},
    "prompt_evolution": {"variants": 1, "check": True},
    "refinement": {},
    "self_instruct": {"target": 30},
    "alpaca": {"target": 30, "ascii_start": False},
    "evol_instruct": {"rounds": 2},
    "paraphrase_backtranslation": {"most_cosine": 1},
    "round_trip": {"pivots": ("German", "French"), "most_cosine": 1},
    "respond": {"which": "all", "principles": ("honesty", "truthfulness")},
    "negatives": {},
    "multi_turn": {},
    "grounded": {"which": "all", "path": ROOT / "sample_data" / "tables" / "qa.csv"},
    "magpie": {"target": 30, "answer_by": "template"},
    "magpie_style": {"target": 30},
    "model_paraphrase": {"target": 30},
    "model_inputs": {"target": 30},
    "topic_templates": {"target": 30},
    "ask": {"prompt": "Name a river.", "answers": 5},
}
REACHED = {
    "document_backtranslation": 0.5,
    "answer_backtranslation": 0.5,
    "adapt": 0.7,
    "prompt_evolution": 0.5,
    "refinement": 0.5,
    "paraphrase_backtranslation": 0.5,
    "round_trip": 0.4,
    "respond": 0.9,
    "negatives": 0.7,
    "multi_turn": 0.8,
    "grounded": 0.7,
    "ask": 0.5,
    "evol_instruct": 0.5,
}
"""Share of what is wanted that a method reaches at least; 1 where it goes on until it does."""


def practised(prompt):
    if prompt.complete:
        return continued(Question((("raw", prompt.complete),), luck=prompt.slot).chance, prompt.complete)
    schema = json.loads(prompt.schema) if prompt.schema else None
    messages = tuple((message.role, message.content) for message in prompt.messages)
    said = answer(Question(messages, schema, bool(schema), prompt.slot if prompt.temperature else ""))
    return json.loads(said) if schema else said


@pytest.mark.parametrize("name", MODEL_GENERATORS)
def test_a_run_with_the_practice_model_reaches_its_target(name):
    method = MODEL_GENERATORS[name](**OPTIONS[name])
    model = FakeModel(practised, shuffle=1)
    candidates = list(method(SEEDS, model))
    rules = Counter(one.rule for one in candidates)
    assert rules[""] >= method.wanted(SEEDS) * REACHED.get(name, 1)
    assert rules["no tasks"] + rules["incomplete"] + rules["no instances"] == 0
    texts = " ".join(one.sample.instruction for one in candidates)
    assert "Task 9" not in texts
    assert "###" not in texts
    expected = sum(one.calls for one in method.expected(SEEDS))
    assert 0.4 <= len(model.prompts) / expected <= 2.5


def test_self_instruct_makes_both_kinds_and_drops_something_from_the_practice_model():
    candidates = list(MODEL_GENERATORS["self_instruct"](target=60)(SEEDS, FakeModel(practised)))
    kinds = Counter(one.origin.category for one in candidates if not one.rule)
    assert min(kinds["classification"], kinds["generation"]) >= 5
    assert len({one.rule for one in candidates if one.rule}) >= 3
    assert all(len(one.nearest) == 10 for one in candidates if not one.rule)
