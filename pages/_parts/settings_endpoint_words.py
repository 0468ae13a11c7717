"""What a reader is told about an endpoint: where its key is, how fast it is asked and what it costs."""

import os

from curation.model import Endpoint
from curation.model.prices import Price, price_of


def in_words(endpoint: Endpoint) -> str:
    """Name, model and address, and then key, limits and price, on three lines."""
    price = price_in_words(price_of(endpoint)) + (" (your price)" if endpoint.prompt_price is not None else "")
    return f"{endpoint.name}\n{endpoint.model} at {endpoint.base_url}\n{_key(endpoint)} · {_limits(endpoint)} · {price}"


def price_in_words(price: Price | None) -> str:
    """A price for the end of a sentence.

    >>> price_in_words(Price(0.15, 0.6)), price_in_words(Price(0, 0)), price_in_words(None)
    ('$0.15 read, $0.60 written per million tokens', 'free', 'price not known')
    """
    if price is None:
        return "price not known"
    if not price.prompt and not price.completion:
        return "free"
    return f"{_dollars(price.prompt)} read, {_dollars(price.completion)} written per million tokens"


def _dollars(amount: float) -> str:
    """At least two digits after the point, and more only where they say something."""
    whole, _, cents = f"{amount:,.6f}".partition(".")
    return f"${whole}.{cents.rstrip('0'):0<2}"


def _key(endpoint: Endpoint) -> str:
    if endpoint.in_keyring:
        return "key in this computer's keyring"
    if not endpoint.key_env:
        return "no key"
    state = "is set" if os.environ.get(endpoint.key_env) else "is not set: set it and start Sift again"
    return f"key from {endpoint.key_env}, which {state}"


def _limits(endpoint: Endpoint) -> str:
    limits = [
        f"{endpoint.parallel} requests at a time",
        f"{endpoint.requests_per_minute:,} a minute" if endpoint.requests_per_minute else "",
        f"{endpoint.tokens_per_minute:,} tokens a minute" if endpoint.tokens_per_minute else "",
    ]
    return ", ".join(limit for limit in limits if limit)
