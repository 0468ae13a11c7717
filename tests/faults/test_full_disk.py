"""F14: the disk is full in the middle of a generation."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from curation.store import open_workspace
from tests.faults.account import account, check_again, check_booked, check_counts, check_wire, generated
from tests.faults.peers import ROOT, practice, prepared


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on the size of a file is known on Unix alone")
def test_f14_a_full_disk_stops_a_generation_with_one_sentence_and_it_can_be_resumed(tmp_path: Path) -> None:
    path, log = tmp_path / "w.duckdb", tmp_path / "wire.jsonl"
    with practice(log, "--delay", "0.005") as url:
        prepared(path, url)
        command = [sys.executable, "-m", "tests.faults.full", str(path), "0"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=200)
    said = json.loads(done.stdout)
    assert said["stopped"]
    assert (said["same"], said["loss"]) == (True, False)
    assert said["status"] == "interrupted"
    assert "how it ended could not be written" in said["note"]
    assert said["offered"]
    assert said["kept"] >= 10
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 3
    assert "Make sure that the disk is not full" in done.stderr
    assert (said["ended"], said["end"].split()[1]) == ("done", "kept,")
    workspace = open_workspace(path)
    assert set(check_wire(account(workspace, log))) <= {"", "open", "not sent"}
    check_booked(workspace, log)
    check_counts(workspace)
    assert check_again(workspace, generated(workspace)[0].id) > 80
    workspace.close()
