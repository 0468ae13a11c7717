"""Importing: all or nothing, every row accounted for, and no upload left behind."""

import csv
import gc
import io
import json
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curation import runs
from curation.errors import BadFile
from curation.importers import LAYOUTS, preview
from curation.sample import Refusal
from curation.stages.importing import import_job, recognised_job
from curation.stages.refusals import refusals_csv
from curation.stages.uploads import LONGEST, Upload, clean_name
from curation.store import Workspace, open_workspace
from curation.store.runs import read_run
from curation.store.samples import count_occurrences, count_samples, read_origins, read_refusals, read_samples

ROWS = [
    {"instruction": "Name a colour.", "input": "", "output": "Red"},
    {"instruction": "Name a colour.", "input": "", "output": "Red"},
    {"instruction": "Name a fruit.", "input": "", "output": "Plum"},
    {"instruction": "Name a number.", "input": "", "output": 7},
]


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    path = tmp_path / "pool.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS), "utf-8")
    return path


def test_every_row_is_new_repeated_or_refused(ws: Workspace, pool: Path) -> None:
    """N9: read = new + repeated + refused, and each refusal names its place and reason."""
    run = runs.start(ws, import_job(ws, str(pool), LAYOUTS["alpaca"](), "my pool", "cc0-1.0"))
    runs.wait(run, 20)
    found = read_run(ws, run)
    assert found is not None
    assert (found.status, found.note) == ("done", "4 read, 2 new, 1 repeated, 1 refused.")
    assert read_refusals(ws, run) == [Refusal("line 4", '"output" is a number, not text')]
    assert [sample.output for sample in read_samples(ws, [0, 1])] == ["Red", "Plum"]
    assert {origin.ref for _, origin in read_origins(ws, 0)} == {"line 1", "line 2"}
    assert {(origin.source, origin.licence) for _, origin in read_origins(ws, 1)} == {("my pool", "cc0-1.0")}


def test_numbers_have_no_gaps_after_repeats_within_a_file(ws: Workspace, pool: Path, tmp_path: Path) -> None:
    """A repeat inside one file must not make the next import reuse numbers."""
    runs.run_now(ws, recognised_job(ws, str(pool)))
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"instruction": "Name a tree.", "input": "", "output": "Oak"}), "utf-8")
    runs.run_now(ws, recognised_job(ws, str(other)))
    assert [sample.output for sample in read_samples(ws, [0, 1, 2])] == ["Red", "Plum", "Oak"]
    assert count_samples(ws) == 3


def test_the_same_file_again_adds_nothing(ws: Workspace, pool: Path) -> None:
    runs.run_now(ws, recognised_job(ws, str(pool)))
    before = count_samples(ws), count_occurrences(ws)
    assert runs.run_now(ws, recognised_job(ws, str(pool))) == "4 read, 0 new, 3 repeated, 1 refused."
    assert (count_samples(ws), count_occurrences(ws)) == before


def test_a_file_that_breaks_halfway_leaves_nothing(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_text(json.dumps(ROWS * 50)[:-40], "utf-8")
    with pytest.raises(BadFile):
        runs.run_now(ws, import_job(ws, str(path), LAYOUTS["alpaca"]()))
    assert count_samples(ws) == 0


def test_an_unknown_layout_names_the_page(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Frage,Antwort\nWer?,Ada\n", "utf-8")
    with pytest.raises(BadFile, match="Import page"):
        recognised_job(ws, str(path))


def test_an_upload_is_private_and_gone_after_its_run(ws: Workspace, pool: Path) -> None:
    upload = Upload("../../pool.jsonl", pool.read_bytes())
    assert stat.S_IMODE(upload.path.parent.stat().st_mode) == 0o700
    layout = preview(str(upload.path)).layout
    assert layout is not None
    run = runs.start(ws, upload.job(import_job(ws, str(upload.path), layout)))
    runs.wait(run, 20)
    found = read_run(ws, run)
    assert found is not None
    assert json.loads(found.options)["file"] == "pool.jsonl"
    assert found.status == "done"
    assert not upload.path.parent.exists()


def test_an_upload_is_gone_after_a_failed_run_and_when_nobody_holds_it(ws: Workspace) -> None:
    upload = Upload("bad.jsonl", b"\x00\x01\x02")
    with pytest.raises(BadFile):
        runs.run_now(ws, upload.job(import_job(ws, str(upload.path), LAYOUTS["alpaca"]())))
    assert not upload.path.parent.exists()
    forgotten = Upload("a.jsonl", b"{}").path.parent
    gc.collect()
    assert not forgotten.exists()


@given(st.text(max_size=300))
def test_any_name_becomes_a_plain_file_name(name: str) -> None:
    """T13: no separators, no way up, nothing that cannot be written."""
    cleaned = clean_name(name)
    assert cleaned not in ("", ".", "..")
    assert not set("/\\\0") & set(cleaned)
    assert len(cleaned.encode()) <= LONGEST


@given(st.lists(st.builds(Refusal, st.text(max_size=20), st.text(max_size=20)), max_size=5))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_refusals_as_csv_never_start_a_formula(refusals: list[Refusal]) -> None:
    """T3: a cell that a spreadsheet would run is escaped, and nothing is lost."""
    rows = list(csv.reader(io.StringIO(refusals_csv(refusals).decode("utf-8-sig"), newline="")))
    assert rows[0] == ["place", "reason"]
    for row, refusal in zip(rows[1:], refusals, strict=True):
        for cell, text in zip(row, (refusal.place, refusal.reason), strict=True):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
            assert cell.removeprefix("'") == text.removeprefix("'")
