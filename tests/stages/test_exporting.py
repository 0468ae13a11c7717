import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from curation import runs
from curation.errors import Cancelled, NotReady
from curation.practice import PRACTICE_MODEL
from curation.recipe import Duplicates, Recipe, Shape, Splits
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages import exporting
from curation.stages.checks.check import Finding
from curation.stages.curating import apply_recipe
from curation.stages.exporting import Wanted, export_job
from curation.stages.gate import examine
from curation.stages.planning import Plan, plan
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions
from curation.store.pairs import Edges, write_pairs
from curation.store.recipes import Exported, read_exports, write_export
from curation.store.samples import add_samples
from tests.overrides import SEVERAL, SIGNED, UNMEASURED


def filled(tmp_path: Path, count: int = 60) -> Workspace:
    workspace = open_workspace(tmp_path / "w.duckdb")
    rows = [
        Collected(Sample(f"Question {i // 2}", output=f"Answer {i}"), Origin("alpaca", "a.json", f"line {i}"))
        for i in range(count)
    ]
    add_samples(workspace, "run", rows)
    return workspace


def wanted(tmp_path: Path, *formats: str, **more: object) -> Wanted:
    """Nothing is measured here, and every question has two answers: both are said to be meant."""
    options = {"overrides": (UNMEASURED, SEVERAL), **SIGNED, **more}
    return Wanted("demo", formats, tmp_path / "out", **options)  # type: ignore[arg-type]


