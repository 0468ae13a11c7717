"""What was written is read back before anybody sees it: nothing that belongs together lies in two splits (N10)."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from curation.errors import CurationError
from curation.exporters import FORMATS, Card, Manifest, Part, export_folder
from curation.recipe import Shape, Splits
from curation.sample import Collected, Message, Origin, Sample
from curation.stages import exporting
from curation.stages.planning import plan
from curation.stages.proving import Prover
from curation.stages.tracing import Traced
from curation.store import open_workspace
from curation.store.pairs import Edges, write_pairs
from curation.store.samples import add_samples, find_sample

IN = ("accepted", "kept")
SHAPE = Shape(splits=Splits(shares=(("train", 0.5), ("dev", 0.25), ("gold", 0.25))))
HOSTILE = 'Say "=1+1",\nthen\r\n\u2028 and \x85, ü\x7f'


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    rows = [
        Collected(
            Sample(
                f"{HOSTILE} {i // 2}",
                "input" * (i % 3 == 0),
                f"Answer {i}",
                followups=(Message("user", "More."), Message("assistant", "No.")) if i % 5 == 0 else (),
                rejected=f"Bad {i}" if i % 2 and i % 5 else "",
            ),
            Origin("alpaca", "a.json", f"line {i}"),
        )
        for i in range(60)
    ]
    add_samples(opened, "run", rows)
    edges = Edges(np.array([0, 2], np.int32), np.array([59, 40], np.int32), np.array([0.95, 0.8], np.float32))
    write_pairs(opened, "m", "prompt", (0.7, 60), edges)
    yield opened
    opened.close()


def written(workspace, tmp_path, *names, traced=False, forms=None):
    """(prover, folder) of an export that was not proven yet."""
    chosen = plan(workspace, IN, SHAPE)
    forms = forms or [FORMATS[name]() for name in names]

    def parts():
        where = Traced(workspace, chosen) if traced else None
        return [Part(form, {name: chosen.samples(name) for name in chosen.sizes()}, where) for form in forms]

    folder = export_folder(tmp_path / "out", "s", parts(), Manifest(""), Card("s", "", "other"))
    return Prover(chosen, parts()), folder


@pytest.mark.parametrize("traced", [False, True])
@pytest.mark.parametrize("name", FORMATS)
def test_every_row_of_every_format_is_told_to_be_of_a_sample(workspace, tmp_path, name, traced):
    prover, folder = written(workspace, tmp_path, name, traced=traced)
    manifest = json.loads((folder / "manifest.json").read_text())
    proof = prover(folder)
    rows = sum(
        file["rows"] for path, file in manifest["files"].items() if path.startswith(f"{name}/") and "rows" in file
    )
    assert proof["rows"] == rows > 0
    assert proof["rows_of_no_sample"] == 0
    assert proof["near-duplicates"] == {"compared": 1, "across_splits": 0}
    assert proof["equal prompts"] == {"compared": 10, "across_splits": 0}


def test_plain_text_too(workspace, tmp_path):
    forms = [FORMATS[name](conversational=False) for name in FORMATS if "conversational" in FORMATS[name].model_fields]
    prover, folder = written(workspace, tmp_path, forms=forms)
    assert prover(folder)["rows"] > 60


def moved(folder: Path, form: str, text: str) -> None:
    """Put one row of the training file into another one as well."""
    line = next(line for line in (folder / form / "train.jsonl").read_bytes().splitlines() if text.encode() in line)
    with (folder / form / "gold.jsonl").open("ab") as file:
        file.write(line + b"\n")


def test_a_row_in_two_files_is_found(workspace, tmp_path):
    prover, folder = written(workspace, tmp_path, "openai_chat")
    moved(folder, "openai_chat", "Answer")
    with pytest.raises(CurationError, match="1 samples in two splits"):
        prover(folder)


def test_a_row_of_no_sample_is_found(workspace, tmp_path):
    prover, folder = written(workspace, tmp_path, "openai_chat")
    with (folder / "openai_chat" / "gold.jsonl").open("a") as file:
        file.write('{"messages": []}\n')
    with pytest.raises(CurationError, match="1 rows that are of no sample"):
        prover(folder)


def test_a_format_may_not_split_otherwise_than_another(workspace, tmp_path):
    prover, folder = written(workspace, tmp_path, "openai_chat", "trl_prompt_only")
    for name in ("train", "gold"):
        shutil.move(folder / "openai_chat" / f"{name}.jsonl", tmp_path / f"{name}.jsonl")
    shutil.move(tmp_path / "train.jsonl", folder / "openai_chat" / "gold.jsonl")
    shutil.move(tmp_path / "gold.jsonl", folder / "openai_chat" / "train.jsonl")
    with pytest.raises(CurationError, match="samples in two splits"):
        prover(folder)


@pytest.mark.parametrize(
    ("kind", "message"), [("near", "near-duplicates"), ("equal", "equal prompts"), ("family", "relatives")]
)
def test_a_leaking_export_never_appears(workspace, tmp_path, monkeypatch, kind, message):
    """A plan that tears apart what belongs together, whatever the reason, ends without a folder (N9, N10)."""
    shape = SHAPE
    first = Sample(
        f"{HOSTILE} 0", "input", "Answer 0", followups=(Message("user", "More."), Message("assistant", "No."))
    )
    child = Collected(Sample("Child", output="x"), Origin("paraphrase", "rules", "1", parents=(first.id,)))
    add_samples(workspace, "run 2", [child])
    true = plan(workspace, IN, shape)
    other = {"near": 59, "equal": 5, "family": find_sample(workspace, child.sample.id)}[kind]
    torn_one = true.ids[true.numbers.index(other)]
    elsewhere = next(name for name in true.sizes() if name != true.assignment[torn_one])
    torn_plan = replace(true, assignment={**true.assignment, torn_one: elsewhere})
    monkeypatch.setattr(exporting, "plan", lambda *_, **__: torn_plan)
    monkeypatch.setattr(exporting, "hold_back", lambda *_: None)
    wanted = exporting.Wanted("demo", ("openai_chat",), tmp_path / "out", shape=shape)
    with pytest.raises(CurationError, match=message):
        exporting.export(workspace, "run 3", wanted, lambda *_: None)
    assert list((tmp_path / "out").iterdir()) == []


def test_the_manifest_holds_the_proof(workspace, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "hold_back", lambda *_: None)
    wanted = exporting.Wanted("demo", ("openai_chat", "csv", "parquet"), tmp_path / "out", shape=SHAPE)
    done = exporting.export(workspace, "run 3", wanted, lambda *_: None)
    proof = json.loads((Path(done.folder) / "manifest.json").read_text())["proof"]
    assert proof["rows"] == 180
    assert proof["similarity"] == pytest.approx(0.9)
