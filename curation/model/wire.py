"""One HTTP call to an endpoint: no retries, no redirects, bounded in bytes and time, nothing sent but what it needs."""

import ipaddress
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from curation.errors import ModelError
from curation.model.addresses import forbidden, resolved
from curation.model.endpoint import Endpoint
from curation.model.keys import key_of
from curation.model.problems import problem
from curation.model.redaction import scrubbed

if TYPE_CHECKING:
    import httpx2
    import openai

MOST_BYTES = 4_000_000
"""A longer answer is not read to its end (F12); 4 MB is about a million tokens."""
HEADERS = frozenset(
    {"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent"}
    | {"x-stainless-raw-response"}
)
"""What is sent besides the key. The SDK adds organisation, project and custom headers from the environment, which
belong to the provider that they were set for and not to whatever address is asked; it reads the last one of these
back from the request to know that the bytes are wanted."""

Call = Callable[["openai.OpenAI"], bytes]


class _Connected(Protocol):
    def get_extra_info(self, info: str) -> object: ...

    def close(self) -> None: ...


def send(endpoint: Endpoint, call: Call, timeout: float) -> bytes:
    """Let `call` use a client for the endpoint and give the bytes of the answer.

    Args:
        endpoint: where to.
        call: makes exactly one request and returns its body.
        timeout: seconds for the whole answer.

    Raises:
        ModelError: no answer, or one that says no; its kind tells which, its message never holds the key.
    """
    key = key_of(endpoint)
    _check_resolved(endpoint)
    import openai

    trouble: ModelError
    try:
        with _client(endpoint, key, timeout) as client:
            return scrubbed(call(client), key)
    except (openai.OpenAIError, ModelError) as error:
        trouble = problem(endpoint, key, error)
    # Outside the except block, so that the SDK's error, which holds headers and body, does not hang on to ours.
    raise trouble


def _client(endpoint: Endpoint, key: str, timeout: float) -> "openai.OpenAI":
    import openai

    guard = _Guard(endpoint, key, timeout)
    http = openai.DefaultHttpxClient(
        follow_redirects=False,
        timeout=timeout,
        event_hooks={"request": [guard.before], "response": [guard.after]},
    )
    return openai.OpenAI(
        base_url=endpoint.base_url, api_key=key or "none", timeout=timeout, max_retries=0, http_client=http
    )


def _check_resolved(endpoint: Endpoint) -> None:
    if any(forbidden(address) for address in resolved(endpoint.host, endpoint.port)):
        raise _wrong_place(endpoint)


def _wrong_place(endpoint: Endpoint) -> ModelError:
    return ModelError(
        f"{endpoint.host} leads to a link-local or metadata address, where no model lives. Nothing was sent. "
        "Check the address of this endpoint.",
        "address",
    )


@dataclass
class _Guard:
    """Watches one request: the address that it really reaches, its headers, and the size and age of the answer."""

    endpoint: Endpoint
    key: str
    timeout: float

    def before(self, request: "httpx2.Request") -> None:
        for name in [name for name in request.headers if name.lower() not in HEADERS]:
            del request.headers[name]
        request.headers["accept-encoding"] = "identity"
        if self.key:
            request.headers["authorization"] = f"Bearer {self.key}"
        request.extensions["trace"] = self.connected

    def connected(self, event: str, info: Mapping[str, object]) -> None:
        """Look at the address once more when the connection stands and before anything is sent on it (T4)."""
        if event != "connection.connect_tcp.complete":
            return
        stream = cast(_Connected, info["return_value"])
        peer = stream.get_extra_info("server_addr")
        if isinstance(peer, tuple) and forbidden(ipaddress.ip_address(str(peer[0]))):
            stream.close()
            raise _wrong_place(self.endpoint)

    def after(self, response: "httpx2.Response") -> None:
        import httpx2

        class Bounded(httpx2.SyncByteStream):
            def __init__(self, inner: httpx2.SyncByteStream, chunks: Iterator[bytes]) -> None:
                self.inner, self.chunks = inner, chunks

            def __iter__(self) -> Iterator[bytes]:
                return self.chunks

            def close(self) -> None:
                self.inner.close()

        inner = response.stream
        if isinstance(inner, httpx2.SyncByteStream):
            response.stream = Bounded(inner, self.bounded(inner))

    def bounded(self, chunks: "httpx2.SyncByteStream") -> Iterator[bytes]:
        """The same bytes, until there are too many of them or they take too long."""
        size, start = 0, time.monotonic()
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise ModelError(
                    f"{self.endpoint.name} sent more than {MOST_BYTES // 1_000_000} MB and was cut off. "
                    "Ask for fewer tokens.",
                    "too large",
                )
            if time.monotonic() - start > self.timeout:
                raise ModelError(f"{self.endpoint.name} did not finish its answer in {self.timeout:g} s.", "timeout")
            yield chunk
