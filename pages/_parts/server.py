"""How the dashboard is served: on this computer only, to its own pages only, with no way out for hostile text."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from curation.errors import CurationError
from curation.home import workspace_path
from pages._parts.garbage import SetAside
from pages._parts.login import REQUIRED, login_host

HOSTS = ["127.0.0.1", "localhost"]

# Plotly compiles shaders with eval and Streamlit's own page has an inline script; neither can load from elsewhere.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "frame-src 'self'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'self'",
        "object-src 'none'",
    ]
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
}


class SecurityHeaders:
    """ASGI middleware that puts `HEADERS` on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def serve(script: str, arguments: Sequence[str]) -> None:
    """Serve the dashboard until it is stopped; `arguments` are those of the command line.

    Raises:
        SystemExit: an argument is refused (2), or the address, or the port is taken (1).
    """
    options = _parser().parse_args(arguments)
    hosts = _hosts(options.address)
    if options.workspace:
        os.environ["SIFT_WORKSPACE"] = str(options.workspace)
    workspace = workspace_path()
    workspace.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["SIFT_WORKSPACE"] = str(workspace)
    # Without this, an address such as /review that is opened before / runs that one file without app.py around it:
    # until st.navigation has run once, Streamlit takes a folder called pages/ for its older kind of app.
    PagesManager.uses_pages_directory = False
    app = st.App(
        Path(script).resolve(),
        middleware=[Middleware(SecurityHeaders), Middleware(TrustedHostMiddleware, allowed_hosts=hosts)],
    )
    gc.callbacks.append(SetAside())
    app.run(
        config={"server.address": options.address, "server.port": options.port, "server.allowedHosts": hosts},
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="app.py", description="Start the Sift dashboard on this computer.")
    parser.add_argument("--workspace", type=Path, help="workspace file (default: SIFT_WORKSPACE, else your own one)")
    parser.add_argument("--port", type=int, default=8501, help="port (default: 8501)")
    parser.add_argument("--address", default="127.0.0.1", help="127.0.0.1 (default); another one needs log-in")
    return parser


def _hosts(address: str) -> list[str]:
    """The hosts that we answer to; whoever can reach us from another computer has to log in (T9).

    Raises:
        SystemExit: log-in is not configured, or in a way that lets others in.
    """
    try:
        login = login_host()
    except CurationError as error:
        sys.exit(str(error))
    if login:
        os.environ[REQUIRED] = "1"
    elif address not in HOSTS:
        sys.exit(
            f"{address} could be reached from other computers, and no log-in is configured. Use one of "
            f"{', '.join(HOSTS)}; from another computer, come in through an SSH tunnel. For a team, configure log-in: "
            "see “Several reviewers” in docs/reviewing.md."
        )
    return [*HOSTS, login] if login else HOSTS
