"""The answers of a server with a fault."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from curation.practice.faults import Fault, Faults, dice
from curation.practice.protocol import Chat, Out, answered, choice, complete, completion, failure

HUGE = 5_000_000
"""Characters of the answer that is too large (F12)."""
HTML = b"<!doctype html><html><head><title>Sign in</title></head><body><p>Please sign in to continue.</p></body></html>"


@dataclass
class Asked:
    """One request that is to get a faulty answer.

    Args:
        chat: what was asked.
        number: of the request.
        faults: the settings.
        authorization: the header, as sent.
        before: the texts of the answer before.
    """

    chat: Chat
    number: int
    faults: Faults
    authorization: str = ""
    before: list[tuple[str, str]] | None = None


def broken(fault: Fault, asked: Asked) -> Out:
    """The answer with this fault; for faults of the line (hang, cut, reset) the whole answer."""
    return ANSWERS.get(fault, _whole)(asked)


def _whole(asked: Asked) -> Out:
    return answered(asked.chat, asked.number, complete(asked.chat))


def _rate_limit(_: Asked) -> Out:
    return failure(429, "Too many requests at the moment.", "rate_limit_exceeded", "requests")


def _rate_limit_wait(asked: Asked) -> Out:
    out = _rate_limit(asked)
    out.headers["retry-after"] = asked.faults.retry_after
    return out


def _server(asked: Asked) -> Out:
    status = (500, 502, 503, 504)[int(4 * dice(f"{asked.number} status"))]
    return failure(status, "The server had an error while processing the request.", None, "server_error")


def _html(_: Asked) -> Out:
    return Out(200, HTML, {"content-type": "text/html; charset=utf-8"})


def _bad_json(asked: Asked) -> Out:
    return Out(200, _whole(asked).body[:-7] + b",,]")


def _not_utf8(asked: Asked) -> Out:
    return Out(200, _whole(asked).body.replace(b'"index"', b'"ind\xff\xfeex"'))


def _error_200(_: Asked) -> Out:
    return Out(200, failure(500, "The engine is overloaded.").body)


def _no_choices(asked: Asked) -> Out:
    out = completion(asked.chat, asked.number, [], 0)
    return out if asked.number % 2 else Out(200, out.body.replace(b'"choices": []', b'"choices": null'))


def _refusal(asked: Asked) -> Out:
    return _one(asked, None, "stop", "I cannot help with that request.")


def _filtered(asked: Asked) -> Out:
    return _one(asked, "", "content_filter")


def _empty(asked: Asked) -> Out:
    return _one(asked, " \n" if asked.number % 2 else "", "stop")


def _huge(asked: Asked) -> Out:
    return _one(asked, ("practice " * (HUGE // 9 + 1))[:HUGE], "stop")


def _one(asked: Asked, content: str | None, finish: str, refusal: str | None = None) -> Out:
    written = len((content or refusal or "").split())
    return completion(asked.chat, asked.number, [choice(0, content, finish, refusal)], written)


def _truncated(asked: Asked) -> Out:
    texts = [(text[: len(text) // 2], "length") for text, _ in complete(asked.chat)]
    return answered(asked.chat, asked.number, texts)


def _duplicate(asked: Asked) -> Out:
    return answered(asked.chat, asked.number, asked.before or complete(asked.chat))


def _prose(asked: Asked) -> Out:
    texts = [
        (f"Sure, here it is:\n```json\n{text}\n```\nI hope that helps.", end) for text, end in complete(asked.chat)
    ]
    return answered(asked.chat, asked.number, texts)


def _wrong_shape(asked: Asked) -> Out:
    return answered(asked.chat, asked.number, [(json.dumps({"practice": [1, {"unexpected": True}]}), "stop")])


def _redirect(asked: Asked) -> Out:
    return Out(307, b"", {"location": asked.faults.redirect_to})


def _echo(asked: Asked) -> Out:
    return failure(500, f"Upstream refused these headers: Authorization: {asked.authorization}", None, "server_error")


def _auth(asked: Asked) -> Out:
    return failure(401, f"Incorrect API key provided: {asked.authorization}.", "invalid_api_key")


def _not_found(asked: Asked) -> Out:
    return failure(404, f"The model '{asked.chat.model}' does not exist.", "model_not_found")


def _quota(_: Asked) -> Out:
    return failure(429, "You exceeded your current quota.", "insufficient_quota", "insufficient_quota")


ANSWERS: Mapping[Fault, Callable[[Asked], Out]] = {
    "rate_limit": _rate_limit,
    "rate_limit_wait": _rate_limit_wait,
    "server": _server,
    "html": _html,
    "bad_json": _bad_json,
    "not_utf8": _not_utf8,
    "error_200": _error_200,
    "no_choices": _no_choices,
    "refusal": _refusal,
    "filtered": _filtered,
    "truncated": _truncated,
    "empty": _empty,
    "duplicate": _duplicate,
    "prose": _prose,
    "wrong_shape": _wrong_shape,
    "huge": _huge,
    "redirect": _redirect,
    "echo": _echo,
    "auth": _auth,
    "not_found": _not_found,
    "quota": _quota,
}
