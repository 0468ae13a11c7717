"""The practice server: its own thread, on the loopback interface only, gone with the process."""

import asyncio
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from curation.practice.broken import Asked, broken
from curation.practice.connection import Connection, Line, Plan, Request
from curation.practice.faults import NONE, Fault, Faults
from curation.practice.log import Entry, Log
from curation.practice.moderation import Moderated
from curation.practice.protocol import (
    CHAT,
    MODERATION,
    RAW,
    Chat,
    Out,
    Refused,
    answered,
    complete,
    elsewhere,
    read_chat,
)
from curation.practice.raw import Raw

KINDS: Mapping[str, type[Chat]] = {CHAT: Chat, RAW: Raw, MODERATION: Moderated}
"""Path → what is asked there."""


@dataclass
class Serving:
    """A practice server that runs until it is closed; also a context manager.

    `faults` and `delay` may be changed while it runs and hold for the requests that come after.

    Args:
        base_url: the address for clients, up to `/v1`.
        log: what was on the wire.
        faults: what goes wrong.
        delay: seconds from a request to its answer.
    """

    base_url: str
    log: Log
    faults: Faults = NONE
    delay: float = 0.0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop, repr=False)
    _open: set[Connection] = field(default_factory=set, repr=False)
    _before: dict[str, list[tuple[str, str]]] = field(default_factory=dict, repr=False)
    _thread: threading.Thread | None = field(default=None, repr=False)

    def __enter__(self) -> "Serving":
        """Give the server, which runs already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Break all connections and stop. Twice is once."""
        if self._thread is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self.log.close()

    def start(self, listening: socket.socket) -> None:
        """Serve this socket in a thread of its own; called once, by `serve`."""
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(listening, ready), name="practice model", daemon=True)
        self._thread.start()
        ready.wait()

    def decide(self, request: Request) -> Plan:
        """What to answer."""
        if request.method != "POST" or request.path not in KINDS:
            return Plan(elsewhere(request.method, request.path))
        authorization = request.headers.get("authorization", "")
        entry = self.log.arrived(request.body, authorized=bool(authorization))
        fault = self.faults.of(entry.number)
        entry.fault = fault
        try:
            out = self._answer(read_chat(request.body, KINDS[request.path]), entry, authorization)
        except Refused as refused:
            out, fault = refused.out, ""
        entry.status, entry.prompt_tokens, entry.completion_tokens = (
            out.status,
            out.prompt_tokens,
            out.completion_tokens,
        )
        return Plan(out, _line(cast(Fault, fault)), self.delay, entry)

    def _answer(self, chat: Chat, entry: Entry, authorization: str) -> Out:
        kind = f"{type(chat).__name__} {chat.response_format}"
        if entry.fault:
            asked = Asked(chat, entry.number, self.faults, authorization, self._before.get(kind))
            return broken(cast(Fault, entry.fault), asked)
        texts = complete(chat)
        if self.faults is not NONE:
            self._before[kind] = texts
        return answered(chat, entry.number, texts)

    def _run(self, listening: socket.socket, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)

        def connection() -> Connection:
            return Connection(self.decide, self.log.finished, self._open)

        server = self._loop.run_until_complete(self._loop.create_server(connection, sock=listening, backlog=1024))
        # From within the loop, so that a `close` right away finds it running.
        self._loop.call_soon(ready.set)
        try:
            self._loop.run_forever()
        finally:
            server.close()
            for one in list(self._open):
                one.transport.abort()
            # Once round, in which the connections learn that they are gone.
            self._loop.run_until_complete(asyncio.sleep(0))
            self._loop.close()


def serve(faults: Faults = NONE, delay: float = 0.0, port: int = 0, log: Log | None = None) -> Serving:
    """Start a practice server on 127.0.0.1.

    Args:
        faults: what goes wrong.
        delay: seconds from a request to its answer.
        port: 0 for any that is free.
        log: where requests are noted; an own one without a file if left out.

    Raises:
        OSError: the port is taken.
    """
    listening = socket.create_server(("127.0.0.1", port), backlog=1024)
    serving = Serving(f"http://127.0.0.1:{listening.getsockname()[1]}/v1", log or Log(), faults, delay)
    serving.start(listening)
    return serving


def _line(fault: Fault) -> Line:
    return cast(Line, fault) if fault in {"hang", "cut", "reset"} else "whole"
