"""Asks a model one thing, lists what an endpoint offers, and says what is wrong with a connection."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from curation.errors import ModelError
from curation.model.answer import Answer, read_answer, read_models
from curation.model.endpoint import Endpoint
from curation.model.wire import Got, Wire
from curation.prompts import Json


@dataclass(frozen=True)
class Sampling:
    """How a model is asked.

    Args:
        temperature: 0 for the likeliest words, higher for more variety.
        max_tokens: the answer is cut off after this many, which is an error (`truncated`).
        timeout: seconds for the whole answer.
    """

    temperature: float = 0.7
    max_tokens: int = 1024
    timeout: float = 60.0


DEFAULT = Sampling()
SHORT = 20.0
"""Seconds that a check of a connection may wait for each of its two answers."""


def ask(endpoint: Endpoint, prompt: str, system: str = "", how: Sampling = DEFAULT) -> Answer:
    """Ask once: exactly one request, no retry, no redirect.

    Raises:
        ModelError: its kind is one of auth, quota, rate limit, not found, timeout, unreachable, address, redirect,
            server, rejected, too large, filtered, refused, truncated, empty, malformed.
    """
    # Half a character (a lone surrogate, from broken files) cannot be sent.
    prompt, system = (text.encode("utf-8", "replace").decode() for text in (prompt, system))
    messages: list[Json] = [{"role": "user", "content": prompt}]
    if system:
        messages.insert(0, {"role": "system", "content": system})
    asked: dict[str, Json] = {"model": endpoint.model, "messages": messages}
    asked |= {"temperature": how.temperature, "max_tokens": how.max_tokens}
    start = time.monotonic()
    body = _alone(endpoint, how.timeout, lambda wire: wire.complete(asked))
    return read_answer(endpoint, body, time.monotonic() - start)


def list_models(endpoint: Endpoint) -> list[str]:
    """The models that an endpoint offers, sorted.

    Raises:
        ModelError: as for `ask`; `not found` where an endpoint keeps no such list.
    """
    return read_models(endpoint, _alone(endpoint, SHORT, Wire.models))


def test_connection(endpoint: Endpoint) -> str:
    """Ask for one word, after a look at the list of models, and say in a sentence that it worked.

    Raises:
        ModelError: what is wrong and what to do; also where the model is not among those offered.
    """
    offered = _offered(endpoint)
    if offered and endpoint.model not in offered:
        first = ", ".join(offered[:8]) + (", …" if len(offered) > 8 else "")
        raise ModelError(f"{endpoint.name} offers no model named {endpoint.model}. It offers: {first}.", "not found")
    start = time.monotonic()
    try:
        ask(endpoint, "Answer with the word OK.", how=Sampling(temperature=0.0, max_tokens=16, timeout=SHORT))
    except ModelError as error:
        # Sixteen tokens are few for a model that thinks first; that it answered is what counts here.
        if error.kind not in {"truncated", "empty"}:
            raise
    return f"{endpoint.name} works: {endpoint.model} answered in {time.monotonic() - start:.1f} s."


def _offered(endpoint: Endpoint) -> list[str]:
    """The list of models; empty where the endpoint has none to show, which some servers do not."""
    try:
        return list_models(endpoint)
    except ModelError as error:
        if error.kind in {"not found", "malformed", "server", "rejected"}:
            return []
        raise


def _alone(endpoint: Endpoint, timeout: float, request: Callable[[Wire], Awaitable[Got]]) -> bytes:
    """Make one request in an event loop of its own and give the body of its answer.

    Raises:
        ModelError: no answer, or one that says no; its kind tells which.
    """

    async def once() -> Got:
        async with Wire(endpoint, timeout) as wire:
            return await request(wire)

    got = asyncio.run(once())
    if got.trouble is not None:
        raise got.trouble
    return got.body
