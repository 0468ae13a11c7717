"""An answer of which no more is read than a cap; apart, so that httpx2 is loaded with the first connection only."""

from collections.abc import AsyncIterator

import httpx2

from curation.model.reading import MOST_BYTES


class Bounded(httpx2.AsyncByteStream):
    """The same bytes, until there are too many of them (F12)."""

    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        """Stand in front of the stream that the transport gave."""
        self._inner = inner

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
        await self._inner.aclose()


async def bounded(response: httpx2.Response) -> None:
    """Put the cap in front of an answer that has not been read."""
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = Bounded(response.stream)
