"""Connections, one lane each: apart from wire.py, so that httpx2 is loaded with the first connection only.

The pool of httpcore2 looks at every connection for every request, which at 64 in flight is nearly half of the work. The
gate lets in no more requests than there are connections, so each can simply take a free one.
"""

import socket
from collections.abc import AsyncIterator, Callable

import httpx2

from curation.model.reading import MOST_BYTES

ALIVE = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
"""Long answers must not look like dead connections on the way; the SDK asks for the same."""


class Bounded(httpx2.AsyncByteStream):
    """The same bytes, until there are too many of them (F12)."""

    def __init__(self, inner: httpx2.AsyncByteStream, closed: Callable[[], None]) -> None:
        """Stand in front of the stream that the transport gave; `closed` is called when it is closed."""
        self._inner, self._closed = inner, closed

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The chunks; the last one may be cut."""
        left = MOST_BYTES
        async for chunk in self._inner:
            yield chunk[:left]
            left -= len(chunk)
            if left <= 0:
                return

    async def aclose(self) -> None:
        """Close the connection's side of it."""
        try:
            await self._inner.aclose()
        finally:
            self._closed()


class Lanes(httpx2.AsyncBaseTransport):
    """A transport that takes a connection of its own for each request that is under way, and keeps it for the next."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._trust = httpx2.create_ssl_context()
        self._one = httpx2.Limits(max_connections=1, max_keepalive_connections=1)
        self._free: list[httpx2.AsyncHTTPTransport] = []
        self._all: list[httpx2.AsyncHTTPTransport] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it on the lane that was used last, or on a new one where all are taken."""
        lane = self._free.pop() if self._free else self._another()
        try:
            response = await lane.handle_async_request(request)
        except BaseException:
            self._free.append(lane)
            raise
        return bounded(response, lambda: self._free.append(lane))

    async def aclose(self) -> None:
        """Close all connections."""
        for lane in self._all:
            await lane.aclose()

    def _another(self) -> httpx2.AsyncHTTPTransport:
        lane = httpx2.AsyncHTTPTransport(verify=self._trust, limits=self._one, socket_options=ALIVE)
        self._all.append(lane)
        return lane


def bounded(response: httpx2.Response, closed: Callable[[], None]) -> httpx2.Response:
    """Put the cap in front of an answer that has not been read."""
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = Bounded(response.stream, closed)
    return response


async def hook(response: httpx2.Response) -> None:
    """The same for a transport that is not ours."""
    bounded(response, lambda: None)
