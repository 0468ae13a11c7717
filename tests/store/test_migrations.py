from pathlib import Path

import pytest

from curation.store import open_workspace
from curation.store.migrations import MIGRATIONS
from curation.store.plans import Plan, add_plan
from curation.store.runs import read_run, resume_run, standing_runs

OLD_RUN = """
INSERT INTO runs VALUES ('generate-1', 'generate', 'x', '{}', 'running', 9, 4, 0, '', 1,
    TIMESTAMP '2026-01-01 10:00:00', TIMESTAMP '2026-01-01 10:00:30', NULL)
"""


def test_a_workspace_of_an_older_program_keeps_its_runs_and_they_can_be_resumed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "w.duckdb"
    monkeypatch.setattr("curation.store.opening.MIGRATIONS", MIGRATIONS[:1])
    old = open_workspace(path)
    old.execute(OLD_RUN)
    old.close()
    monkeypatch.undo()
    workspace = open_workspace(path)
    assert workspace.execute("SELECT version FROM meta") == [(len(MIGRATIONS),)]
    run = read_run(workspace, "generate-1")
    assert run is not None
    assert (run.status, run.done, run.resume_at) == ("interrupted", 4, None)
    assert run.seconds >= 30
    add_plan(workspace, run.id, Plan({}, []))
    assert standing_runs(workspace) == [run]
    assert resume_run(workspace, run.id).done == 4
    workspace.close()
