"""Reads the body of a chat completion. What cannot become a sample is an error with its kind (F7–F9)."""

from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from curation.errors import ModelError
from curation.model.endpoint import Endpoint
from curation.model.redaction import excerpt


@dataclass(frozen=True)
class Answer:
    """What a model wrote.

    Args:
        text: the answer, stripped of outer white space.
        model: the model that the endpoint says it used, else the one that was asked for.
        finish_reason: why it stopped, as stated; empty where not stated.
        prompt_tokens: tokens read, None where the endpoint does not count.
        completion_tokens: tokens written, None where the endpoint does not count.
        seconds: from sending to the whole answer.
    """

    text: str
    model: str
    finish_reason: str
    prompt_tokens: int | None
    completion_tokens: int | None
    seconds: float


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Failure(BaseModel):
    message: str = ""


class _Completion(BaseModel):
    model: str | None = None
    choices: list[_Choice] | None = None
    usage: _Usage | None = None
    error: _Failure | str | None = None


class _Model(BaseModel):
    id: str


class _Models(BaseModel):
    data: list[_Model]


def read_answer(endpoint: Endpoint, body: bytes, seconds: float) -> Answer:
    """Take the answer out of the body.

    Raises:
        ModelError: malformed, truncated, refused, filtered or empty.
    """
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError:
        raise _malformed(endpoint, body) from None
    if completion.error is not None or not completion.choices:
        raise _malformed(endpoint, body)
    choice = completion.choices[0]
    _check(endpoint, choice)
    usage = completion.usage or _Usage()
    return Answer(
        text=(choice.message.content or "").strip(),
        model=completion.model or endpoint.model,
        finish_reason=choice.finish_reason or "",
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        seconds=seconds,
    )


def read_models(endpoint: Endpoint, body: bytes) -> list[str]:
    """The names in a list of models, sorted.

    Raises:
        ModelError: malformed.
    """
    try:
        return sorted({model.id for model in _Models.model_validate_json(body).data})
    except ValidationError:
        raise _malformed(endpoint, body) from None


def _check(endpoint: Endpoint, choice: _Choice) -> None:
    """Refuse what a model did not finish, did not want to write or did not write."""
    if choice.message.refusal:
        raise ModelError(f"{endpoint.model} refused: {excerpt(choice.message.refusal, '')}", "refused")
    if choice.finish_reason == "content_filter":
        raise ModelError(f"{endpoint.name} withheld the answer: its content filter stopped it.", "filtered")
    if choice.finish_reason == "length":
        raise ModelError(f"{endpoint.model} was cut off at the token limit. Allow more tokens.", "truncated")
    if not (choice.message.content or "").strip():
        raise ModelError(f"{endpoint.model} gave an empty answer. Try again, or change the prompt.", "empty")


def _malformed(endpoint: Endpoint, body: bytes) -> ModelError:
    said = excerpt(body[:2000].decode("utf-8", "replace"), "")
    return ModelError(
        f"{endpoint.name} answered with something that is no chat answer. Check that {endpoint.base_url} is the "
        f"address of an OpenAI-compatible server. It began: {said or 'nothing at all'}",
        "malformed",
    )