def test_nothing_in_is_said_before_anything_is_written(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    with pytest.raises(NotReady, match="No sample is in"):
        runs.run_now(workspace, export_job(workspace, wanted(tmp_path, "alpaca")))
    assert not (tmp_path / "out").exists()
    workspace.close()


def test_equal_prompts_share_a_split_and_counts_add_up(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    chosen = plan(workspace, ("accepted", "kept"), Shape())
    by_prompt: dict[str, set[str]] = {}
    for split in chosen.sizes():
        for sample in chosen.samples(split):
            by_prompt.setdefault(sample.prompt, set()).add(split)
    assert sum(map(len, by_prompt.values())) < 60
    assert all(len(splits) == 1 for splits in by_prompt.values())
    assert sum(chosen.sizes().values()) == 60
    assert chosen.threshold is None
    workspace.close()


def test_near_duplicates_and_families_share_a_split_n10(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    edges = Edges(np.array([0, 2], np.int32), np.array([59, 40], np.int32), np.array([0.95, 0.8], np.float32))
    write_pairs(workspace, "m", "prompt", (0.7, 60), edges)
    parent = Sample("Question 3", output="Answer 6")
    children = [
        Collected(Sample(f"Child {i}", output="x"), Origin("paraphrase", "rules", str(i), parents=(parent.id,)))
        for i in range(3)
    ]
    add_samples(workspace, "run 2", children)
    chosen = plan(workspace, ("accepted", "kept"), Shape(splits=Splits(train=0.4, validation=0.3, test=0.3, seed=3)))
    where = dict(zip(chosen.numbers, (chosen.assignment[sample_id] for sample_id in chosen.ids), strict=True))
    assert chosen.threshold == pytest.approx(0.9)
    assert where[0] == where[59]
    assert {where[6], where[60], where[61], where[62]} == {where[6]}
    workspace.close()


def test_a_person_outranks_the_recipe_and_the_manifest_says_so(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    add_decisions(workspace, [0, 1, 2], Decision("reject", "me"))
    add_decisions(workspace, [5], Decision("accept", "me"))
    runs.run_now(workspace, export_job(workspace, wanted(tmp_path, "openai_chat", "csv")))
    folder = Path(read_exports(workspace)[0].folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    splits = manifest["counts"].pop("splits")
    assert manifest["counts"] == {
        "collected": 60, "distinct": 60, "after_rules": 60, "after_near_duplicates": 60, "after_decisions": 57,
        "after_practice": 57, "after_selection": 57, "after_mixture": 57, "exported": 57,
    }  # fmt: skip
    assert sum(splits.values()) == 57
    assert manifest["overrides"] == {"accepted": 1, "rejected": 3, "practice": 0}
    assert len((folder / "provenance.jsonl").read_text().splitlines()) == 57
    runs.run_now(workspace, export_job(workspace, wanted(tmp_path, "alpaca", states=("accepted",))))
    assert read_exports(workspace)[0].samples == 1
    workspace.close()


def test_a_format_that_fits_nothing_is_refused(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    with pytest.raises(NotReady, match="rejected answer"):
        runs.run_now(workspace, export_job(workspace, wanted(tmp_path, "trl_preference")))
    assert read_exports(workspace) == []
    workspace.close()


def test_the_same_export_twice_has_the_same_bytes_n10(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    digests = set()
    for _ in range(2):
        runs.run_now(workspace, export_job(workspace, wanted(tmp_path, "alpaca", "parquet")))
        digests.add(read_exports(workspace)[0].sha256)
    assert len(digests) == 1
    workspace.close()


def test_a_rejected_representative_gives_way_to_its_duplicate(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    edges = Edges(np.array([0], np.int32), np.array([59], np.int32), np.array([0.95], np.float32))
    write_pairs(workspace, "m", "prompt", (0.7, 60), edges)
    apply_recipe(workspace, Recipe(duplicates=Duplicates(threshold=0.9)), "near", "me")
    before = plan(workspace, ("accepted", "kept"), Shape()).numbers
    kept = next(number for number in (0, 59) if number in before)
    add_decisions(workspace, [kept], Decision("reject", "me"))
    after = plan(workspace, ("accepted", "kept"), Shape()).numbers
    assert {0, 59} & set(after) == {0, 59} - {kept}
    workspace.close()


def with_practice_text(workspace: Workspace, number: int = 5) -> None:
    """So many samples of the practice model, and one more of it that was also in a file."""
    rows = [
        Collected(Sample(f"Made up {i}", output="x"), Origin("ask", "Practice model", str(i), model=PRACTICE_MODEL))
        for i in range(number + 1)
    ]
    add_samples(workspace, "practice", rows)
    add_samples(workspace, "file", [replace(rows[-1], origin=Origin("alpaca", "b.json", "line 1"))])


def test_text_of_the_practice_model_is_left_out_unless_asked_for(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    with_practice_text(workspace)
    note = runs.run_now(workspace, export_job(workspace, wanted(tmp_path, "alpaca")))
    assert "(5 of the practice model left out)" in note
    first = read_exports(workspace)[0]
    manifest = json.loads((Path(first.folder) / "manifest.json").read_text())
    assert first.samples == manifest["counts"]["exported"] == 61
    assert (manifest["counts"]["after_decisions"], manifest["counts"]["after_practice"]) == (66, 61)
    assert manifest["overrides"]["practice"] == 0
    assert "practice model" not in (Path(first.folder) / "README.md").read_text()

    runs.run_now(workspace, export_job(workspace, wanted(tmp_path, "alpaca", practice=True)))
    second = read_exports(workspace)[0]
    manifest = json.loads((Path(second.folder) / "manifest.json").read_text())
    assert second.samples == 66
    assert manifest["overrides"]["practice"] == 5
    assert manifest["counts"]["after_decisions"] == manifest["counts"]["after_practice"] == 66
    assert "5 of these samples are text of the practice model" in (Path(second.folder) / "README.md").read_text()
    workspace.close()


def test_nothing_but_text_of_the_practice_model_is_refused(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    rows = [Collected(Sample("Made up", output="x"), Origin("ask", "p", "1", model=PRACTICE_MODEL))]
    add_samples(workspace, "practice", rows)
    with pytest.raises(NotReady, match="practice model"):
        runs.run_now(workspace, export_job(workspace, wanted(tmp_path, "alpaca")))
    assert not (tmp_path / "out").exists()
    runs.run_now(workspace, export_job(workspace, wanted(tmp_path, "alpaca", practice=True)))
    assert read_exports(workspace)[0].samples == 1
    workspace.close()


def test_rows_say_where_they_came_from_where_that_is_asked_for(tmp_path: Path) -> None:
    workspace = filled(tmp_path, 6)
    add_samples(workspace, "again", [Collected(Sample("Question 0", output="Answer 0"), Origin("csv", "b.csv", "2"))])
    asked = wanted(
        tmp_path,
        "trl_prompt_completion",
        shape=Shape(splits=Splits(train=1, validation=0, test=0)),
        text=True,
        traced=True,
    )
    runs.run_now(workspace, export_job(workspace, asked))
    folder = Path(read_exports(workspace)[0].folder)
    rows = [json.loads(line) for line in (folder / "trl_prompt_completion" / "train.jsonl").read_text().splitlines()]
    row = next(row for row in rows if row["completion"] == "Answer 0")
    assert row == {
        "prompt": "Question 0\n\n",
        "completion": "Answer 0",
        "method": "alpaca",
        "model": "",
        "prompt_hash": "",
        "parents": [],
        "run": "run",
        "source": "a.json",
    }
    side = [json.loads(line) for line in (folder / "provenance.jsonl").read_text().splitlines()]
    assert sorted([origin["run"] for origin in entry["origins"]] for entry in side) == [["run"]] * 5 + [
        ["run", "again"]
    ]
    workspace.close()


@pytest.mark.parametrize("at", [1, 2, 3])
def test_n9_an_export_that_is_stopped_leaves_nothing_and_one_that_is_there_was_not_stopped(
    tmp_path: Path, at: int
) -> None:
    workspace = filled(tmp_path)

    def step(done: int, _requested: int) -> None:
        if done == at:
            raise Cancelled("Stopped by a person.")

    with pytest.raises(Cancelled):
        exporting.export(workspace, "run", wanted(tmp_path, "alpaca", "csv"), step)
    assert list((tmp_path / "out").iterdir()) == []
    assert read_exports(workspace) == []
    workspace.close()


def test_n10_a_recipe_that_changes_while_samples_are_chosen_is_not_said_to_be_the_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = filled(tmp_path)

    def meanwhile(workspace: Workspace, wanted: Wanted, chosen: Plan) -> tuple[Finding, ...]:
        apply_recipe(workspace, Recipe(formats=("csv",)), "other", "me")
        return examine(workspace, wanted, chosen)

    monkeypatch.setattr(exporting, "examine", meanwhile)
    with pytest.raises(NotReady, match="recipe was changed"):
        runs.run_now(workspace, export_job(workspace, wanted(tmp_path, "alpaca")))
    assert not (tmp_path / "out").exists()
    workspace.close()


def test_the_last_export_is_the_one_that_was_written_last_whatever_the_clock_said(tmp_path: Path) -> None:
    """`sift export --push` and `sift reproduce` go by it."""
    workspace = filled(tmp_path, 0)
    for name, made in (("ahead", datetime(2199, 1, 1)), ("later", datetime(2026, 1, 1))):
        write_export(workspace, Exported(name, "", 0, "", "", made), [])
    assert [one.id for one in read_exports(workspace)] == ["later", "ahead"]
    workspace.close()
