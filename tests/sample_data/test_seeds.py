"""The seed tasks that generators start from: their number, layout, spread and distinctness."""

import json
import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "sample_data" / "seed_tasks.jsonl"
FIELDS = {"id", "name", "instruction", "instances", "is_classification", "category"}


@pytest.fixture(scope="module")
def seeds():
    return [json.loads(line) for line in SEEDS.read_text(encoding="utf-8").splitlines()]


def test_there_are_at_least_175_seeds_numbered_in_order(seeds):
    assert len(seeds) >= 175
    assert [seed["id"] for seed in seeds] == [f"seed_task_{number}" for number in range(len(seeds))]


@pytest.mark.parametrize("field", ["name", "instruction"])
def test_no_two_seeds_share(seeds, field):
    counts = Counter(seed[field].casefold() for seed in seeds)
    assert [text for text, count in counts.items() if count > 1] == []


def test_every_seed_has_the_self_instruct_layout(seeds):
    for seed in seeds:
        assert set(seed) == FIELDS, seed["id"]
        assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", seed["name"]), seed["id"]
        assert isinstance(seed["is_classification"], bool), seed["id"]
        assert seed["instruction"] == seed["instruction"].strip(), seed["id"]
        assert 1 <= len(seed["instances"]) <= 3, seed["id"]


def test_every_instance_is_text_with_an_answer_of_its_own(seeds):
    for seed in seeds:
        for instance in seed["instances"]:
            assert set(instance) == {"input", "output"}, seed["id"]
            assert isinstance(instance["input"], str), seed["id"]
            assert instance["output"].strip(), seed["id"]
            assert instance["output"] != instance["input"], seed["id"]
        inputs = [instance["input"] for instance in seed["instances"]]
        assert len(set(inputs)) == len(inputs), seed["id"]


def test_instructions_would_pass_the_length_filter_of_self_instruct(seeds):
    lengths = [len(seed["instruction"].split()) for seed in seeds]
    assert min(lengths) > 3
    assert max(lengths) <= 150


def test_categories_are_many_and_none_rules(seeds):
    shares = Counter(seed["category"] for seed in seeds)
    assert len(shares) >= 15
    assert min(shares.values()) >= 5
    assert max(shares.values()) <= 0.2 * len(seeds)


def test_classification_tasks_are_at_least_thirty_and_a_minority(seeds):
    share = sum(seed["is_classification"] for seed in seeds)
    assert share >= 30
    assert share <= 0.3 * len(seeds)
    assert all(seed["is_classification"] for seed in seeds if seed["category"] == "classification")


def test_classification_answers_are_labels(seeds):
    answers = [instance["output"] for seed in seeds if seed["is_classification"] for instance in seed["instances"]]
    assert max(len(answer.split()) for answer in answers) <= 3


def test_about_half_have_an_input_and_some_have_several_instances(seeds):
    with_input = sum(any(instance["input"] for instance in seed["instances"]) for seed in seeds)
    assert 0.4 <= with_input / len(seeds) <= 0.6
    assert any(len(seed["instances"]) == 2 for seed in seeds)
    assert any(len(seed["instances"]) == 3 for seed in seeds)


def test_opening_words_vary(seeds):
    openings = Counter(seed["instruction"].split()[0] for seed in seeds)
    assert len(openings) >= 80
    assert max(openings.values()) <= 0.1 * len(seeds)


def test_no_instruction_is_a_near_copy_of_another(seeds):
    words = [re.findall(r"\w+", seed["instruction"].lower()) for seed in seeds]
    for (a, first), (b, second) in combinations(enumerate(words), 2):
        matcher = SequenceMatcher(None, first, second, autojunk=False)
        if matcher.quick_ratio() > 0.7:
            assert matcher.ratio() <= 0.7, (seeds[a]["id"], seeds[b]["id"])
