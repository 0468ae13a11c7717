"""Magpie: an aligned model writes the user's message when it is given what comes before it, and nothing else.

Xu et al. 2024, https://arxiv.org/abs/2406.08464, code magpie-align/magpie (exp/gen_ins.py, exp/gen_res.py).
"""

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from pydantic import Field

from curation.generators.estimates import asking
from curation.generators.magpie.chat_templates import TEMPLATES, ChatTemplate, TemplateName
from curation.generators.magpie.freshness import Freshness
from curation.generators.magpie.writing import Course, Writer, write
from curation.generators.waiting import LIKELY_TOKENS
from curation.methods import ModelGenerator
from curation.prompts import Asking, Model, Prompt, Reply
from curation.sample import Candidate, Message, Seed

INSTRUCTION_TOKENS = 60
"""Of an instruction that a model writes so, on average."""
TYPICAL = "x" * 240
_LEFT_OVER = re.compile(r"\n\s*(?:assistant|model)\s*\Z", re.IGNORECASE)
"""What servers leave of the header of the next turn when they leave out its marks."""


class Magpie(ModelGenerator):
    """Magpie: the model writes what a user asks it, without any seed.

    The endpoint is given a conversation up to where the user speaks, in the words of the model's own chat template, and
    what the model goes on with is an instruction of the kind that it was aligned with; then it answers it. Needs an
    endpoint with /v1/completions (vLLM, llama.cpp, TGI, SGLang …) and the right template for the model; on endpoints
    that only chat use Magpie-style. Instructions at temperature 1 and answers at 0, as published; dropped are
    instructions that end with a colon, are too short, or were there before. Two calls a sample.
    """

    name: ClassVar[str] = "magpie"
    target: int = Field(100, ge=1, description="New samples wanted")
    template: TemplateName = Field(
        "ChatML",
        description="How the model writes conversations down. ChatML: Qwen 2 and 2.5, Yi, Hermes, SmolLM. "
        "Llama 3: 3 to 3.3. Gemma: 2, 3. Phi 3: 3, 3.5. A wrong one gives instructions without sense",
    )
    system: str = Field(
        "",
        description="System message that steers what is asked about, for example to mathematics; not kept in samples",
        json_schema_extra={"lines": 2},
    )
    answer_by: Literal["chat", "template"] = Field(
        "chat", description="Ask for answers as a chat, which the server puts into its own template, or as a raw text"
    )
    temperature: float = Field(1.0, ge=0, le=2, description="For instructions; higher for more variety")
    top_p: float = Field(1.0, gt=0, le=1, description="For instructions: share of the likeliest words to choose from")
    answer_temperature: float = Field(0.0, ge=0, le=2, description="For answers")
    fewest_words: int = Field(3, ge=1, description="Fewest words of an instruction")
    most_similarity: float = Field(0.975, ge=0, le=1, description="Highest cosine with an earlier one; 1: any")
    instruction_tokens: int = Field(512, ge=1, description="Longest instruction in tokens")
    max_tokens: int = Field(2048, ge=1, description="Longest answer in tokens")
    per_round: int = Field(50, ge=1, description="Instructions of one round")
    most_requests: int = Field(1000, ge=1, description="Instructions at most, even if too few are kept")
    seed: int = Field(0, description="Another number gives other instructions")

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """Work round by round; of the pool nothing is used but that its instructions do not come again."""
        fresh = Freshness(pool, self.fewest_words, self.most_similarity)
        writer = Writer(self.name, self._ask, _read, self._answer, lambda _: "")
        return write(writer, self._course, fresh, model)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:  # noqa: ARG002
        """An instruction for each sample and those that are dropped, and an answer for each sample."""
        return [
            asking("instructions", self._course.expected, self._ask(1), INSTRUCTION_TOKENS),
            asking("answers", min(self.target, self._course.expected), self._answer(TYPICAL), LIKELY_TOKENS),
        ]

    def wanted(self, pool: Sequence[Seed]) -> int:  # noqa: ARG002
        """The target, whatever the pool."""
        return self.target

    @property
    def _course(self) -> Course:
        return Course(self.target, self.per_round, self.most_requests)

    @property
    def _template(self) -> ChatTemplate:
        return TEMPLATES[self.template]

    def _ask(self, number: int) -> Prompt:
        return Prompt(
            slot=f"seed {self.seed}, instruction {number}",
            temperature=self.temperature,
            top_p=self.top_p,
            max_tokens=self.instruction_tokens,
            stop=self._template.stops,
            complete=self._template.before_user(self.system),
        )

    def _answer(self, instruction: str) -> Prompt:
        slot = f"seed {self.seed}"
        if self.answer_by == "chat":
            messages = (Message("user", instruction),)
            return Prompt(messages, slot, self.answer_temperature, max_tokens=self.max_tokens)
        return Prompt(
            slot=slot,
            temperature=self.answer_temperature,
            max_tokens=self.max_tokens,
            stop=self._template.stops,
            complete=self._template.before_assistant(instruction),
        )


def _read(reply: Reply) -> str:
    return _LEFT_OVER.sub("", reply.text).strip()
