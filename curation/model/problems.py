"""What an endpoint's error means for the reader: a kind, what happened and what to do."""

from typing import TYPE_CHECKING

from curation.errors import ModelError
from curation.model.endpoint import Endpoint
from curation.model.redaction import excerpt

if TYPE_CHECKING:
    import openai

BY_CODE = {
    "insufficient_quota": "quota",
    "billing_hard_limit_reached": "quota",
    "context_length_exceeded": "too large",
    "content_filter": "filtered",
    "content_policy_violation": "filtered",
    "model_not_found": "not found",
    "invalid_api_key": "auth",
}
BY_STATUS = {
    401: "auth",
    402: "quota",
    403: "auth",
    404: "not found",
    405: "not found",
    408: "timeout",
    413: "too large",
    429: "rate limit",
}
SENTENCES = {
    "auth": "{name} refused the key ({status}). Check {key_place}, and that this key may use {model}.",
    "quota": "{name} says that the account has no credit or quota left ({status}). Nothing more was sent: "
    "add credit or choose another endpoint.",
    "not found": "{name} knows no such address or model ({status}). Check that the address ends as the provider says "
    "(most end in /v1), and the model name {model}.",
    "timeout": "{name} did not answer in time. The request may have been charged. Try again, or allow more time.",
    "too large": "{name} says that the request is too long for {model} ({status}). Shorten it or ask for fewer tokens.",
    "rate limit": "{name} gets too many requests ({status}). Wait {wait}, then try again.",
    "filtered": "{name} refused the request because of its content filter ({status}). Change the prompt.",
    "redirect": "{name} sends requests on to another address ({status}). The prompt was not sent there. "
    "Enter the final address.",
    "server": "{name} has a problem of its own ({status}). Try again later.",
    "rejected": "{name} did not accept the request ({status}). Check the model name {model} and the options.",
    "unknown": "{name} closed the connection before its answer was complete. The request may have been charged. "
    "Try again.",
    "unreachable": "{name} cannot be reached at {origin}. Check the address, and that the server runs.",
}


def problem(endpoint: Endpoint, key: str, error: "openai.OpenAIError | TimeoutError | ModelError") -> ModelError:
    """Word an error of the SDK or of the clock; one of ours stays as it is."""
    import openai

    if isinstance(error, ModelError):
        return error
    if isinstance(error, openai.APIStatusError):
        return _refused(endpoint, key, error)
    return _worded(endpoint, _kind_without_answer(error), {"status": ""}, "")


def _kind_without_answer(error: "openai.OpenAIError | TimeoutError") -> str:
    """Without a connection nothing was sent; after it, the request may have been charged (F5, F6)."""
    import httpx2
    import openai

    if isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.PoolTimeout):
        return "unreachable"
    return "timeout" if isinstance(error, openai.APITimeoutError | TimeoutError) else "unknown"


def kind_of(status: int, code: str) -> str:
    """The kind for an HTTP status and the provider's own code; the code says more, so it goes first.

    >>> kind_of(429, "insufficient_quota"), kind_of(429, ""), kind_of(503, ""), kind_of(307, ""), kind_of(400, "")
    ('quota', 'rate limit', 'server', 'redirect', 'rejected')
    """
    if code in BY_CODE or status in BY_STATUS:
        return BY_CODE.get(code) or BY_STATUS[status]
    if status < 400:
        return "redirect"
    return "server" if status >= 500 else "rejected"


def _refused(endpoint: Endpoint, key: str, error: "openai.APIStatusError") -> ModelError:
    body = error.body
    said = str(body.get("message", "")) if isinstance(body, dict) else error.response.text
    kind = kind_of(error.status_code, error.code or error.type or "")
    wait = error.response.headers.get("retry-after", "")
    facts = {
        "status": f"HTTP {error.status_code}",
        "wait": f"{wait} seconds" if wait.isdecimal() else "a little",
    }
    return _worded(endpoint, kind, facts, excerpt(said, key))


def _worded(endpoint: Endpoint, kind: str, facts: dict[str, str], said: str) -> ModelError:
    sentence = SENTENCES[kind].format(
        name=endpoint.name,
        model=endpoint.model,
        origin=endpoint.origin,
        key_place=endpoint.key_place,
        **facts,
    )
    return ModelError(f"{sentence} It said: {said}" if said else sentence, kind)
