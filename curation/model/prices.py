"""What asking costs: prices per model, the most that one prompt can cost, and the cost expected of a whole run.

Prices come from the endpoint itself where the user entered them, else from the bundled data of `genai-prices`
(https://github.com/pydantic/genai-prices), which is never updated over the network. Money is in US dollars.
"""

import ipaddress
import math
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from curation.model.endpoint import Endpoint
from curation.model.structure import Form, in_words
from curation.prompts import Asking, Prompt

MILLION = 1_000_000
LOOKED_UP = 1000
"""Tokens for which the library is asked: prices that rise with the length of the prompt rise above 100,000."""
CHARACTERS_PER_TOKEN = 4
"""Of English text (https://help.openai.com/en/articles/4936856-what-are-tokens-and-how-to-count-them)."""
PER_MESSAGE = 16
"""Tokens that a chat template adds to one message; those of OpenAI, Llama, Qwen and Mistral add 3 to 8."""
PER_PROMPT = 128
"""Tokens that a template adds once: start, cue to answer, and a system message of its own (gpt-oss: about 70)."""


@dataclass(frozen=True)
class Price:
    """US dollars per million tokens, read and written."""

    prompt: float
    completion: float


@dataclass(frozen=True)
class Estimate:
    """What a run will ask for.

    Args:
        calls: requests.
        prompt_tokens: tokens read.
        completion_tokens: tokens written.
        cost: US dollars for these; NaN where no price is known.
        most_cost: US dollars where every token of a prompt is one character and every answer as long as it may be.
    """

    calls: float
    prompt_tokens: float
    completion_tokens: float
    cost: float
    most_cost: float


def price_of(endpoint: Endpoint) -> Price | None:
    """The user's own price, else the listed one; a model on this computer costs nothing; None where none is known.

    >>> price_of(Endpoint("Local", "http://localhost:11434/v1", "llama3"))
    Price(prompt=0.0, completion=0.0)
    """
    if endpoint.prompt_price is not None and endpoint.completion_price is not None:
        return Price(endpoint.prompt_price, endpoint.completion_price)
    return listed_price(endpoint.base_url, endpoint.model)


def listed_price(base_url: str, model: str) -> Price | None:
    """The price of the library for a model at an address, in its lowest tier; 0 on this computer; None if unknown.

    A model that is listed without a price for what it writes, or with one for each request as well, counts as unknown,
    because such a price would be too low.

    >>> listed_price("https://api.openai.com/v1", "gpt-4o-mini")
    Price(prompt=0.15, completion=0.6)
    """
    if _is_here(urlsplit(base_url).hostname or ""):
        return Price(0.0, 0.0)
    from genai_prices import Usage, calc_price

    usage = Usage(input_tokens=LOOKED_UP, output_tokens=LOOKED_UP)
    try:
        found = calc_price(usage, model, provider_api_url=base_url)
    except LookupError:
        return None
    if not found.output_price or found.total_price > found.input_price + found.output_price:
        return None
    scale = MILLION / LOOKED_UP
    return Price(float(found.input_price) * scale, float(found.output_price) * scale)


def cost(price: Price | None, prompt_tokens: float, completion_tokens: float) -> float:
    """US dollars for so many tokens; NaN where no price is known.

    >>> cost(Price(1.0, 4.0), 500_000, 250_000)
    1.5
    """
    if price is None:
        return math.nan
    return (price.prompt * prompt_tokens + price.completion * completion_tokens) / MILLION


def most_tokens(prompt: Prompt, form: Form) -> int:
    """The most tokens that reading this prompt can cost, in whatever form its schema is stated.

    A token of a byte-level tokeniser is at least one byte, so there are no more tokens than bytes of UTF-8; a server
    that forces a schema may put it in front of the model too, so its bytes count in every form.
    """
    messages = prompt.messages if form == "schema" else in_words(prompt.messages, prompt.schema)
    schema = prompt.schema if form == "schema" else ""
    texts = [schema, prompt.complete, prompt.moderate, *(message.content for message in messages)]
    return PER_PROMPT + PER_MESSAGE * len(messages) + sum(len(text.encode("utf-8", "replace")) for text in texts)


def likely_tokens(characters: float) -> float:
    """Tokens of an English text of so many characters.

    >>> likely_tokens(400)
    100.0
    """
    return characters / CHARACTERS_PER_TOKEN


def estimate(askings: Sequence[Asking], price: Price | None) -> Estimate:
    """What a whole run will ask and cost, as its method expects it."""
    read = sum(asking.calls * likely_tokens(asking.prompt_characters) for asking in askings)
    written = sum(asking.calls * asking.answer_tokens for asking in askings)
    most_read = sum(asking.calls * (asking.prompt_characters + PER_PROMPT + PER_MESSAGE) for asking in askings)
    most_written = sum(asking.calls * asking.max_tokens for asking in askings)
    return Estimate(
        calls=sum(asking.calls for asking in askings),
        prompt_tokens=read,
        completion_tokens=written,
        cost=cost(price, read, written),
        most_cost=cost(price, most_read, most_written),
    )


def _is_here(host: str) -> bool:
    """Whether it is this computer: a loopback address or a name of one."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
