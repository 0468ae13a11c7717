"""`sift review-export` and `review-import`: decisions carried to a copy of the workspace from the command line."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from curation.cli import cli
from curation.errors import BadFile
from curation.sample import Collected, Decision, Origin, Sample
from curation.store import open_workspace
from curation.store.browse import states_of
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples


def call(*arguments: str) -> dict[str, object]:
    result = CliRunner().invoke(cli, [*arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_decisions_go_to_a_copy(tmp_path: Path) -> None:
    here, copy, file = tmp_path / "w.duckdb", tmp_path / "c.duckdb", tmp_path / "d.jsonl"
    ws = open_workspace(here)
    add_samples(ws, "run", [Collected(Sample(f"Task {n}."), Origin("t", "h", str(n))) for n in range(3)])
    ws.close()
    shutil.copy(here, copy)
    add_decisions(open_workspace(here), [0, 2], Decision("reject", "ann"))
    call("review-export", str(file), "-w", str(here))
    open_workspace(here).close()
    assert call("review-import", str(file), "-w", str(copy))["added"] == 2
    assert call("review-import", str(file), "-w", str(copy)) == {"added": 0, "known": 2, "samples": 0, "outvoted": 0}
    ws = open_workspace(copy)
    assert states_of(ws) == ["rejected", "kept", "rejected"]
    ws.close()


def test_what_cannot_be_read_or_written_is_one_sentence(tmp_path: Path) -> None:
    here, file = str(tmp_path / "w.duckdb"), tmp_path / "d.jsonl"
    open_workspace(here)
    run = CliRunner()
    with pytest.raises(BadFile, match="cannot be read: No such file"):
        run.invoke(cli, ["review-import", str(file), "-w", here], catch_exceptions=False)
    file.write_text("{}\n")
    with pytest.raises(BadFile, match="not a file of decisions"):
        run.invoke(cli, ["review-import", str(file), "-w", here], catch_exceptions=False)
    with pytest.raises(BadFile, match="cannot be written: File exists"):
        run.invoke(cli, ["review-export", str(file), "-w", here], catch_exceptions=False)
    open_workspace(here).close()
