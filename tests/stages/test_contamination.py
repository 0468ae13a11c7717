"""Samples that share words in a row with a benchmark are found, with the words and the place."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import BadFile
from curation.rouge import words
from curation.runs import run_now
from curation.sample import Collected, Message, Origin, Sample
from curation.stages.contamination import Benchmarks, contamination_job, find_contamination, read_texts
from curation.store import open_workspace
from curation.store.samples import add_samples
from curation.store.signals import list_measured, read_labels, read_numbers

LONG = "One fine day in the middle of the night two dead men got up to fight, back to back they faced each other."
SHORT = "Which of these rivers flows into the sea?"


def quiet(_done, _requested):
    pass


@pytest.fixture
def ws(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def fill(ws, *samples):
    add_samples(ws, "run", [Collected(one, Origin("alpaca", "a", str(n))) for n, one in enumerate(samples)])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"He said: {LONG.upper()} And so on.", 23),
        ("... in the middle of the night, two dead men got up to fight!", 13),
        ("in the middle of the night two dead men got up to", 0),
        (f"Q. {SHORT}", 8),
        ("which of these rivers flows into the", 0),
        ("", 0),
    ],
)
def test_thirteen_words_in_a_row_or_a_short_text_whole(text, count):
    known = Benchmarks([("b, line 1", LONG), ("b, line 2", SHORT), ("b, line 3", "too short to count")])
    assert len(known) == 2
    found = known.overlap(text)
    assert (len(found.words) if found else 0) == count
    if found:
        assert found.place == ("b, line 2" if count == 8 else "b, line 1")
        assert set(found.words) <= set(words(text))


@given(st.lists(st.sampled_from("ab"), max_size=60), st.lists(st.sampled_from("ab"), min_size=13, max_size=40))
def test_an_overlap_is_found_exactly_where_a_plain_search_finds_one(text, benchmark):
    runs = {tuple(benchmark[start : start + 13]) for start in range(len(benchmark) - 12)}
    is_there = any(tuple(text[start : start + 13]) in runs for start in range(len(text) - 12))
    found = Benchmarks([("b", " ".join(benchmark))]).overlap(" ".join(text))
    assert (found is not None) == is_there
    if found:
        joined = " ".join(found.words)
        assert len(found.words) >= 13
        assert joined in " ".join(text)
        assert joined in " ".join(benchmark)


def test_endless_repetition_takes_no_endless_time():
    known = Benchmarks([(f"line {n}", "a " * 1000) for n in range(60)])
    assert len(known.overlap("a " * 20_000).words) == 1000


def test_evidence_is_kept_and_replaced(ws, tmp_path):
    lines = tmp_path / "lines.txt"
    lines.write_text(f"Short.\n{LONG}\n", "utf-8")
    rows = tmp_path / "quiz.jsonl.gz"
    rows.write_bytes(gzip.compress(json.dumps({"q": {"text": "?"}, "choices": ["x", SHORT], "n": 3}).encode()))
    fill(
        ws, Sample("Say.", output="Yes."), Sample(SHORT), Sample("Go.", output="Hm", followups=(Message("user", LONG),))
    )
    note = run_now(ws, contamination_job(ws, [str(lines), str(rows)]))
    assert note == "2 of 3 samples share words in a row with 2 texts of benchmarks."
    assert read_numbers(ws, "contamination").tolist() == [0, 8, 23]
    evidence = read_labels(ws, "contamination_evidence")
    assert evidence[0] == ""
    assert evidence[1] == f"quiz.jsonl.gz, line 1: 8 words in a row: {' '.join(words(SHORT))}"
    assert evidence[2].startswith("lines.txt, line 2: 23 words in a row: one fine day")
    lines.write_text("Nothing of all this is in any of the samples here.", "utf-8")
    assert find_contamination(ws, [str(lines)], quiet).hits == 0
    assert read_numbers(ws, "contamination").tolist() == [0, 0, 0]
    assert "contamination_evidence" not in list_measured(ws)


def test_files_without_texts_are_refused(ws, tmp_path):
    fill(ws, Sample("Say."))
    (tmp_path / "a.txt").write_text("too short\n", "utf-8")
    with pytest.raises(BadFile, match="8 words or more"):
        find_contamination(ws, [str(tmp_path / "a.txt")], quiet)
    (tmp_path / "b.txt").write_bytes(b"caf\xe9\n")
    with pytest.raises(BadFile, match="not UTF-8"):
        list(read_texts(str(tmp_path / "b.txt")))
    with pytest.raises(BadFile, match="no file"):
        list(read_texts(str(tmp_path / "missing.jsonl")))
