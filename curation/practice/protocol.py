"""The protocol of OpenAI-compatible servers, as far as the practice model speaks it: what is asked, what goes back."""

import json
import re
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import cast

from pydantic import BaseModel, Field, ValidationError

from curation.practice.answers import Question, answer
from curation.prompts import Json

PRACTICE_MODEL = "sift-practice"
"""The model's name, by which its samples are recognised wherever they appear."""
TOKEN = re.compile(r"\w+|[^\w\s]")
CHAT, RAW, MODERATION = "/v1/chat/completions", "/v1/completions", "/v1/moderations"


@dataclass
class Out:
    """An answer on its way out: status, headers beside the usual ones, and the body."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Part(BaseModel):
    """A piece of a message's content."""

    text: str = ""


class Said(BaseModel):
    """One message."""

    role: str
    content: str | list[Part] | None = ""

    @property
    def text(self) -> str:
        """The content as one text."""
        if isinstance(self.content, list):
            return "".join(part.text for part in self.content)
        return self.content or ""


class Shape(BaseModel):
    """How a schema is named in a response format."""

    schema_: dict[str, object] | None = Field(None, alias="schema")


class ResponseFormat(BaseModel):
    """text, json_object or json_schema; some servers take a schema beside json_object, and so does this one."""

    type: str = "text"
    json_schema: Shape = Field(default_factory=lambda: Shape(schema=None))
    schema_: dict[str, object] | None = Field(None, alias="schema")


class Chat(BaseModel):
    """A request for a chat completion. Fields not named here are accepted and do nothing."""

    model: str
    messages: list[Said] = Field(min_length=1)
    temperature: float = Field(1.0, ge=0, le=2)
    max_tokens: int | None = Field(None, ge=1)
    max_completion_tokens: int | None = Field(None, ge=1)
    stop: str | list[str] | None = None
    n: int = Field(1, ge=1, le=16)
    seed: int | None = None
    user: str = ""
    stream: bool = False
    response_format: ResponseFormat = Field(default_factory=lambda: ResponseFormat(schema=None))

    def question(self, number: int) -> Question:
        """What is asked for the choice with this number. Chance matters only above temperature 0."""
        form = self.response_format
        schema = form.json_schema.schema_ if form.type == "json_schema" else form.schema_
        luck = f"{self.temperature} {self.seed} {self.user} {number}" if self.temperature else ""
        return Question(
            tuple((said.role, said.text) for said in self.messages),
            schema=cast(dict[str, Json], schema) if schema else None,
            structured=form.type in {"json_schema", "json_object"},
            luck=luck,
        )

    def text(self, number: int) -> str:
        """What is answered for the choice with this number."""
        return answer(self.question(number))

    @property
    def read(self) -> int:
        """The tokens that are read."""
        return sum(tokens(said.text) for said in self.messages)

    def shaped(self, body: dict[str, Json]) -> dict[str, Json]:
        """The body of an answer as this kind of request gets it."""
        return body

    @property
    def stops(self) -> list[str]:
        """The texts before which an answer ends."""
        given = [self.stop] if isinstance(self.stop, str) else self.stop or []
        return [text for text in given if text]

    @property
    def most(self) -> int:
        """The most tokens of one answer."""
        return self.max_completion_tokens or self.max_tokens or 1_000_000


class Refused(Exception):
    """A request that cannot be answered, with the error that goes back."""

    def __init__(self, out: Out) -> None:
        """Keep the answer."""
        super().__init__(out.status)
        self.out = out


def tokens(text: str) -> int:
    """Words and signs.

    >>> tokens("Name a colour.")
    4
    """
    return len(TOKEN.findall(text))


def failure(status: int, message: str, code: str | None = None, kind: str = "invalid_request_error") -> Out:
    """An error in the shape that OpenAI gives it."""
    body = {"error": {"message": message, "type": kind, "param": None, "code": code}}
    return Out(status, json.dumps(body).encode())


def read_chat(body: bytes, kind: type[Chat] = Chat) -> Chat:
    """The request in the body.

    Raises:
        Refused: it is no request of this kind, or for another model.
    """
    try:
        chat = kind.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "body"
        raise Refused(failure(400, f"{place}: {first['msg']}", "invalid_value")) from None
    if chat.model != PRACTICE_MODEL:
        raise Refused(failure(404, f"The model '{chat.model}' does not exist.", "model_not_found"))
    if chat.stream:
        raise Refused(failure(400, "The practice model does not stream.", "unsupported_value"))
    return chat


def complete(chat: Chat) -> list[tuple[str, str]]:
    """Each choice's text and why it ended, `stop` or `length`."""
    return [cut(chat.text(number), chat.stops, chat.most) for number in range(chat.n)]


def cut(text: str, stops: list[str], most: int) -> tuple[str, str]:
    """The text up to the first of the stops and to at most so many tokens.

    >>> cut("one two 3. three", ["3."], 10), cut("one two three", [], 2)
    (('one two ', 'stop'), ('one two', 'length'))
    """
    places = [place for place in (text.find(stop) for stop in stops) if place >= 0]
    text = text[: min(places)] if places else text
    if len(text) <= most:
        return text, "stop"
    ends = [match.end() for match in TOKEN.finditer(text)]
    return (text[: ends[most - 1]], "length") if len(ends) > most else (text, "stop")


def completion(chat: Chat, number: int, choices: list[Json], written: int) -> Out:
    """The choices as the body of an answer with status 200."""
    read = chat.read
    body: dict[str, Json] = {
        "id": f"chatcmpl-practice-{number}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": PRACTICE_MODEL,
        "choices": choices,
        "usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written},
    }
    out = Out(HTTPStatus.OK, json.dumps(chat.shaped(body)).encode())
    out.prompt_tokens, out.completion_tokens = read, written
    return out


def choice(index: int, content: str | None, finish: str, refusal: str | None = None) -> Json:
    """One choice of a completion."""
    message: dict[str, Json] = {"role": "assistant", "content": content, "refusal": refusal}
    return {"index": index, "finish_reason": finish, "message": message, "logprobs": None}


def answered(chat: Chat, number: int, ended: list[tuple[str, str]]) -> Out:
    """The body for texts and why they ended."""
    choices = [choice(index, text, finish) for index, (text, finish) in enumerate(ended)]
    return completion(chat, number, choices, sum(tokens(text) for text, _ in ended))


def models() -> Out:
    """The list of models, which is one."""
    row = {"id": PRACTICE_MODEL, "object": "model", "created": 1_750_000_000, "owned_by": "sift"}
    return Out(HTTPStatus.OK, json.dumps({"object": "list", "data": [row]}).encode())


def elsewhere(method: str, path: str) -> Out:
    """The answer to a request for anything but a completion."""
    if path == "/v1/models":
        return models() if method == "GET" else failure(405, f"Not allowed to {method} on {path}.")
    if path in (CHAT, RAW, MODERATION):
        return failure(405, f"Not allowed to {method} on {path}. Only POST is accepted.")
    return failure(404, f"Invalid URL ({method} {path})", "unknown_url")
