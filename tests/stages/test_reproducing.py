"""An export again from its manifest: the same bytes, or exactly what differs."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from curation import runs
from curation.errors import BadFile, WorkspaceBusy, WorkspaceError
from curation.recipe import Mixture, Recipe, Rule, Selection, Shape
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages import accounting
from curation.stages.curating import apply_recipe, current_recipe
from curation.stages.exporting import Wanted, export_job
from curation.stages.reproducing import Difference, Reproduction, reproduce
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples

EVERY = ("alpaca", "openai_chat", "parquet", "csv")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace and one export of it, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("made")
    opened = open_workspace(folder / "w.duckdb")
    rows = [
        Collected(Sample(f"Question {i}", output=f"Answer {i}"), Origin("alpaca", "a.json", f"line {i}"))
        for i in range(40)
    ]
    add_samples(opened, "run", rows)
    reasons = (("not_measured", "written for a test"),)
    runs.run_now(opened, export_job(opened, Wanted("demo", EVERY, folder / "out", traced=True, overrides=reasons)))
    opened.close()
    return folder


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "w.duckdb"


@pytest.fixture
def manifest(path: Path) -> Path:
    return next((path.parent / "out").iterdir()) / "manifest.json"


def bytes_of(folder: Path) -> dict[str, str]:
    files = (one for one in folder.rglob("*") if one.is_file())
    return {str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}


def said(found: Reproduction, kind: str) -> dict[str, str]:
    return {one.what: one.said for one in found.differences if one.kind == kind}


def test_the_same_bytes_again_and_the_workspace_stays_as_it_is(path: Path, manifest: Path, tmp_path: Path) -> None:
    """N10."""
    before = {one.name: one.read_bytes() for one in tmp_path.glob("w.duckdb*")}
    found = reproduce(path, manifest, tmp_path / "again")
    assert (found.is_same, found.differences, found.samples, found.notes) == (True, (), (), ())
    assert found.folder is not None
    assert bytes_of(found.folder) == bytes_of(manifest.parent)
    assert found.files == len(bytes_of(manifest.parent))
    assert {one.name: one.read_bytes() for one in tmp_path.glob("w.duckdb*")} == before
    assert len(list((tmp_path / "out").iterdir())) == 1
    gate = json.loads((found.folder / "manifest.json").read_text())["gate"]
    assert {row["reason"] for row in gate if row["blocks"]} == {"written for a test"}  # by whom and when included


def test_without_a_folder_nothing_is_kept(path: Path, manifest: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert reproduce(path, manifest).folder is None
    assert sorted(tmp_path.rglob("*")) == before


def test_what_chance_chose_and_repeated_is_the_same_again(path: Path) -> None:
    """N10."""
    shape = Shape(
        selection=Selection(method="chance", size=30, options=(("seed", 5),)),
        mixture=Mixture(by="origin", counts=(("a.json", 40),), repeat=3, seed=4),
    )
    opened = open_workspace(path)
    reasons = (("not_measured", "written for a test"),)
    asked = Wanted("mixed", ("alpaca",), path.parent / "mixed", shape=shape, overrides=reasons)
    runs.run_now(opened, export_job(opened, asked))
    opened.close()
    manifest = next((path.parent / "mixed").iterdir()) / "manifest.json"
    assert json.loads(manifest.read_text())["seeds"] == {"selection": 5, "mixture": 4, "splits": 0}
    assert reproduce(path, manifest).is_same


def test_a_rejected_sample_is_named_with_who_and_why(path: Path, manifest: Path) -> None:
    opened = open_workspace(path)
    add_decisions(opened, [3], Decision("reject", "ann", "too dull"))
    opened.close()
    found = reproduce(path, manifest)
    assert not found.is_same
    gone = [one for one in found.samples if one.what == "gone"]
    assert [one.number for one in gone] == [3]
    assert gone[0].why.startswith("rejected by ann (")
    assert gone[0].why.endswith("UTC): too dull")
    assert said(found, "manifest")["counts.exported"] == "40 then, 39 now"
    assert said(found, "manifest")["overrides.rejected"] == "0 then, 1 now"
    files = said(found, "file")
    assert files["alpaca/train.json"].startswith("first at line 5, letter ")
    assert "Question 3" in files["alpaca/train.json"]
    assert files["parquet/train.parquet"].startswith("first at row 4, letter ")
    assert said(found, "recipe") == {}


def test_a_new_sample_and_one_made_from_another_are_named(path: Path, manifest: Path) -> None:
    opened = open_workspace(path)
    parent = Sample("Question 3", output="Answer 3")
    add_samples(opened, "b", [Collected(Sample("More", output="x"), Origin("csv", "b.csv", "1"))])
    edited = Origin("revised", "ann", "1", parents=(parent.id,))
    add_samples(opened, "c", [Collected(Sample("Question 3", output="Better"), edited)])
    add_decisions(opened, [3], Decision("reject", "ann"))
    opened.close()
    found = reproduce(path, manifest)
    whys = {(one.what, one.number): one.why for one in found.samples}
    assert whys["new", 40] == "in by the recipe, decided on by nobody"
    assert whys["new", 41].endswith(f"made from {parent.id[:8]}, which was exported")
    assert whys["gone", 3].endswith("sample 41 was made from it and is in")


def test_the_recipe_of_the_manifest_is_used_where_another_is_in_force(path: Path, manifest: Path) -> None:
    opened = open_workspace(path)
    apply_recipe(opened, Recipe(rules=(Rule(signal="words", least=3),)), "other", "ann")
    opened.close()
    found = reproduce(path, manifest)
    assert found.is_same
    assert found.notes == ("Another recipe is in force in the workspace; the one of the manifest was used.",)
    opened = open_workspace(path)
    assert current_recipe(opened).rules
    opened.close()


def test_t26_what_the_gate_would_hold_back_today_is_a_difference(path: Path, manifest: Path, tmp_path: Path) -> None:
    """A check came, or finds more than it did when the export went out."""
    content = json.loads(manifest.read_text())
    content["options"]["overrides"] = []
    manifest.write_text(json.dumps(content))
    found = reproduce(path, manifest, to=tmp_path / "again")
    assert not found.is_same
    assert list(said(found, "gate")) == ["not_measured"]
    assert said(found, "gate")["not_measured"].startswith("would hold it back now: ")
    assert (found.files, found.samples, found.folder) == (0, (), None)
    assert found.notes == ("Nothing was written, so no file was compared.",)
    assert not (tmp_path / "again").exists()


def test_another_recipe_in_the_manifest_is_said_line_by_line(path: Path, manifest: Path) -> None:
    """Somebody changed the manifest: its hash of the files tells."""
    content = json.loads(manifest.read_text())
    content["recipe"] = content["recipe"].replace("seed = 0", "seed = 1")
    manifest.write_text(json.dumps(content))
    found = reproduce(path, manifest)
    assert not found.is_same
    assert said(found, "manifest")["seeds.splits"] == "0 then, 1 now"
    assert {one.what for one in found.samples} == {"moved"}


def test_a_file_that_was_tampered_with_is_named_and_its_hash_counts(path: Path, manifest: Path) -> None:
    (manifest.parent / "alpaca" / "train.json").write_text("[]")
    (manifest.parent / "csv" / "train.csv").unlink()
    found = reproduce(path, manifest)
    assert found.is_same
    assert found.notes == (
        "alpaca/train.json beside the manifest was changed after the export; what is compared is its hash then.",
        "csv/train.csv is not beside the manifest; what is compared is its hash.",
    )


def test_without_the_files_beside_it_a_manifest_still_tells_which_differ(
    path: Path, manifest: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "manifest.json"
    alone.write_bytes(manifest.read_bytes())
    opened = open_workspace(path)
    add_decisions(opened, [3], Decision("reject", "ann"))
    opened.close()
    found = reproduce(path, alone)
    assert said(found, "file")["alpaca/train.json"] == "other bytes"
    assert found.samples == ()


def test_another_version_is_said(path: Path, manifest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounting, "__version__", "99.0")
    found = reproduce(path, manifest)
    assert [(one.kind, one.what) for one in found.differences] == [("manifest", "versions.sift")]
    assert found.differences[0].said.endswith('"99.0" now')


def test_other_bytes_of_the_same_content_are_told(path: Path, manifest: Path) -> None:
    manifest.write_text(json.dumps(json.loads(manifest.read_text())))
    assert reproduce(path, manifest).differences == (
        Difference("file", "manifest.json", "the same content in other bytes"),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not valid JSON"),
        ("[" * 100_000, "not a manifest"),
        ("[]", '"the whole"'),
        ('{"files": {}}', '"recipe" is missing'),
        ('{"recipe": "", "files": {}}', '"options" is missing'),
        ('{"recipe": 1, "options": {}, "files": {}}', '"recipe"'),
    ],
)
def test_a_damaged_or_foreign_manifest_is_refused_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(text)
    with pytest.raises(BadFile) as refused:
        reproduce(tmp_path / "w.duckdb", file)
    assert reason in str(refused.value)
    assert str(file) in str(refused.value)


def test_a_manifest_that_asks_for_what_cannot_be(path: Path, manifest: Path) -> None:
    right = json.loads(manifest.read_text())
    for key, value, reason in (
        ("recipe", "rules = 3", "recipe that cannot be read"),
        ("recipe", "= =", "not valid TOML"),
        ("formats", ["nobody_reads"], "the format nobody_reads"),
        ("formats", [], "options.formats"),
        ("states", ["rejected"], "options.states"),
        ("files", {"../../etc/passwd": {"sha256": "0" * 64}}, "inside the folder"),  # T13
        ("files", {"a": {"sha256": "x"}}, "files.a.sha256"),
    ):
        content = json.loads(json.dumps(right))
        (content if key in content else content["options"])[key] = value
        manifest.write_text(json.dumps(content))
        with pytest.raises(BadFile, match=reason):
            reproduce(path, manifest)


@pytest.mark.parametrize("text", ["no json", "[]\n", '{"id": "x"}\n', "[" * 100_000, "\x81"])
def test_a_provenance_that_somebody_wrote_is_refused(path: Path, manifest: Path, text: str) -> None:
    """With its hash in the manifest put right, too."""
    forged = manifest.parent / "provenance.jsonl"
    forged.write_bytes(text.encode("latin-1"))
    edited = json.loads(manifest.read_text())
    edited["files"]["provenance.jsonl"]["sha256"] = hashlib.sha256(forged.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(edited))
    with pytest.raises(BadFile, match=r"provenance\.jsonl does not say line by line"):
        reproduce(path, manifest)


def test_a_missing_manifest_or_workspace_is_said(path: Path, manifest: Path, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        reproduce(path, tmp_path / "none.json")
    with pytest.raises(WorkspaceError, match="no workspace at"):
        reproduce(tmp_path / "none" / "w.duckdb", manifest)
    assert not (tmp_path / "none").exists()


def test_a_workspace_that_another_process_holds_is_named_with_it(path: Path, manifest: Path) -> None:
    """F15."""
    held = "import sys, duckdb; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", held, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(WorkspaceBusy, match=f"process {other.pid}"):
            reproduce(path, manifest)
        other.communicate(b"")


def test_a_workspace_that_is_open_here_is_refused_in_words(path: Path, manifest: Path) -> None:
    opened = open_workspace(path)
    with pytest.raises(WorkspaceError, match="open here"):
        reproduce(path, manifest)
    opened.close()
