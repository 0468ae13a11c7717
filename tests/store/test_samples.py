from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from curation.sample import Collected, Message, Origin, Refusal, Sample
from curation.store import open_workspace
from curation.store.samples import (
    Added,
    add_samples,
    count_occurrences,
    count_samples,
    find_sample,
    origins_of,
    read_lineage,
    read_origins,
    read_range,
    read_refusals,
    read_samples,
)
from curation.store.vectors import missing_texts, read_vectors, write_vectors


def collected(*texts: str, source: str = "a.json") -> list[Collected]:
    return [
        Collected(Sample(text, output="yes"), Origin("alpaca", source, f"line {i}")) for i, text in enumerate(texts)
    ]


def test_numbers_have_no_gaps_whatever_is_repeated(tmp_path: Path) -> None:
    @given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=8), max_size=6))
    @settings(max_examples=15, deadline=None)
    def check(imports: list[list[str]]) -> None:
        workspace = open_workspace(tmp_path / f"{len(list(tmp_path.iterdir()))}.duckdb")
        seen: list[str] = []
        for number, texts in enumerate(imports):
            added = add_samples(workspace, f"run {number}", collected(*texts, source=f"{number}.json"))
            fresh = [text for text in dict.fromkeys(texts) if text not in seen]
            seen += fresh
            assert added == Added(len(fresh), len(texts) - len(fresh), 0)
        assert count_samples(workspace) == len(seen)
        assert [sample.instruction for sample in read_range(workspace, 0, 100)] == seen
        workspace.close()

    check()


def test_the_same_file_twice_adds_nothing(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    rows = collected("Name a colour.", "Name a fish.")
    assert add_samples(workspace, "one", rows) == Added(2, 0, 0)
    assert add_samples(workspace, "two", rows) == Added(0, 2, 0)
    assert count_occurrences(workspace) == 2
    add_samples(workspace, "three", collected("Name a fish.", source="b.json"))
    assert [origin.source for _, origin in read_origins(workspace, 1)] == ["a.json", "b.json"]
    assert {len(found) for found in origins_of(workspace, [0, 1]).values()} == {1, 2}
    workspace.close()


def test_every_part_of_a_sample_comes_back_as_it_was(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    hostile = "\x1b]0;x\x07 \u202e \u200b ' OR 1=1;-- \x00"
    sample = Sample(hostile, hostile, hostile, hostile, (Message("user", hostile), Message("assistant", "b")), hostile)
    add_samples(workspace, "run", [Collected(sample, Origin("x", "y", "z"))], [Refusal("line 2", "broken")])
    assert read_samples(workspace, [0]) == [sample]
    assert find_sample(workspace, sample.id) == 0
    assert read_refusals(workspace, "run") == [Refusal("line 2", "broken")]
    workspace.close()


def test_samples_come_in_the_order_asked_for(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    add_samples(workspace, "run", collected("a", "b", "c"))
    assert [sample.instruction for sample in read_samples(workspace, [2, 0, 9])] == ["c", "a"]
    workspace.close()


def test_lineage_leads_from_child_to_parent(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    parent = Sample("a")
    child = Collected(Sample("b"), Origin("paraphrase", "rules", "1", parents=(parent.id,)))
    add_samples(workspace, "run", [Collected(parent, Origin("alpaca", "f", "1")), child])
    assert read_lineage(workspace) == [(1, 0)]
    workspace.close()


def test_a_text_is_embedded_once_per_model_f22(tmp_path: Path) -> None:
    import numpy as np

    workspace = open_workspace(tmp_path / "w.duckdb")
    rows = [Collected(Sample("same", output=str(i)), Origin("x", "y", str(i))) for i in range(3)]
    add_samples(workspace, "run", rows)
    missing = missing_texts(workspace, "m", "prompt")
    assert [text for _, text in missing] == ["same"]
    write_vectors(workspace, "m", [missing[0][0]], np.ones((1, 4), np.float32))
    assert missing_texts(workspace, "m", "prompt") == []
    assert len(missing_texts(workspace, "other model", "prompt")) == 1
    numbers, vectors = read_vectors(workspace, "m", "prompt")
    assert numbers.tolist() == [0, 1, 2]
    assert vectors.shape == (3, 4)
    workspace.close()
