"""Magpie-style: a model that only chats is asked what a user would ask it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import ClassVar, Literal, cast

from pydantic import Field

from curation.generators.estimates import INSTANCE_MARK, asking
from curation.generators.magpie.freshness import Freshness
from curation.generators.magpie.magpie import INSTRUCTION_TOKENS, TYPICAL
from curation.generators.magpie.writing import Course, Writer, write
from curation.generators.waiting import LIKELY_TOKENS
from curation.methods import ModelGenerator
from curation.prompts import Asking, Model, Prompt, Reply
from curation.sample import Candidate, Message, Seed

Kind = Literal[
    "information seeking",
    "reasoning",
    "planning",
    "editing",
    "coding",
    "mathematics",
    "role playing",
    "data analysis",
    "creative writing",
    "advice seeking",
    "brainstorming",
    "others",
]
KINDS: Mapping[Kind, str] = {
    "information seeking": "wants to know facts or have something explained",
    "reasoning": "needs careful thought, a puzzle solved or an argument examined",
    "planning": "wants a plan, a schedule or the steps to get something done",
    "editing": "gives a text and wants it corrected, rewritten, shortened or translated",
    "coding": "wants code written, explained, reviewed or debugged",
    "mathematics": "has a mathematical question or problem",
    "role playing": "wants you to take on a part and stay in it",
    "data analysis": "gives data, a table or numbers and wants to know what they say",
    "creative writing": "wants a story, a poem, a dialogue or another invented text",
    "advice seeking": "wants advice for a real situation, personal or at work",
    "brainstorming": "wants many different ideas",
    "others": "wants something that is none of the usual things",
}
"""The task types by which Magpie tags its instructions (exp/unitag.py), in our own words."""
QUESTION = """\
Imagine that a new conversation begins and a person whom you know nothing about writes you the first message. This \
person {wish}. Write that message.

- It is real and complete: with every text, number or piece of code that it speaks of, and without placeholders.
- People differ in what they know, how they write and how much they say. Let this one be somebody in particular.
- It can be answered in text alone."""
_SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {"instruction": {"type": "string"}},
        "required": ["instruction"],
        "additionalProperties": False,
    }
)


class MagpieStyle(ModelGenerator):
    """Magpie-style: the model is asked what a user would ask it (for endpoints that only chat).

    Not Magpie itself: the model is told to write a user's message, where in Magpie it goes on with an empty one, so the
    instructions are less like those it was aligned with and less varied. To make up for that, each is asked for with
    one of the task types by which Magpie tags instructions (Xu et al. 2024, exp/unitag.py), drawn evenly. The same
    filters as for Magpie. Use it where there are neither seeds nor /v1/completions. Two calls a sample.
    """

    name: ClassVar[str] = "magpie_style"
    target: int = Field(100, ge=1, description="New samples wanted")
    kinds: tuple[Kind, ...] = Field(tuple(KINDS), min_length=1, description="Task types, drawn evenly")
    temperature: float = Field(1.0, ge=0, le=2, description="For instructions; higher for more variety")
    answer_temperature: float = Field(0.0, ge=0, le=2, description="For answers")
    fewest_words: int = Field(3, ge=1, description="Fewest words of an instruction")
    most_similarity: float = Field(0.975, ge=0, le=1, description="Highest cosine with an earlier one; 1: any")
    instruction_tokens: int = Field(1024, ge=1, description="Longest instruction in tokens")
    max_tokens: int = Field(2048, ge=1, description="Longest answer in tokens")
    per_round: int = Field(50, ge=1, description="Instructions of one round")
    most_requests: int = Field(1000, ge=1, description="Instructions at most, even if too few are kept")
    seed: int = Field(0, description="Another number gives other instructions")

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """Work round by round; of the pool nothing is used but that its instructions do not come again."""
        fresh = Freshness(pool, self.fewest_words, self.most_similarity)
        writer = Writer(self.name, self._ask, _read, self._answer, self._kind)
        return write(writer, self._course, fresh, model)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:  # noqa: ARG002
        """An instruction for each sample and those that are dropped, and an answer for each sample."""
        calls = self._course.expected
        return [
            asking("instructions", calls, self._ask(1), INSTRUCTION_TOKENS + INSTANCE_MARK),
            asking("answers", min(self.target, calls), self._answer(TYPICAL), LIKELY_TOKENS),
        ]

    def wanted(self, pool: Sequence[Seed]) -> int:  # noqa: ARG002
        """The target, whatever the pool."""
        return self.target

    @property
    def _course(self) -> Course:
        return Course(self.target, self.per_round, self.most_requests)

    def _kind(self, number: int) -> Kind:
        return Random(f"{self.seed} {number}").choice(self.kinds)

    def _ask(self, number: int) -> Prompt:
        return Prompt(
            (Message("user", QUESTION.format(wish=KINDS[self._kind(number)])),),
            slot=f"seed {self.seed}, instruction {number}",
            temperature=self.temperature,
            max_tokens=self.instruction_tokens,
            schema=_SCHEMA,
        )

    def _answer(self, instruction: str) -> Prompt:
        messages = (Message("user", instruction),)
        return Prompt(messages, f"seed {self.seed}", self.answer_temperature, max_tokens=self.max_tokens)


def _read(reply: Reply) -> str:
    return cast(dict[str, str], reply.data)["instruction"].strip()
