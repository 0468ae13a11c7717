"""Samples that stand in a benchmark are found, by words and by meaning, with the item as evidence."""

import gzip
import json
import pickle
import resource
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.embedders import MiniLM
from curation.errors import BadFile
from curation.rouge import words
from curation.runs import run_now
from curation.sample import Collected, Message, Origin, Sample
from curation.stages import benchmarks, contamination, nearest_item
from curation.stages.benchmark_items import Item, read_items
from curation.stages.benchmarks import Phrases, around
from curation.stages.contamination import contamination_job, find_contamination, last_look
from curation.stages.nearest_item import nearest
from curation.store import open_workspace
from curation.store.benchmarks import count_hits, hits_of, list_hits
from curation.store.samples import add_samples
from curation.store.signals import list_measured, read_numbers

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


def known(*texts):
    return Phrases([Item("b", f"line {n}", (text,), text) for n, text in enumerate(texts, 1)])


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
    phrases = known(LONG, SHORT, "too short to count")
    assert len(phrases) == 2
    found = phrases.overlap(text)
    assert (len(found.words) if found else 0) == count
    if found:
        assert found.item == (1 if count == 8 else 0)
        assert found.text == (SHORT if count == 8 else LONG)
        assert set(found.words) <= set(words(text))


@given(st.lists(st.sampled_from("ab"), max_size=60), st.lists(st.sampled_from("ab"), min_size=13, max_size=40))
def test_an_overlap_is_found_exactly_where_a_plain_search_finds_one(text, benchmark):
    runs = {tuple(benchmark[start : start + 13]) for start in range(len(benchmark) - 12)}
    is_there = any(tuple(text[start : start + 13]) in runs for start in range(len(text) - 12))
    found = known(" ".join(benchmark)).overlap(" ".join(text))
    assert (found is not None) == is_there
    if found:
        joined = " ".join(found.words)
        assert len(found.words) >= 13
        assert joined in " ".join(text)
        assert joined in " ".join(benchmark)


def test_endless_repetition_takes_no_endless_time():
    phrases = known(*["a " * 1000] * 60)
    assert len(phrases.overlap("a " * 20_000).words) == 1000


def test_evidence_is_kept_and_replaced(ws, tmp_path):
    lines = tmp_path / "lines.txt"
    lines.write_text(f"Short.\n{LONG}\n", "utf-8")
    rows = tmp_path / "quiz.jsonl.gz"
    rows.write_bytes(gzip.compress(json.dumps({"q": {"text": "?"}, "choices": ["x", SHORT], "n": 3}).encode()))
    fill(
        ws, Sample("Say.", output="Yes."), Sample(SHORT), Sample("Go.", output="Hm", followups=(Message("user", LONG),))
    )
    note = run_now(ws, contamination_job(ws, [str(lines), str(rows)], meaning=False))
    assert note == "2 of 3 samples share words in a row with 3 items of lines.txt, quiz.jsonl.gz."
    assert read_numbers(ws, "benchmark_words").tolist() == [0, 8, 23]
    assert hits_of(ws, 0) == []
    (short,), (long,) = hits_of(ws, 1), hits_of(ws, 2)
    assert (short.benchmark, short.place, short.text) == ("quiz.jsonl.gz", "line 1", SHORT)
    assert short.shared == " ".join(words(SHORT))
    assert (long.place, long.value, long.text) == ("line 2", 23, LONG)
    assert count_hits(ws, "words", 8) == {"lines.txt": 1, "quiz.jsonl.gz": 1}
    assert [hit.sample for hit in list_hits(ws, "words", 9, 10)] == [2]
    assert last_look(ws).files == ("lines.txt", "quiz.jsonl.gz")
    lines.write_text("Nothing of all this is in any of the samples here.", "utf-8")
    assert find_contamination(ws, [str(lines)], quiet, meaning=False).hits == 0
    assert read_numbers(ws, "benchmark_words").tolist() == [0, 0, 0]
    assert count_hits(ws, "words", 0) == {}


def test_a_rejected_answer_is_looked_at_too(ws, tmp_path):
    """A preference format writes it, so what stands in it is trained with."""
    (tmp_path / "quiz.txt").write_text(LONG)
    fill(ws, Sample("Say.", output="Yes.", rejected=LONG))
    assert find_contamination(ws, [str(tmp_path / "quiz.txt")], quiet, meaning=False).hits == 1


