"""The planted faults are what the README of the sample data says, so that the two cannot drift apart."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2] / "sample_data"
COPIES = {"exact", "exact_folded", "near", "near_miss"}
SOURCES = {"hand-written", "self-instruct run", "template run", "web Q&A", "customer support"}
FIELDS = ["instruction", "input", "output", "category", "source", "planted", "planted_of"]
LEAST = {
    "": 450,
    "exact": 17,
    "exact_folded": 8,
    "near": 40,
    "near_miss": 12,
    "short": 12,
    "repetitive": 12,
    "refusal": 12,
    "truncated": 12,
    "language": 10,
    "pii": 12,
    "off_format": 12,
    "hostile": 5,
}
QUESTION_WORDS = {"a", "can", "do", "does", "how", "is", "should", "what", "when", "where", "which", "who", "why"}


def lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def fold(text: str) -> str:
    letters = re.sub(r"[^\w\s]", " ", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(letters.split())


def readme_counts(heading: str) -> dict[str, int]:
    section = (HERE / "README.md").read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\S+) \| (\d+) \|", section, flags=re.MULTILINE)
    return {"" if kind == "(clean)" else kind: int(count) for kind, count in rows}


@pytest.fixture(scope="module")
def pool() -> list[dict]:
    return lines("pool.jsonl")


@pytest.fixture(scope="module")
def clean(pool) -> list[dict]:
    return [row for row in pool if not row["planted"]]


@pytest.mark.parametrize("name", ["pool.jsonl", "preference.jsonl"])
def test_readme_gives_the_counts_that_the_data_has(name):
    assert readme_counts(name) == Counter(row["planted"] for row in lines(name))


def test_every_kind_is_there_often_enough(pool):
    counts = Counter(row["planted"] for row in pool)
    assert set(counts) == set(LEAST)
    assert {kind: counts[kind] for kind, least in LEAST.items() if counts[kind] < least} == {}
    assert len(pool) >= 620


def test_every_row_has_the_same_fields_and_a_known_source(pool):
    for row in pool:
        assert list(row) == FIELDS
        assert row["source"] in SOURCES
        assert row["instruction"].strip()
        assert row["output"].strip()
        assert row["category"]


def test_copies_point_to_an_earlier_clean_row_and_nothing_else_points(pool):
    for line, row in enumerate(pool):
        if row["planted"] in COPIES:
            assert row["planted_of"] < line
            assert pool[row["planted_of"]]["planted"] == ""
        else:
            assert row["planted_of"] is None


def test_exact_copies_are_equal_and_folded_ones_only_after_folding(pool):
    for row in pool:
        if not row["planted"].startswith("exact"):
            continue
        texts, originals = ([r[f] for f in FIELDS[:3]] for r in (row, pool[row["planted_of"]]))
        assert (texts == originals) == (row["planted"] == "exact")
        assert [fold(text) for text in texts] == [fold(text) for text in originals]


def test_reworded_rows_and_near_misses_differ_from_every_other_row(pool):
    asked = Counter((fold(row["instruction"]), fold(row["input"])) for row in pool)
    for row in pool:
        if row["planted"] in {"near", "near_miss"}:
            assert asked[fold(row["instruction"]), fold(row["input"])] == 1
        if row["planted"] == "near_miss":
            assert row["output"] != pool[row["planted_of"]]["output"]


def test_clean_rows_ask_different_things(clean):
    asked = Counter((fold(row["instruction"]), fold(row["input"])) for row in clean)
    assert [key for key, count in asked.items() if count > 1] == []


def test_clean_rows_spread_over_topics_verbs_and_sources(clean):
    verbs = {row["instruction"].split()[0].lower() for row in clean} - QUESTION_WORDS
    assert len({row["category"] for row in clean}) >= 20
    assert len(verbs) >= 40
    assert {row["source"] for row in clean} == SOURCES
    assert sum(row["category"] == "multilingual" for row in clean) == 8


def test_short_answers_are_shorter_than_every_clean_one(pool):
    words = {kind: [len(r["output"].split()) for r in pool if r["planted"] == kind] for kind in ("", "short")}
    spaced = [len(r["output"].split()) for r in pool if not r["planted"] and r["category"] != "multilingual"]
    assert max(words["short"]) <= 2
    assert min(spaced) > 2


def test_clean_answers_end_and_truncated_ones_do_not(pool):
    """A clean answer ends in a mark, or in a short last line such as the name below a letter."""
    for row in pool:
        last = row["output"].rstrip().splitlines()[-1]
        if row["planted"] == "truncated":
            assert last[-1].isalnum()
        if not row["planted"]:
            assert last[-1] in '.!?`)}]"|。' or len(last.split()) <= 2, row["instruction"]


def test_json_that_clean_rows_give_can_be_read(clean):
    asked = [row for row in clean if "json" in row["instruction"].lower() and row["output"][0] in "[{"]
    assert len(asked) >= 3
    for row in asked:
        json.loads(row["output"])


PERSONAL = re.compile(
    r"@example\.|\b555-01\d\d\b|555 01\d\d\b|\b(?:\d{4}[ ]){3}\d{4}\b|3782 822463 10005|203\.0\.113\."
)


def test_personal_data_is_planted_only_where_it_says_so(pool):
    """Fake values alone, so that a PII signal can be measured for misses and for false alarms (T26)."""
    for row in pool:
        assert bool(PERSONAL.search(row["input"] + " " + row["output"])) == (row["planted"] == "pii"), row[
            "instruction"
        ]
        for host in re.findall(r"[\w.]+@([\w.]+\w)", row["input"] + " " + row["output"]):
            assert host in {"example.com", "example.org", "example.net"}


def test_hostile_rows_hold_the_five_attacks(pool):
    text = "\n".join(row["output"] for row in pool if row["planted"] == "hostile")
    for attack in ("](http://127.0.0.1:9/leak", "<script>", "=HYPERLINK(", "\u202e", "\u200b"):
        assert attack in text
    rest = "\n".join(row["input"] + " " + row["output"] for row in pool if row["planted"] != "hostile")
    assert not re.search("127\\.0\\.0\\.1|<script|[\u200b-\u200f\u202a-\u202e]", rest)


def test_preference_rows_are_pairs_that_a_trainer_takes():
    rows = lines("preference.jsonl")
    assert len(rows) >= 45
    assert len({row["prompt"] for row in rows}) == len(rows)
    for row in rows:
        assert list(row) == ["prompt", "chosen", "rejected", "planted"]
        assert row["chosen"].strip()
        assert row["rejected"].strip()
        assert row["chosen"] != row["rejected"]


def test_weak_pairs_are_weak_in_the_way_they_say():
    rows = lines("preference.jsonl")
    counts = Counter(row["planted"] for row in rows)
    assert set(counts) == {"", "length_only", "tie"}
    assert min(counts["length_only"], counts["tie"]) >= 5
    for row in rows:
        ratio = len(row["chosen"].split()) / len(row["rejected"].split())
        if row["planted"] == "length_only":
            assert ratio >= 1.8
        if row["planted"] == "tie":
            assert 0.7 <= ratio <= 1.4


def test_length_does_not_give_the_better_answer_away_in_clean_pairs():
    rows = [row for row in lines("preference.jsonl") if not row["planted"]]
    shorter = sum(len(row["chosen"].split()) <= len(row["rejected"].split()) for row in rows)
    assert shorter >= len(rows) / 4
