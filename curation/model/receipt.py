"""What one request did cost, as it is written down."""

from curation.model.ledger import Attempt, Response
from curation.model.prices import Price, cost
from curation.model.reading import Read
from curation.model.wire import Got

MAYBE_PAID = frozenset({"timeout", "unknown"})
"""Sent, and nothing came back: what was set aside stays booked (F5)."""


BYTES_PER_TOKEN = 4


def receipt(attempt: Attempt, got: Got, found: Read, price: Price | None, seconds: float) -> Response:
    """What the endpoint counted, else what was set aside where it may have been charged, else nothing.

    An endpoint that wrote on beyond what it was allowed, until it was cut off, is booked by the bytes that came.
    """
    kind = got.trouble.kind if got.trouble is not None else ""
    written = attempt.prompt.max_tokens
    booked = (attempt.tokens - written, max(written, _by_size(got.body, found)))
    if not kind and found.prompt_tokens is not None and found.completion_tokens is not None:
        booked = (found.prompt_tokens, found.completion_tokens)
    elif kind and kind not in MAYBE_PAID:
        booked = (0, 0)
    dollars = cost(price, *booked) if any(booked) else 0.0
    return Response(attempt.id, kind, got.status, got.body, *booked, dollars, seconds)


def _by_size(body: bytes, found: Read) -> int:
    return len(body) // BYTES_PER_TOKEN if found.problem == "too large" else 0