def test_a_paraphrase_is_found_by_meaning_and_its_item_is_kept(ws, tmp_path, monkeypatch):
    """Vectors are made up: the nearest item is the one whose first letter is the same."""

    def made_up(_self, texts, _batch=64):
        places = [ord(text[0]) % 16 for text in texts]
        yield np.arange(len(texts)), np.eye(16, dtype=np.float32)[places]

    monkeypatch.setattr(MiniLM, "embed_batches", made_up)
    quiz = tmp_path / "quiz.csv"
    quiz.write_text("Question,Best Answer\nName the sea.,Red\nTell a joke.,Ha\n", "utf-8")
    fill(ws, Sample("Tell us something funny."), Sample("Name a water.", output="x"))
    found = find_contamination(ws, [str(quiz)], quiet)
    assert found.model == MiniLM().revision
    assert read_numbers(ws, "benchmark_cosine").tolist() == [1.0, 1.0]
    assert [(hit.text, hit.place) for hit in list_hits(ws, "cosine", 0.9, 5)] == [
        ("Tell a joke.", "line 3"),
        ("Name the sea.", "line 2"),
    ]
    again = find_contamination(ws, [str(quiz)], quiet)
    assert again == found  # twice is once


def test_without_meaning_an_earlier_cosine_does_not_stay(ws, tmp_path):
    contamination.write_group(ws, "benchmark_", {"benchmark_cosine": {0: 0.5}})
    (tmp_path / "a.txt").write_text(LONG, "utf-8")
    fill(ws, Sample("Say."))
    find_contamination(ws, [str(tmp_path / "a.txt")], quiet, meaning=False)
    assert "benchmark_cosine" not in list_measured(ws)


def test_the_nearest_is_that_of_all_products(monkeypatch):
    random = np.random.default_rng(3)
    one, other = (random.normal(size=(n, 5)).astype(np.float32) for n in (70, 40))
    one, other = (rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (one, other))
    monkeypatch.setattr(nearest_item, "_ROWS", 16)
    monkeypatch.setattr(nearest_item, "_COLUMNS", 7)
    which, cosines = nearest(one, other)
    assert which.tolist() == (one @ other.T).argmax(1).tolist()
    assert np.allclose(cosines, (one @ other.T).max(1), atol=1e-6)


def test_what_stands_around_shared_words_is_shown():
    text = "x" * 900 + " " + LONG + " " + "y" * 900
    shown = around(text, " ".join(words(LONG)))
    assert LONG in shown
    assert len(shown) < 800
    assert around("anything", "") == "anything"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"too short\n", "8 words or more"),
        ("b.txt", b"caf\xe9\n", "not UTF-8"),
        ("c.jsonl", b"", "c.jsonl"),
        ("d.jsonl", b"{}\n", "8 words or more"),
        ("e.jsonl", b"\x1f\x8b\x08broken", "e.jsonl"),
        ("f.json", b'{"a": ' + b"[" * 5000, "f.json"),
        ("g.csv", pickle.dumps({"a": 1}), "g.csv"),
        ("h.txt", b"\n\n", "no row"),
    ],
)
def test_t11_t12_what_is_no_benchmark_is_refused_in_words_and_changes_nothing(ws, tmp_path, name, content, said):
    fill(ws, Sample("Say."))
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadFile, match=said):
        find_contamination(ws, [str(path)], quiet, meaning=False)
    assert list_measured(ws) == {}
    assert last_look(ws) is None


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadFile, match="no file"):
        list(read_items(str(tmp_path / "missing.jsonl")))


def test_t12_more_words_than_can_be_held_are_refused_with_the_place(monkeypatch):
    monkeypatch.setattr(benchmarks, "MOST_WORDS", 20)
    with pytest.raises(BadFile, match="line 2"):
        known(SHORT, LONG)


def test_t12_a_file_that_unpacks_to_far_more_is_refused_within_little_memory(tmp_path):
    (tmp_path / "bomb.txt").write_bytes(gzip.compress(b"a " * 20_000_000))
    code = (
        "from curation.stages.benchmark_items import *\n"
        f"try: print(len(list(read_items({str(tmp_path / 'bomb.txt')!r}))))\n"
        "except BadFile as error: print(error)"
    )

    def limited():
        resource.setrlimit(resource.RLIMIT_DATA, (2 * 2**30, 2 * 2**30))

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, preexec_fn=limited, check=True)
    assert "cap on" in said.stdout or said.stdout.strip() == "0"


def test_rows_that_cannot_be_read_are_counted_and_the_others_looked_for(ws, tmp_path):
    rows = [json.dumps({"question": f"\ud800 {LONG}"}), "no JSON", json.dumps({"question": LONG})]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), "utf-8")
    fill(ws, Sample(LONG))
    found = find_contamination(ws, [str(tmp_path / "a.jsonl")], quiet, meaning=False)
    assert (found.hits, found.items, found.refused) == (1, 1, 2)
    assert "2 rows of the files could not be read" in str(found)
