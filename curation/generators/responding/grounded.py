"""Answers out of the reader's own documents or catalogue, with the sources in the sample and a check of both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from curation.generators.estimates import INSTANCE_MARK, asking, typical_of
from curation.generators.fault import Fault, no_answer, quoted
from curation.generators.origins import origin_of
from curation.generators.responding.sources import Source, embedded, nearest, numbered, read_sources
from curation.generators.responding.telling import SCHEMA, Told, read_told, told_fault, told_question
from curation.generators.waiting import Waiting, Which, answer_tokens, chosen
from curation.methods import ModelGenerator
from curation.prompts import Asking, Chain, Model, Prompt, Reply
from curation.sample import Candidate, Message, Origin, Refusal, Sample, Seed

SYSTEM = "Answer from the numbered sources alone. Where they do not hold the answer, say so."
_BLOCK = 256
"""Questions that are embedded at a time."""


class Grounded(ModelGenerator):
    """Grounded answers: from your own documents or catalogue.

    For each instruction the nearest passages are looked up with the workspace's embedding model (as in
    retrieval-augmented generation, Lewis et al. 2020) and put into the sample's input as numbered sources; the model
    answers from them alone, says which it used, or that they do not tell. Dropped are answers that cite nothing or a
    source that is not there, and those whose words and numbers do not stand in what they cite. The check knows words,
    not sense: it finds made-up facts, not a wrong conclusion from right ones. One call for each instruction.
    """

    name: ClassVar[str] = "grounded"
    path: Path = Field(
        description="File or folder with the sources: text, Markdown, HTML, PDF, or rows of JSON lines, CSV, Parquet"
    )
    which: Which = Field("unanswered", description="Only instructions without an answer, or all")
    sources: int = Field(4, ge=1, le=20, description="Sources shown with each instruction, the nearest first")
    passage_characters: int = Field(1000, ge=200, le=8000, description="Longest passage of a document")
    least_support: float = Field(
        0.5, ge=0, le=1, description="Share of the answer's new words that must stand in the cited sources"
    )
    keep_not_found: bool = Field(True, description="Keep samples whose answer is that the sources do not tell")
    cite: bool = Field(True, description="End the answer with the numbers of the sources used")
    system: str = Field(
        SYSTEM, description="System message for samples without one; empty for none", json_schema_extra={"lines": 2}
    )
    temperature: float = Field(0.2, ge=0, le=2, description="0 for the likeliest words, higher for more variety")
    max_tokens: int = Field(1024, ge=1, description="Longest answer in tokens")
    seed: int = Field(0, description="Another number gives other answers")

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """What could not be read of the sources, then one answer for each instruction.

        Raises:
            NotReady: no seed is to be answered.
            BadFile: the path has nothing that can be read.
        """
        waiting = self._waiting(pool)
        sources, refused = read_sources(self.path, self.passage_characters)
        yield from (self._unread(one) for one in refused)
        seen: set[str] = set()
        asks = self._asks(waiting, sources, model)
        for ask, reply in model.each(self._asked(ask) for ask in asks):
            yield self._candidate(ask, reply, seen)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """One call an instruction, each with as many full passages as are shown.

        Raises:
            NotReady: no seed is to be answered.
        """
        waiting = self._waiting(pool)
        shown = (Source("x" * 24, "x" * self.passage_characters),) * self.sources
        typical = typical_of([one.sample for one in waiting])
        prompt = self._prompt(_Ask(replace(waiting[0], sample=typical), shown))
        return [asking("answers", len(waiting), prompt, answer_tokens(pool) + INSTANCE_MARK)]

    def wanted(self, pool: Sequence[Seed]) -> int:
        """One for each instruction."""
        return len(self._waiting(pool))

    def _waiting(self, pool: Sequence[Seed]) -> list[Waiting]:
        """Single questions; those in the middle of a conversation are left to `respond`."""
        return chosen([seed for seed in pool if self.which == "all" or not seed.sample.followups], self.which)

    def _asks(self, waiting: Sequence[Waiting], sources: Sequence[Source], model: Model) -> "Iterator[_Ask]":
        vectors = embedded([source.text for source in sources], model)
        left = iter(waiting)
        while block := list(islice(left, _BLOCK)):
            questions = model.embed([one.sample.prompt for one in block])
            for one, places in zip(block, nearest(questions, vectors, self.sources), strict=True):
                yield _Ask(one, tuple(sources[place] for place in places))

    def _asked(self, ask: "_Ask") -> "Chain[tuple[_Ask, Reply]]":
        reply = yield self._prompt(ask)
        return ask, reply

    def _prompt(self, ask: "_Ask") -> Prompt:
        return Prompt(
            (Message("user", told_question(ask.waiting.sample.prompt, ask.shown)),),
            slot=f"seed {self.seed}",
            temperature=self.temperature,
            max_tokens=self.max_tokens,
            schema=SCHEMA,
        )

    def _candidate(self, ask: "_Ask", reply: Reply, seen: set[str]) -> Candidate:
        told = read_told(reply)
        fault = no_answer(reply) if reply.problem else self._fault(ask, told)
        marks = "".join(f" [{number}]" for number in told.cited) if self.cite and told.in_sources else ""
        sample = self._sample(ask, told.answer + marks)
        if fault is None and sample.id in seen:
            fault = Fault("exact copy", "the same question with the same sources has this very answer already")
        if fault is None:
            seen.add(sample.id)
        used = [ask.shown[number - 1].name for number in told.cited if 0 < number <= len(ask.shown)]
        what = f"from {'; '.join(used)}" if told.in_sources and used else "not in the sources"
        seed = ask.waiting.seed
        origin = origin_of(self.name, reply, f"sample {ask.waiting.place}, {what}", (seed.sample.id,), seed.category)
        return Candidate(sample, origin, *(fault or ("", "")))

    def _sample(self, ask: "_Ask", answer: str) -> Sample:
        own = ask.waiting.sample
        given = "\n\n".join(filter(None, (own.input, numbered(ask.shown))))
        return replace(own, input=given, output=answer, system=own.system or self.system)

    def _fault(self, ask: "_Ask", told: Told) -> Fault | None:
        if not told.in_sources and told.answer and not self.keep_not_found:
            return Fault("not in the sources", f"the sources do not tell: {quoted(told.answer)}")
        return told_fault(told, ask.waiting.sample.prompt, ask.shown, self.least_support)

    def _unread(self, refusal: Refusal) -> Candidate:
        origin = Origin(self.name, self.path.name, f"sources, {refusal.place}")
        return Candidate(Sample(refusal.place), origin, "source not read", refusal.reason)


@dataclass(frozen=True)
class _Ask:
    waiting: Waiting
    shown: tuple[Source, ...]
