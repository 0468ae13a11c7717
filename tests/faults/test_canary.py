"""T7, T20: a key is found in no byte that is ever produced, whatever the server does with it."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from streamlit.testing.v1 import AppTest

from app import PAGES
from curation import runs
from curation.model import Endpoint, buying
from curation.practice import FINAL, PRACTICE_MODEL, Fault, Faults, Log, Serving, every, serve
from curation.stages.endpoints import read_endpoints, save_endpoint
from curation.stages.exporting import Wanted, export_job
from curation.stages.synthesis import synthesis_job
from curation.store import Workspace
from curation.store.asked import read_request
from curation.store.runs import read_run
from pages._parts.generate_start import RUN, RUNS, VIEW
from tests.faults.child import order
from tests.faults.peers import ROOT, filled
from tests.model.memory_keyring import MemoryKeyring
from tests.overrides import UNMEASURED

BY_ENVIRONMENT, BY_KEYRING = "sk-CANARY-env-93b1f27d50aa", "sk-CANARY-ring-6c04e8d17b3f"
VARIABLE = "SIFT_TEST_KEY"
NAMES = {"Environment": BY_ENVIRONMENT, "Keyring": BY_KEYRING}
PIECES = [piece for key in NAMES.values() for piece in (key, key[:18], key[-12:])]
"""A key and its halves: a cut in the wrong place leaves no usable rest either."""


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(VARIABLE, BY_ENVIRONMENT)
    monkeypatch.setattr(buying, "backoff", lambda _times: 0.01)
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def server() -> Iterator[Serving]:
    with serve(log=Log(keep_bodies=True)) as one:
        yield one


@pytest.fixture
def workspace(tmp_path: Path, server: Serving, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = filled(tmp_path / "w.duckdb")
    one = Endpoint("Environment", server.base_url, PRACTICE_MODEL, VARIABLE, timeout=1.0)
    save_endpoint(opened, [], "", one)
    save_endpoint(opened, read_endpoints(opened), "", replace(one, name="Keyring", key_env=""), BY_KEYRING)
    yield opened
    opened.close()


def generated(workspace: Workspace, endpoint: str, seed: int) -> str:
    run = runs.start(workspace, synthesis_job(workspace, replace(order(seed, 50, 12), endpoint=endpoint)))
    runs.wait(run, 60)
    return run


def searched(where: str, produced: bytes | str) -> None:
    text = produced if isinstance(produced, bytes) else produced.encode("utf-8", "replace")
    found = [piece for piece in PIECES if piece.encode() in text]
    assert not found, f"{where} holds {found}"


def files(folder: Path) -> list[Path]:
    found = [one for one in folder.rglob("*") if one.is_file()]
    for one in found:
        searched(str(one), one.read_bytes())
    return found


def sweep(server: Serving, workspace: Workspace) -> list[str]:
    """A run with every fault of its own kind, and with all of them at once, for either endpoint."""
    done = []
    singles: list[Fault] = ["echo", "auth", *(one for one in FINAL if one != "auth")]
    plans = [Faults({fault: 1.0}) for fault in singles] + [every(0.6, seed=4, but=FINAL)]
    for seed, plan in enumerate(plans):
        for name in NAMES:
            server.faults = plan
            done.append(generated(workspace, name, seed))
    server.faults = Faults()
    return [*done, generated(workspace, "Keyring", 99)]


@pytest.mark.timeout(200)
def test_t7_a_key_is_in_no_file_log_export_or_page(
    server: Serving, workspace: Workspace, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    done = sweep(server, workspace)
    assert {entry.fault for entry in server.log.entries} >= {"echo", "", *FINAL}
    assert len({entry.fault for entry in server.log.entries}) > 10
    assert all(entry.authorized for entry in server.log.entries)
    assert {read_run(workspace, run).status for run in done} == {"paused", "done"}
    exported = Wanted("demo", ("openai_chat", "csv"), tmp_path / "out", practice=True, overrides=(UNMEASURED,))
    runs.run_now(workspace, export_job(workspace, exported))
    found = files(tmp_path)
    assert {one.suffix for one in found} >= {".duckdb", ".wal", ".jsonl", ".csv", ".json", ".md"}
    for (key,) in workspace.execute("SELECT key::VARCHAR FROM requests"):
        searched("what a page shows of a request", repr(read_request(workspace, str(key))))
    pages(workspace, done)
    searched("the log", caplog.text)
    workspace.close()
    files(tmp_path)


def pages(workspace: Workspace, done: list[str]) -> None:
    """Every page, and every run on the page that shows runs."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60).run()
    for name in (name for group in PAGES.values() for name in group):
        app = app.switch_page(f"pages/{name}.py").run()
        assert not app.exception, name
        searched(f"the page {name}", text_of(app))
    app = app.switch_page("pages/generate.py")
    app.session_state[VIEW] = RUNS
    for run in done:
        app.session_state[RUN] = run
        app.run()
        assert not app.exception
        searched(f"the page of {run}", text_of(app))
        assert f"**{read_run(workspace, run).status.capitalize()}.**" in text_of(app)


def text_of(app: AppTest) -> str:
    """All that the browser gets, without the marks that keep it from being read as Markdown."""
    elements = [element for part in (app.main, app.sidebar) for element in part]
    told = "\n".join(str(getattr(element, "proto", element)) for element in elements)
    return told.replace("\\", "").replace("\u200c", "").replace("342200214", "")


def test_t7_a_process_that_logs_everything_says_no_key(server: Serving, workspace: Workspace, tmp_path: Path) -> None:
    """Debugging messages of the HTTP client and of ours, and tracebacks, against a server that repeats what it got."""
    workspace.close()
    server.faults = Faults(first=("echo", "", "echo", "", "", "", "auth"))
    command = [sys.executable, "-m", "tests.faults.talks", str(tmp_path / "w.duckdb"), "Environment"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, env=dict(os.environ), check=True, timeout=100)
    searched("what a process says", done.stdout + done.stderr)
    assert b"DEBUG" in done.stderr
    assert all(entry.authorized for entry in server.log.entries)
    assert server.log.count > 3
    files(tmp_path)
