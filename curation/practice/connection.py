"""One connection of the practice server: HTTP/1.1, one request after the other, answers whole or broken on purpose."""

import asyncio
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal, cast

from curation.practice.log import Entry
from curation.practice.protocol import Out, failure

MOST_HEAD = 64_000
MOST_BODY = 32_000_000
Line = Literal["whole", "hang", "cut", "reset"]


@dataclass
class Request:
    """What came in; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class Plan:
    """What goes out.

    Args:
        out: the answer.
        line: how the connection behaves.
        delay: seconds before it goes out.
        entry: the entry in the log, None for requests that are not counted.
    """

    out: Out
    line: Line = "whole"
    delay: float = 0.0
    entry: Entry | None = None
    close: bool = False


class Malformed(Exception):
    """What came in is no HTTP that this server reads; holds the answer."""

    def __init__(self, out: Out) -> None:
        """Keep the answer."""
        super().__init__(out.status)
        self.out = out


@dataclass
class Connection(asyncio.Protocol):
    """Takes requests from the line and sends what `decide` plans for them.

    Args:
        decide: request → plan.
        sent: called with the entry of an answer that is out in full.
        open_ones: where the connection is listed while it stands.
    """

    decide: Callable[[Request], Plan]
    sent: Callable[[Entry], None]
    open_ones: set["Connection"]
    buffer: bytearray = field(default_factory=bytearray)
    busy: bool = False
    waiting: Entry | None = None
    transport: asyncio.Transport = field(init=False)

    __hash__ = object.__hash__

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; a write counts as done only when nothing of it is left in this process."""
        self.transport = cast(asyncio.Transport, transport)
        self.transport.set_write_buffer_limits(0)
        self.open_ones.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """End; an answer that was not out yet stays unfinished."""
        self.waiting = None
        self.open_ones.discard(self)

    def data_received(self, data: bytes) -> None:
        """Take in bytes, which may be half a request or more than one."""
        self.buffer += data
        self._next()

    def resume_writing(self) -> None:
        """All bytes are out."""
        if self.waiting is not None:
            self.sent(self.waiting)
            self.waiting = None

    def _next(self) -> None:
        if self.busy or self.transport.is_closing():
            return
        try:
            request = take(self.buffer)
        except Malformed as problem:
            self._send(Plan(problem.out, close=True))
            return
        if request is None:
            return
        self.busy = True
        plan = self.decide(request)
        plan.close = plan.close or request.headers.get("connection", "").lower() == "close"
        asyncio.get_running_loop().call_later(plan.delay, self._send, plan) if plan.delay else self._send(plan)

    def _send(self, plan: Plan) -> None:
        if self.transport.is_closing() or plan.line == "hang":
            return
        data = written(plan.out, close=plan.close)
        if plan.line != "whole":
            self._break(data, plan.line)
            return
        self.waiting = plan.entry
        self.transport.write(data)
        if not self.transport.get_write_buffer_size():
            self.resume_writing()
        if plan.close:
            self.transport.close()
        self.busy = False
        self._next()

    def _break(self, data: bytes, line: Line) -> None:
        """Send half of the body, then end politely or not."""
        start = data.index(b"\r\n\r\n") + 4
        self.transport.write(data[: start + (len(data) - start) // 2])
        if line == "cut":
            self.transport.close()
            return
        line_socket = self.transport.get_extra_info("socket")
        line_socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # A moment, so that the half is on its way before the reset overtakes it.
        asyncio.get_running_loop().call_later(0.01, self.transport.abort)


def take(buffer: bytearray) -> Request | None:
    """Take one request off the start of the buffer; None while it is not complete.

    Raises:
        Malformed: no HTTP, or too large, or a body without Content-Length.
    """
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        if len(buffer) > MOST_HEAD:
            raise Malformed(failure(431, "The headers are too large."))
        return None
    request = _head(bytes(buffer[:end]))
    length = _length(request)
    if len(buffer) < end + 4 + length:
        return None
    request.body = bytes(buffer[end + 4 : end + 4 + length])
    del buffer[: end + 4 + length]
    return request


def written(out: Out, *, close: bool) -> bytes:
    """The answer as bytes."""
    headers = {"content-type": "application/json", **out.headers, "content-length": str(len(out.body))}
    if close:
        headers["connection"] = "close"
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return (
        f"HTTP/1.1 {out.status} {HTTPStatus(out.status).phrase}\r\n{lines}\r\n".encode("latin-1", "replace") + out.body
    )


def _head(head: bytes) -> Request:
    first, *rest = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise Malformed(failure(400, "This is no HTTP/1.1 request."))
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    if words[2] == "HTTP/1.0":
        headers["connection"] = "close"
    return Request(words[0], words[1].partition("?")[0], headers)


def _length(request: Request) -> int:
    given = request.headers.get("content-length", "0")
    if "transfer-encoding" in request.headers or not given.isdecimal():
        raise Malformed(failure(411, "A body needs a Content-Length."))
    if int(given) > MOST_BODY:
        raise Malformed(failure(413, "The body is too large."))
    return int(given)
