"""Reads the body of a completion or a moderation: a pure function of the bytes, to be done again later (N5)."""

import json
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from curation.errors import BadRow
from curation.model.parsing import read_json
from curation.prompts import Json, Problem, Reply

MOST_BYTES = 4_000_000
"""A longer answer is not read to its end (F12); 4 MB is about a million tokens. A body of this length was cut off."""

MOST_TOKENS = 10**9
"""What a server says beyond this is no count."""


@dataclass(frozen=True)
class Read:
    """What a body says.

    Args:
        text: the answer without outer white space; what there was of it where there is a problem.
        problem: why it cannot be used, "" where it can (F7–F9, F12).
        said: the model's own words of refusal, else "".
        model: the model that the endpoint says it used, "" where it does not say.
        finish_reason: why it stopped, as stated; "" where not stated.
        prompt_tokens: tokens read, None where the endpoint does not count.
        completion_tokens: tokens written, None where the endpoint does not count.
    """

    text: str = ""
    problem: Problem = ""
    said: str = ""
    model: str = ""
    finish_reason: str = ""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message | None = None
    text: str | None = None
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Failure(BaseModel):
    message: str = ""


class _Moderation(BaseModel):
    category_scores: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(min_length=1)


class _Completion(BaseModel):
    model: str | None = None
    choices: list[_Choice] | None = None
    results: list[_Moderation] | None = None
    usage: _Usage | None = None
    error: _Failure | str | None = None


def read(body: bytes) -> Read:
    """What a body with status 2xx says; whatever the bytes, nothing is raised.

    >>> read(b"<html>").problem, read(b'{"choices": [{"message": {"content": " Blue "}}]}').text
    ('malformed', 'Blue')
    """
    if len(body) >= MOST_BYTES:
        return Read(problem="too large")
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError:
        return Read(problem="malformed")
    usage = completion.usage or _Usage()
    named = completion.model or ""
    counts = _count(usage.prompt_tokens), _count(usage.completion_tokens)
    if completion.results and completion.error is None:
        return Read(json.dumps(completion.results[0].category_scores, sort_keys=True), "", "", named, "", *counts)
    if completion.error is not None or not completion.choices or not _is_answer(completion.choices[0]):
        return Read("", "malformed", "", named, "", *counts)
    choice = completion.choices[0]
    message = choice.message or _Message(content=choice.text)
    text = (message.content or "").strip()
    finish = choice.finish_reason or ""
    return Read(text, _problem(message, finish, text), message.refusal or "", named, finish, *counts)


def reply(key: str, schema: str, found: Read, model: str) -> Reply:
    """The reply to a prompt: with the answer as JSON where the prompt has a schema (F10).

    Args:
        key: the key of the request.
        schema: the schema of the prompt, "" for plain text.
        found: what the body says.
        model: the model that was asked, for an endpoint that does not say which it used.
    """
    named = found.model or model
    if found.problem or not schema:
        return Reply(key, named, found.text, found.problem)
    try:
        data: Json = read_json(found.text, schema)
    except BadRow:
        return Reply(key, named, found.text, "malformed")
    return Reply(key, named, found.text, "", data)


def _is_answer(choice: _Choice) -> bool:
    return choice.message is not None or choice.text is not None


def _count(tokens: int | None) -> int | None:
    """A count that can be one: below 0 it would give money back."""
    return tokens if tokens is not None and 0 <= tokens <= MOST_TOKENS else None


def _problem(message: _Message, finish: str, text: str) -> Problem:
    """Name what a model did not finish, did not want to write or did not write."""
    if message.refusal:
        return "refused"
    if finish == "content_filter":
        return "filtered"
    if finish == "length":
        return "truncated"
    return "" if text else "empty"
