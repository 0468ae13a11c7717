"""How the command line starts and ends: quickly, and with an exit status that says what happened."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest

from curation.cli import COMMANDS
from curation.cli.talking import STOPPED, STOPPING
from curation.store import open_workspace
from curation.store.runs import recent_runs

SIFT = [sys.executable, "-c", "from curation.cli import main; main()"]
HEAVY = ("numpy", "duckdb", "pydantic", "numba", "torch", "datasets", "sklearn", "pyarrow", "httpx", "rich.progress")


def sift(*arguments):
    return subprocess.run([*SIFT, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120)


def test_help_lists_every_command_and_imports_nothing_heavy():
    listed = "import sys; from curation.cli import main\ntry: main()\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", listed, "--help"], capture_output=True, text=True, check=True)
    commands = done.stdout.partition("Commands:")[2]
    assert all(re.search(rf"^  {name} ", commands, re.MULTILINE) for name in COMMANDS)
    assert not set(HEAVY) & set(done.stdout.split())


def test_status_0_and_words_on_standard_output_alone(tmp_path):
    open_workspace(tmp_path / "w.duckdb").close()
    done = sift("status", "-w", tmp_path / "w.duckdb")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 samples" in done.stdout


@pytest.mark.parametrize("arguments", [["status", "--nonsense"], ["nonsense"], ["curate"], ["generate", "--want", "x"]])
def test_status_2_for_wrong_usage(arguments):
    done = sift(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: " in done.stderr


def test_a_workspace_that_another_process_holds_is_said_with_its_number(tmp_path):
    """F15."""
    path = tmp_path / "w.duckdb"
    held = open_workspace(path)
    done = sift("status", "-w", path, "--json")
    held.close()
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{path} is open in process {os.getpid()}. Close it there (or stop that process), then try again.\n"
    )


def _hears_ctrl_c():
    """A shell starts what runs in the background deaf to it, and so are its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize(("times", "status"), [(1, "cancelled"), (2, "interrupted")])
def test_ctrl_c_stops_a_run_with_status_130_and_it_can_go_on(tmp_path, times, status):
    """Once waits for the answer that is on its way, here until the connection ends; twice leaves at once."""
    path = tmp_path / "w.duckdb"
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        ask = ["generate", "ask", "-m", "m", "--base-url", address, "--set", "prompt=Hello", "-w", str(path)]
        begun = subprocess.Popen(
            [*SIFT, *ask], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=_hears_ctrl_c
        )
        server.settimeout(60)
        with server.accept()[0] as asked:
            asked.recv(1)
            for _ in range(times):
                begun.send_signal(signal.SIGINT)
                time.sleep(0.5)
            if times > 1:
                assert begun.wait(20) == 130
        said, error = begun.communicate(timeout=60)
    assert (begun.returncode, said) == (130, "")
    said = error.splitlines()
    assert said.index(STOPPING) + 1 == said.index(STOPPED)
    opened = open_workspace(path)
    run = recent_runs(opened, 1)[0]
    opened.close()
    assert (run.status, run.is_resumable) == (status, True)


def test_a_job_that_is_stopped_says_so(monkeypatch, capsys):
    """The bar and the sentence of `do`, without a process of its own."""
    from curation import runs
    from curation.cli import talking

    def stopped(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(runs, "run_now", stopped)
    job = runs.Job("measure", "all", {}, lambda _run, _step: "")
    with pytest.raises(KeyboardInterrupt):
        talking.do(None, job)
    assert capsys.readouterr().err == f"{STOPPED}\n"
