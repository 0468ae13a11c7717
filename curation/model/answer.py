"""The answer to one question, or an error with its kind where it cannot become a sample (F7–F9)."""

from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from curation.errors import ModelError
from curation.model.endpoint import Endpoint
from curation.model.reading import MOST_BYTES, read
from curation.model.redaction import excerpt

SENTENCES = {
    "refused": "{model} refused: {said}",
    "filtered": "{name} withheld the answer: its content filter stopped it.",
    "truncated": "{model} was cut off at the token limit. Allow more tokens.",
    "empty": "{model} gave an empty answer. Try again, or change the prompt.",
    "too large": "{name} sent more than {megabytes} MB and was cut off. Ask for fewer tokens.",
    "malformed": "{name} answered with something that is no chat answer. Check that {base_url} is the address of an "
    "OpenAI-compatible server. It began: {began}",
}


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


class _Model(BaseModel):
    id: str


class _Models(BaseModel):
    data: list[_Model]


def read_answer(endpoint: Endpoint, body: bytes, seconds: float) -> Answer:
    """Take the answer out of the body.

    Raises:
        ModelError: malformed, too large, truncated, refused, filtered or empty.
    """
    found = read(body)
    if found.problem:
        raise _error(endpoint, found.problem, found.said, body)
    return Answer(
        text=found.text,
        model=found.model or endpoint.model,
        finish_reason=found.finish_reason,
        prompt_tokens=found.prompt_tokens,
        completion_tokens=found.completion_tokens,
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
        raise _error(endpoint, "malformed", "", body) from None


def _error(endpoint: Endpoint, problem: str, said: str, body: bytes) -> ModelError:
    sentence = SENTENCES[problem].format(
        name=endpoint.name,
        model=endpoint.model,
        base_url=endpoint.base_url,
        said=excerpt(said, ""),
        began=excerpt(body[:2000].decode("utf-8", "replace"), "") or "nothing at all",
        megabytes=MOST_BYTES // 1_000_000,
    )
    return ModelError(sentence, problem)
