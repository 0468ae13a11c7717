"""The only way to an endpoint: no retries, no redirects, bounded in bytes and time, nothing sent but what it needs."""

import asyncio
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast
from urllib.request import getproxies

from curation.errors import ModelError
from curation.model.addresses import forbidden, resolved
from curation.model.endpoint import Endpoint
from curation.model.keys import key_of
from curation.model.problems import problem
from curation.model.reading import MOST_BYTES
from curation.model.redaction import redacted, scrubbed
from curation.prompts import Json

if TYPE_CHECKING:
    import httpx2

HEADERS = frozenset({b"host", b"accept", b"connection", b"content-type", b"content-length", b"user-agent"})
"""What goes out of what the SDK would send. It adds organisation, project and custom headers of the environment, which
belong to the provider that they were set for and not to whatever address is asked."""
CHAT, RAW, MODERATION = "/chat/completions", "/completions", "/moderations"
KEPT_OF_A_PROBLEM = 2000


@dataclass(frozen=True)
class Got:
    """What came back for one request.

    Args:
        status: the HTTP status, 0 where none came.
        body: the bytes without the key; the first 2 kB of them where there is trouble.
        trouble: None for a status 2xx, else what happened, with its kind; the message never holds the key.
        retry_after: the header of that name as it came, "" where there is none.
    """

    status: int
    body: bytes
    trouble: ModelError | None = None
    retry_after: str = ""


class _Connected(Protocol):
    def get_extra_info(self, info: str) -> object: ...


class Wire:
    """Connections to one endpoint, for one event loop; an asynchronous context.

    Args:
        endpoint: where to.
        timeout: seconds for one whole answer.
        parallel: the most connections.

    Raises:
        ModelError: (on entering) the key is missing, or the host leads where no model lives.
    """

    def __init__(self, endpoint: Endpoint, timeout: float, parallel: int = 1) -> None:
        """Make the connections lazily: nothing is opened before the first request."""
        self._endpoint, self._timeout, self._parallel = endpoint, timeout, parallel

    async def __aenter__(self) -> "Wire":
        import openai

        self._key = key_of(self._endpoint)
        await asyncio.to_thread(_check_resolved, self._endpoint)
        self._client = openai.AsyncOpenAI(
            base_url=self._endpoint.base_url,
            api_key=self._key or "none",
            timeout=self._timeout,
            max_retries=0,
            http_client=self._connections(),
        )
        return self

    def _connections(self) -> "httpx2.AsyncClient":
        import httpx2
        import openai

        from curation.model.lanes import Lanes, hook

        # Where the environment names a proxy, the client's own transport is the one that goes through it.
        own = None if getproxies() else Lanes()
        return openai.DefaultAsyncHttpxClient(
            follow_redirects=False,
            timeout=self._timeout,
            transport=own,
            limits=httpx2.Limits(max_connections=self._parallel, max_keepalive_connections=self._parallel),
            event_hooks={"request": [self._before], "response": [] if own else [hook]},
        )

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()

    async def complete(self, body: Mapping[str, Json]) -> Got:
        """Exactly one request: for a chat completion, the end of a raw `prompt`, or scores of harm in an `input`.

        Whatever happens, it is in what is returned.
        """
        path = RAW if "prompt" in body else MODERATION if "input" in body else CHAT
        return await self._one("POST", path, body)

    async def models(self) -> Got:
        """Exactly one request for the list of models."""
        return await self._one("GET", "/models", None)

    async def _one(self, method: str, path: str, body: Mapping[str, Json] | None) -> Got:
        import httpx2
        import openai

        try:
            async with asyncio.timeout(self._timeout):
                if method == "GET":
                    response = await self._client.get(path, cast_to=httpx2.Response)
                else:
                    response = await self._client.post(path, cast_to=httpx2.Response, body=body)
                return Got(response.status_code, self._clean(response.content))
        except openai.APIStatusError as error:
            # Twice as much is searched for the key as is kept, so that no part of one is left at the end.
            start = redacted(error.response.content[: 2 * KEPT_OF_A_PROBLEM].decode("utf-8", "replace"), self._key)
            kept = start.encode()[:KEPT_OF_A_PROBLEM]
            wait = error.response.headers.get("retry-after", "")
            return Got(error.status_code, kept, problem(self._endpoint, self._key, error), wait)
        except (openai.OpenAIError, TimeoutError, ModelError) as error:
            return Got(0, b"", problem(self._endpoint, self._key, error))

    def _clean(self, body: bytes) -> bytes:
        """The body without the key; one that was cut off at the cap keeps the length that tells so."""
        clean = scrubbed(body, self._key)
        return clean if len(body) < MOST_BYTES else clean[:MOST_BYTES].ljust(MOST_BYTES)

    async def _before(self, request: "httpx2.Request") -> None:
        kept = [(name, value) for name, value in request.headers.raw if name.lower() in HEADERS]
        kept.append((b"accept-encoding", b"identity"))
        if self._key:
            kept.append((b"authorization", f"Bearer {self._key}".encode()))
        request.headers = type(request.headers)(kept)
        request.extensions["trace"] = self._connected

    async def _connected(self, event: str, info: Mapping[str, object]) -> None:
        """Look at the address once more when the connection stands and before anything is sent on it (T4)."""
        if event != "connection.connect_tcp.complete":
            return
        peer = cast(_Connected, info["return_value"]).get_extra_info("server_addr")
        if isinstance(peer, tuple) and forbidden(ipaddress.ip_address(str(peer[0]))):
            await cast("httpx2.AsyncByteStream", info["return_value"]).aclose()
            raise _wrong_place(self._endpoint)


def _check_resolved(endpoint: Endpoint) -> None:
    if any(forbidden(address) for address in resolved(endpoint.host, endpoint.port)):
        raise _wrong_place(endpoint)


def _wrong_place(endpoint: Endpoint) -> ModelError:
    return ModelError(
        f"{endpoint.host} leads to a link-local or metadata address, where no model lives. Nothing was sent. "
        "Check the address of this endpoint.",
        "address",
    )
