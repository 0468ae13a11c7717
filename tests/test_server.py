"""How the dashboard is served: to this computer only, with headers that keep hostile text inside."""

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from curation.home import home, workspace_path
from tests.dashboard import ROOT, Dashboard, started

HANDSHAKE = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{origin}\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def handshake(dashboard: Dashboard, host: str, origin: str) -> int:
    """The status that a WebSocket handshake gets, spoken by hand."""
    with socket.create_connection(("127.0.0.1", dashboard.port), timeout=10) as line:
        line.sendall(HANDSHAKE.format(host=host, origin=origin).encode())
        return int(line.recv(4096).split()[1])


def get(dashboard: Dashboard, path: str = "/", **headers: str) -> tuple[int, dict[str, str]]:
    """Status and headers (names in lower case) of one GET."""
    try:
        with urllib.request.urlopen(urllib.request.Request(dashboard.url + path, headers=headers)) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, {name.lower(): value for name, value in refused.headers.items()}


def test_own_page_may_open_the_websocket(dashboard):
    own = f"127.0.0.1:{dashboard.port}"
    assert handshake(dashboard, host=own, origin=own) == 101


def test_dns_rebinding_is_refused(dashboard):
    """T8: a page of another site whose name was pointed at 127.0.0.1."""
    assert handshake(dashboard, host="evil.example", origin="evil.example") in (400, 403)


def test_another_site_may_not_open_the_websocket(dashboard):
    """T8: another site that calls us by our own name."""
    assert handshake(dashboard, host=f"127.0.0.1:{dashboard.port}", origin="evil.example") == 403


def test_foreign_host_gets_nothing(dashboard):
    """T8: plain requests, too."""
    assert get(dashboard, Host="evil.example")[0] == 400
    assert get(dashboard, Host="localhost")[0] == 200


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/no/such/file.js"])
def test_every_answer_carries_the_policy(dashboard, path):
    """T10: nobody may frame us; T1: nothing is fetched from elsewhere."""
    _, headers = get(dashboard, path)
    policy = headers["content-security-policy"].split("; ")
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'self'" in policy
    assert "img-src 'self' data: blob:" in policy
    assert not [part for part in policy if "http:" in part or "https:" in part or " *" in part]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_refusal_carries_the_policy_too(dashboard):
    status, headers = get(dashboard, Host="evil.example")
    assert status == 400
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.20", "example.org"])
def test_an_address_that_others_could_reach_is_refused(address):
    """T9: there is no log-in, so the dashboard does not leave this computer."""
    tried = subprocess.run(
        [sys.executable, "app.py", "--address", address], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert tried.returncode != 0
    assert f"{address} could be reached from other computers" in tried.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_listens_on_loopback_only(dashboard):
    """T9: what the kernel says about our port."""
    port = f"{dashboard.port:04X}"
    rows = [row.split() for table in ("tcp", "tcp6") for row in Path(f"/proc/net/{table}").read_text().splitlines()]
    listening = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{port}")]
    assert listening == [f"0100007F:{port}"]


def test_an_address_from_the_environment_does_not_win(tmp_path):
    """T9: Streamlit's own variable cannot open the door either (127.0.0.2 reaches a server on all interfaces)."""
    with (
        started(tmp_path / "w.duckdb", STREAMLIT_SERVER_ADDRESS="0.0.0.0") as running,
        pytest.raises(ConnectionRefusedError),
    ):
        socket.create_connection(("127.0.0.2", running.port), timeout=2)


def test_a_taken_port_is_said(dashboard):
    tried = subprocess.run(
        [sys.executable, "app.py", "--port", str(dashboard.port)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert tried.returncode != 0
    assert f"Port {dashboard.port} is not available" in tried.stderr + tried.stdout


def test_the_workspace_is_named_or_the_readers_own(monkeypatch, tmp_path):
    monkeypatch.delenv("SIFT_WORKSPACE", raising=False)
    monkeypatch.setenv("SIFT_HOME", str(tmp_path))
    assert workspace_path() == tmp_path / "default.duckdb"
    monkeypatch.setenv("SIFT_WORKSPACE", "mine.duckdb")
    assert workspace_path() == Path.cwd() / "mine.duckdb"


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG folders are Linux's")
def test_home_follows_xdg(monkeypatch, tmp_path):
    monkeypatch.delenv("SIFT_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert home() == tmp_path / "sift"
    monkeypatch.setenv("XDG_DATA_HOME", "relative/is/ignored")
    assert home() == Path.home() / ".local" / "share" / "sift"
