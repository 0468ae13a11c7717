"""Start the dashboard as a reader does, in a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Dashboard:
    """A running dashboard: where it answers, the file it works in and the file it logs to."""

    url: str
    workspace: Path
    log: Path

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])


@contextmanager
def started(workspace: Path, **environment: str) -> Iterator[Dashboard]:
    """A dashboard on `workspace` and a free port, stopped at the end; its log lies beside the workspace.

    `environment` adds variables; Streamlit's own ones are not inherited, so that a shell cannot change a test.
    """
    port = _free_port()
    log = workspace.with_suffix(".log")
    command = [sys.executable, "app.py", "--workspace", str(workspace), "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env=_inherited() | environment
        )
        try:
            running = Dashboard(f"http://127.0.0.1:{port}", workspace, log)
            _wait_until_healthy(running, process)
            yield running
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _inherited() -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "COV_CORE_"))}
    return ours | {"HF_HUB_OFFLINE": "1"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(running: Dashboard, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{running.url}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the dashboard did not start: {running.log.read_text()}")
