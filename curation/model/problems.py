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
    "no raw texts": "{name} offers no /v1/completions for {model} ({status}), which Magpie needs so that the model "
    "writes the user's message. Use Magpie-style instead.",
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
    said = _said(error.body) or error.response.text
    code = error.code or error.type or ""
    kind = kind_of(error.status_code, code)
    wait = error.response.headers.get("retry-after", "")
    facts = {
        "status": f"HTTP {error.status_code}",
        "wait": f"{wait} seconds" if wait.isdecimal() else "a little",
    }
    if kind == "not found" and code != "model_not_found" and _is_raw(error.request.url.path):
        return _worded(endpoint, "no raw texts", facts, excerpt(said, key), kind)
    return _worded(endpoint, kind, facts, excerpt(said, key))


def _is_raw(path: str) -> bool:
    return path.endswith("/completions") and not path.endswith("/chat/completions")


def _said(body: object) -> str:
    """The server's own words: `message` as OpenAI has it, `detail` as FastAPI has it, a text or a list of faults.

    >>> _said({"detail": [{"loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}]})
    'body.seed: Extra inputs are not permitted'
    """
    if not isinstance(body, dict):
        return ""
    said = body.get("message") or body.get("detail") or ""
    return "; ".join(_fault(one) for one in said) if isinstance(said, list) else str(said)


def _fault(fault: object) -> str:
    if not isinstance(fault, dict):
        return str(fault)
    place = fault.get("loc")
    where = ".".join(str(step) for step in place) if isinstance(place, list) else ""
    return ": ".join(filter(None, (where, str(fault.get("msg", "")))))


def _worded(endpoint: Endpoint, what: str, facts: dict[str, str], said: str, kind: str = "") -> ModelError:
    """The error of a kind; `what` names its sentence, which is the kind's own where no kind is given."""
    sentence = SENTENCES[what].format(
        name=endpoint.name,
        model=endpoint.model,
        origin=endpoint.origin,
        key_place=endpoint.key_place,
        **facts,
    )
    return ModelError(f"{sentence} It said: {said}" if said else sentence, kind or what)
