"""What is said of splits that are not as asked: in the run's note, in the manifest and for programs."""

import json
from pathlib import Path

import numpy as np
import pytest

from curation import runs
from curation.recipe import Shape, Splits
from curation.sample import Collected, Origin, Sample
from curation.stages.dealt_words import asked, remarks
from curation.stages.exporting import Wanted, export_job
from curation.stages.finished import read_finished
from curation.stages.planning import plan
from curation.store import Workspace, open_workspace
from curation.store.pairs import Edges, write_pairs
from curation.store.recipes import read_exports
from curation.store.samples import add_samples
from curation.store.signals import write_labels

IN = ("accepted", "kept")
HALVES = Splits(shares=(("train", 0.5), ("test", 0.5)))


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    rows = [Collected(Sample(f"Say\x1b[31m {i}", output=f"{i}"), Origin("csv", "a.csv", f"{i}")) for i in range(20)]
    add_samples(opened, "run", rows)
    yield opened
    opened.close()


def tied(ws: Workspace, count: int) -> None:
    """Near-duplicates of the first so many, in a row."""
    a = np.arange(count - 1, dtype=np.int32)
    write_pairs(ws, "m", "prompt", (0.7, 20), Edges(a, a + 1, np.full(count - 1, 0.95, np.float32)))


def test_a_group_that_is_too_large_is_said_once_and_cannot_steer_a_terminal(ws: Workspace) -> None:
    """T21: a prompt is quoted without what cannot be printed."""
    tied(ws, 15)
    write_labels(ws, "task_type", dict.fromkeys(range(20), "open"))
    (said,) = remarks(plan(ws, IN, Shape(splits=HALVES)))
    assert str(said).startswith("Not as asked: train ")
    assert "One group of 15 samples" in str(said)
    assert "\x1b" not in str(said)


def test_a_label_that_no_sample_has_is_said_and_no_label_is_not(ws: Workspace) -> None:
    chosen = plan(ws, IN, Shape(splits=HALVES))
    assert asked(chosen) == {"train": 10, "test": 10}
    (said,) = remarks(chosen)
    assert str(said).startswith("The splits are not spread evenly by task type, because none of these samples")
    assert remarks(plan(ws, IN, Shape(splits=HALVES.model_copy(update={"by": ""})))) == []
    assert remarks(plan(ws, IN, Shape(splits=Splits(shares=(("all_of_it", 1.0),))))) == []


def test_the_note_the_manifest_and_the_finished_export_say_it(ws: Workspace, tmp_path: Path) -> None:
    tied(ws, 15)
    reasons = (("not_measured", "made up"),)
    wanted = Wanted("a", ("alpaca",), tmp_path / "out", shape=Shape(splits=HALVES), overrides=reasons)
    note = runs.run_now(ws, export_job(ws, wanted))
    (exported,) = read_exports(ws)
    manifest = json.loads((Path(exported.folder) / "manifest.json").read_text())
    assert [remark in note for remark in manifest["splits"]["remarks"]] == [True, True]
    found = read_finished(exported)
    assert found.dealt == manifest["splits"]
    assert [row["asked for"] for row in found.splits] == [10, 10]
    assert [(row["what"], row["compared"], row["in two splits"]) for row in found.proof] == [
        ("samples", 20, 0),
        ("near-duplicates", 14, 0),
        ("equal prompts", 0, 0),
        ("relatives", 0, 0),
    ]
    assert found.proven == (
        "The files were read back, 20 rows, and each is of a sample that was to go out. No sample lies in two splits, "
        "nor do two that belong together; pairs compared: 14 of near-duplicates (similarity ≥ 0.90), 0 of equal "
        "prompts, 0 of relatives."
    )
