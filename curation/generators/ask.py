"""One prompt, one or several answers."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from pydantic import Field

from curation.generators.estimates import asking
from curation.generators.fault import Fault, no_answer
from curation.generators.origins import origin_of
from curation.generators.rounds import once
from curation.methods import ModelGenerator
from curation.prompts import Asking, Model, Prompt, Reply
from curation.sample import Candidate, Message, Sample, Seed

_REPEATED = Fault("exact copy", "the model gave the same answer before")


class Ask(ModelGenerator):
    """Ask the model: one prompt, as many answers as wanted.

    Every answer becomes a sample with the prompt as its instruction. An answer that came before is dropped.
    """

    name: ClassVar[str] = "ask"
    prompt: str = Field(min_length=1, description="What to ask", json_schema_extra={"lines": 6})
    system: str = Field("", description="System message, empty for none", json_schema_extra={"lines": 2})
    answers: int = Field(1, ge=1, description="How many answers")
    temperature: float = Field(0.7, ge=0, le=2, description="0 for the likeliest words, higher for more variety")
    max_tokens: int = Field(1024, ge=1, description="Longest answer in tokens")

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:  # noqa: ARG002
        """One candidate for each answer; the pool plays no part."""
        seen: set[str] = set()
        replies = model.each(once(self._prompt(number)) for number in range(1, self.answers + 1))
        for number, reply in enumerate(replies, start=1):
            yield self._candidate(number, reply, seen)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:  # noqa: ARG002
        """One call an answer, each as long as it may be."""
        return [asking("answers", self.answers, self._prompt(1), self.max_tokens)]

    def wanted(self, pool: Sequence[Seed]) -> int:  # noqa: ARG002
        """As many as asked for."""
        return self.answers

    def _prompt(self, number: int) -> Prompt:
        messages = (Message("system", self.system),) if self.system else ()
        return Prompt(
            (*messages, Message("user", self.prompt)),
            slot=f"answer {number}",
            temperature=self.temperature,
            max_tokens=self.max_tokens,
        )

    def _candidate(self, number: int, reply: Reply, seen: set[str]) -> Candidate:
        fault = no_answer(reply) if reply.problem else _REPEATED if reply.text in seen else None
        seen.add("" if reply.problem else reply.text)
        origin = origin_of(self.name, reply, f"answer {number}")
        sample = Sample(self.prompt, output=reply.text, system=self.system)
        return Candidate(sample, origin, *(fault or ("", "")))
