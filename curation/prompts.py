"""What is asked of a language model and what comes back: records that no endpoint, file or thread shows through."""

import hashlib
import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from curation.sample import Message

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""What JSON can hold."""
Problem = Literal[
    "",
    "refused",
    "filtered",
    "truncated",
    "empty",
    "malformed",
    "too large",
    "rejected",
    "server",
    "rate limit",
    "timeout",
    "unreachable",
    "redirect",
    "unknown",
]
"""How a request ended; "" is an answer. `unknown`: sent, nothing came back, and it may have been charged (F5, F6)."""


@dataclass(frozen=True)
class Prompt:
    """One question to a model.

    Args:
        messages: the conversation so far; the last one is the user's.
        slot: tells equal questions apart that want an answer each, for example `seed 7, candidate 2`.
        temperature: 0 for the likeliest words, higher for more variety.
        top_p: share of the likeliest words to choose from.
        max_tokens: the answer is cut off after this many.
        stop: texts before which the answer ends.
        presence_penalty: above 0 for fewer repeated words.
        schema: the JSON Schema that the answer must fit, as text; "" for an answer in plain text.
        complete: raw text to continue at `/v1/completions`, in place of messages (Magpie); "" for a conversation.
        moderate: text to look for harm in at `/v1/moderations`, in place of messages; the answer is the score of each
            category as JSON.
    """

    messages: tuple[Message, ...] = ()
    slot: str = ""
    temperature: float = 0.7
    top_p: float = 1.0
    max_tokens: int = 1024
    stop: tuple[str, ...] = ()
    presence_penalty: float = 0.0
    schema: str = ""
    complete: str = ""
    moderate: str = ""

    def key(self, model: str) -> str:
        """32 hexadecimal digits for this question to this model, at whatever endpoint: what is bought once (N2).

        >>> one = Prompt((Message("user", "Name a colour."),))
        >>> one.key("a") == one.key("a"), one.key("a") == one.key("b")
        (True, False)
        """
        return hashlib.sha256(f"{json.dumps(model)}\n{self._text}".encode()).hexdigest()[:32]

    @cached_property
    def _text(self) -> str:
        said = asdict(self)
        if not self.moderate:  # so that what was asked before there was such a thing keeps its key
            del said["moderate"]
        return json.dumps(said, sort_keys=True)


@dataclass(frozen=True)
class Reply:
    """What came back for one prompt.

    Args:
        key: the key of the request, which leads to everything that was sent and received for it.
        model: the model that the endpoint says it used.
        text: the answer without outer white space; what there was of it where there is a problem.
        problem: why it cannot be used, "" where it can.
        data: the answer as JSON where the prompt has a schema; it fits the schema.
    """

    key: str
    model: str = ""
    text: str = ""
    problem: Problem = ""
    data: Json = None


Vectors = NDArray[np.float32]
"""One row per text, each of length one."""
T = TypeVar("T")
Chain = Generator[Prompt, Reply, T]
"""Questions that follow one another: a generator that yields a prompt, is sent the reply, and returns what it made.

    def answered(instruction: str) -> Chain[str]:
        reply = yield Prompt((Message("user", instruction),))
        return reply.text
"""


class Model(Protocol):
    """Something that answers. Methods get it as an argument: tests pass a function's worth, runs the real client."""

    def each(self, chains: Iterable[Chain[T]]) -> Iterator[T]:
        """Carry many chains through at the same time and give what each returns, in the order of the chains.

        Chains are taken from the iterable only as they can be worked on, so an endless iterable is fine, and
        a caller that stops early has paid for little more than it took.

        Raises:
            CurationError: nothing more can be asked (cancelled, paused, out of budget, key refused …).
        """

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts by the workspace's embedding model, so that cosines are dot products."""


@dataclass(frozen=True)
class Asking:
    """What a method expects to ask, so that a reader sees the cost before a run.

    Args:
        what: what is asked, for example `instructions` or `is it classification?`.
        calls: how often, as an estimate.
        prompt_characters: length of one such prompt, as an estimate.
        answer_tokens: length of one answer, as an estimate.
        max_tokens: the most that one answer may have.
    """

    what: str
    calls: float
    prompt_characters: int
    answer_tokens: int
    max_tokens: int
