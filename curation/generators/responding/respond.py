"""Answers for instructions that have none, or other answers for those that have one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import ClassVar

from pydantic import Field

from curation.generators.declining import declines
from curation.generators.estimates import asking
from curation.generators.fault import Fault, no_answer, quoted
from curation.generators.origins import origin_of
from curation.generators.responding.principles import PRINCIPLES, Principle
from curation.generators.waiting import Waiting, Which, answer_tokens, answered, chosen, conversation, mean
from curation.methods import ModelGenerator
from curation.prompts import Asking, Chain, Model, Prompt, Reply
from curation.sample import Candidate, Sample, Seed

REPEATED = Fault("exact copy", "the same question has this very answer already")


class Respond(ModelGenerator):
    """Answers: for instructions without one, or several for each.

    Use it to complete a list of questions, or to get candidates among which a judge chooses. Several answers to one
    question can be held to different principles, as in UltraFeedback (Cui et al. 2023): then they differ in kind and
    make better preference pairs. To answer with several models, run it once for each. An answer that declines, or that
    the same question has already, is dropped.
    """

    name: ClassVar[str] = "respond"
    which: Which = Field("unanswered", description="Only instructions without an answer, or all")
    answers: int = Field(1, ge=1, le=64, description="Answers for each instruction")
    principles: tuple[Principle, ...] = Field((), description="One of these is drawn to guide each answer; may be none")
    system: str = Field(
        "",
        description="System message for instructions without one; it is kept in the sample",
        json_schema_extra={"lines": 2},
    )
    temperature: float = Field(0.7, ge=0, le=2, description="0 for the likeliest words, higher for more variety")
    top_p: float = Field(1.0, gt=0, le=1, description="Share of the likeliest words to choose from")
    max_tokens: int = Field(2048, ge=1, description="Longest answer in tokens")
    keep_refusals: bool = Field(False, description="Keep answers in which the model declines")
    seed: int = Field(0, description="Another number gives other answers")

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """All answers of the first instruction, then those of the next.

        Raises:
            NotReady: no seed is to be answered.
        """
        asks = (ask for waiting in chosen(pool, self.which) for ask in self._asks(waiting))
        seen = {replace(seed.sample, rejected="").id for seed in pool}
        for ask, reply in model.each(_asked(ask) for ask in asks):
            yield self._candidate(ask, reply, seen)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """One call an answer, each as long as the answers of the seeds are.

        Raises:
            NotReady: no seed is to be answered.
        """
        waiting = chosen(pool, self.which)
        typical = replace(waiting[0].sample, instruction="x" * mean([one.sample.prompt for one in waiting]), input="")
        prompt = self._asks(replace(waiting[0], sample=typical))[0].prompt
        return [asking("answers", len(waiting) * self.answers, prompt, answer_tokens(pool))]

    def wanted(self, pool: Sequence[Seed]) -> int:
        """One for each answer asked for."""
        return len(chosen(pool, self.which)) * self.answers

    def _asks(self, waiting: Waiting) -> "list[_Ask]":
        sample = replace(waiting.sample, system=waiting.sample.system or self.system)
        return [self._ask(replace(waiting, sample=sample), number) for number in range(1, self.answers + 1)]

    def _ask(self, waiting: Waiting, number: int) -> "_Ask":
        principle = Random(f"{self.seed} {waiting.place} {number}").choice(self.principles) if self.principles else None
        guided = "\n\n".join(filter(None, (waiting.sample.system, PRINCIPLES[principle] if principle else "")))
        prompt = Prompt(
            conversation(replace(waiting.sample, system=guided)),
            slot=f"seed {self.seed}, answer {number}",
            temperature=self.temperature,
            top_p=self.top_p,
            max_tokens=self.max_tokens,
        )
        part = f"sample {waiting.place}, answer {number}"
        return _Ask(waiting, prompt, f"{part}, {principle}" if principle else part)

    def _candidate(self, ask: "_Ask", reply: Reply, seen: set[str]) -> Candidate:
        sample = answered(ask.waiting.sample, reply.text)
        fault = self._fault(sample, reply, seen)
        if fault is None:
            seen.add(sample.id)
        seed = ask.waiting.seed
        origin = origin_of(self.name, reply, ask.part, (seed.sample.id,), seed.category)
        return Candidate(sample, origin, *(fault or ("", "")))

    def _fault(self, sample: Sample, reply: Reply, seen: set[str]) -> Fault | None:
        if reply.problem:
            return no_answer(reply)
        if not self.keep_refusals and declines(reply.text):
            return Fault("declines", f"the model declined: {quoted(reply.text)}")
        return REPEATED if sample.id in seen else None


@dataclass(frozen=True)
class _Ask:
    waiting: Waiting
    prompt: Prompt
    part: str


def _asked(ask: _Ask) -> Chain[tuple[_Ask, Reply]]:
    reply = yield ask.prompt
    return ask, reply
