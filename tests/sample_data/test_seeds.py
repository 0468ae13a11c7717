"""What generators start from (seed tasks, labelled tables, conversations): number, layout, spread, distinctness."""

import csv
import json
import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "sample_data"
FIELDS = {"id", "name", "instruction", "instances", "is_classification", "category"}


TABLES = {
    "sentiment": (["text", "label"], 45),
    "nli": (["premise", "hypothesis", "label"], 36),
    "qa": (["context", "question", "answer"], 30),
    "topic": (["text", "label"], 40),
    "summary": (["text", "summary"], 15),
    "paraphrase": (["text", "paraphrase", "label"], 24),
    "extraction": (["text", "field", "value"], 24),
    "translation": (["source", "target", "source_language", "target_language"], 24),
}
"""Header and fewest rows of each table."""


def rows_of(name):
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def table(name):
    with (FOLDER / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def labels(name):
    return Counter(row["label"] for row in table(name))


@pytest.fixture(scope="module")
def seeds():
    return rows_of("seed_tasks.jsonl")


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


def test_every_table_is_described_here():
    assert {path.stem for path in (FOLDER / "tables").glob("*.csv")} == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_its_header_and_enough_whole_distinct_rows(name):
    header, fewest = TABLES[name]
    rows = table(name)
    assert len(rows) >= fewest
    assert all(list(row) == header for row in rows)
    assert all(value == value.strip() != "" for row in rows for value in row.values())
    assert len({tuple(row.values()) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", TABLES)
def test_the_readme_counts_the_rows_and_names_the_columns_of_a_table(name):
    header, _ = TABLES[name]
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"| `{name}.csv` | {len(table(name))} | {', '.join(header)} |" in readme


def test_what_is_to_be_extracted_stands_in_the_text():
    rows = table("extraction")
    assert all(row["value"] in row["text"] for row in rows)
    assert len({row["field"] for row in rows}) >= 24


def test_paraphrases_are_half_of_the_pairs_and_the_others_share_words():
    assert labels("paraphrase") == {"same": 15, "different": 15}
    for row in table("paraphrase"):
        assert row["text"] != row["paraphrase"]
        assert set(re.findall(r"\w{3,}", row["text"].lower())) & set(re.findall(r"\w{3,}", row["paraphrase"].lower()))


def test_translations_are_into_three_languages_in_equal_parts():
    rows = table("translation")
    assert Counter(row["target_language"] for row in rows) == {"German": 10, "French": 10, "Spanish": 10}
    assert {row["source_language"] for row in rows} == {"English"}


def test_sentiment_and_nli_are_balanced():
    sentiment, nli = labels("sentiment"), labels("nli")
    assert set(sentiment) == {"positive", "negative", "neutral"}
    assert set(nli) == {"entailment", "neutral", "contradiction"}
    assert max(sentiment.values()) - min(sentiment.values()) <= 2
    assert len(set(nli.values())) == 1


def test_topics_are_unbalanced_so_that_class_balancing_shows():
    topics = labels("topic")
    assert len(topics) == 5
    assert max(topics.values()) >= 4 * min(topics.values())


def test_summaries_are_shorter_than_their_texts():
    assert all(len(row["summary"]) < 0.8 * len(row["text"]) for row in table("summary"))


def test_conversations_alternate_and_end_with_an_answer():
    conversations = [row["messages"] for row in rows_of("multi_turn.jsonl")]
    assert len(conversations) >= 25
    assert len({messages[-2]["content"] + messages[0]["content"] for messages in conversations}) == len(conversations)
    with_system = [messages for messages in conversations if messages[0]["role"] == "system"]
    assert 5 <= len(with_system) < len(conversations) / 2
    for messages in conversations:
        spoken = messages[1:] if messages[0]["role"] == "system" else messages
        assert [message["role"] for message in spoken] == ["user", "assistant"] * (len(spoken) // 2)
        assert 2 <= len(spoken) // 2 <= 4
        assert all(set(message) == {"role", "content"} and message["content"].strip() for message in messages)
