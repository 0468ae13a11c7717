"""Bad answers of a named kind, for the side that a model is to learn to avoid."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import ClassVar, Literal, cast

from pydantic import Field

from curation.errors import NotReady
from curation.generators.declining import declines
from curation.generators.estimates import INSTANCE_MARK, asking, typical_of
from curation.generators.fault import Fault, no_answer, quoted
from curation.generators.fence import fenced
from curation.generators.origins import origin_of
from curation.generators.waiting import answer_tokens
from curation.methods import ModelGenerator
from curation.prompts import Asking, Chain, Model, Prompt, Reply
from curation.rouge import words
from curation.sample import Candidate, Message, Sample, Seed

Flaw = Literal["refusal", "wrong fact", "off-topic", "unsafe", "sycophantic"]
FLAWS: Mapping[Flaw, str] = {
    "refusal": "It declines to do the task although nothing is wrong with it: polite, with a vague excuse, and without "
    "any of the content that was asked for.",
    "wrong fact": "It sounds sure and well informed, but one or two things that matter are wrong: a date, a number, a "
    "name, a cause, a step of the reasoning. The mistakes are plausible, and nobody would be hurt by believing them.",
    "off-topic": "It misses what was asked: fluent and well written, it deals with another question that shares only "
    "a word or a theme with the task.",
    "unsafe": "It complies too readily: it does as told, full of confidence, without the caution, the doubt or the "
    "advice to ask somebody qualified that a good answer would have. It only illustrates this attitude and is harmless "
    "itself: no dangerous step, dose, recipe, code, insult, address or private detail; where one would belong, it "
    "stays vague. Where the task calls for no caution, it makes an exaggerated promise instead.",
    "sycophantic": "It flatters: it praises the question and whoever asks, agrees with whatever the user seems to "
    "believe or hope, and gives up its own judgement and what is right for it.",
}
QUESTION = """\
Assistants learn from good answers next to bad ones. Write a bad answer to the task below, as an assistant with this \
flaw would give it. It will be marked as an answer to avoid and never be shown as a good one.

The flaw: {flaw}

- Write the answer alone. Nothing in it may say or hint that it is bad, or name the flaw.
- But for the flaw it is like a good answer: the language of the task, fitting style, about the same length.

{good}{task}"""
_SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {"answer": {"type": "string"}},
        "required": ["answer"],
        "additionalProperties": False,
    }
)
_TOLD = re.compile(r"\b(?:bad|flawed) (?:answer|assistant)\b|\b(?:answer to avoid|the flaw\b)", re.IGNORECASE)


class Negatives(ModelGenerator):
    """Negative examples: bad answers of a named kind.

    For preference pairs and for methods that learn from single bad answers (KTO, Ethayarajh et al. 2024). Each bad
    answer is the `rejected` one of its sample, beside the sample's own answer or alone; the kind is its category. A
    sample with a bad answer alone has no answer, so no format for supervised tuning takes it. Wrong facts are wrong
    as far as the model knows: nothing checks them.
    """

    name: ClassVar[str] = "negatives"
    kinds: tuple[Flaw, ...] = Field(
        ("refusal", "wrong fact", "off-topic", "sycophantic"), min_length=1, description="What may be bad about them"
    )
    answers: int = Field(1, ge=1, le=len(FLAWS), description="Bad answers for each instruction, of different kinds")
    pair: bool = Field(True, description="Put each beside the sample's own answer, as a pair; off: each stands alone")
    temperature: float = Field(0.8, ge=0, le=2, description="0 for the likeliest words, higher for more variety")
    max_tokens: int = Field(2048, ge=1, description="Longest answer in tokens")
    seed: int = Field(0, description="Another number draws other kinds")

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """All bad answers to the first instruction, then those to the next.

        Raises:
            NotReady: there is no instruction.
        """
        seen: set[str] = set()
        for ask, reply in model.each(self._asked(ask) for ask in self._asks(pool)):
            yield self._candidate(ask, reply, seen)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """One call a bad answer, each as long as the answers of the seeds.

        Raises:
            NotReady: there is no instruction.
        """
        typical = _Ask(1, Seed(typical_of([seed.sample for seed in _usable(pool)])), self.kinds[0])
        return [asking("bad answers", self.wanted(pool), self._prompt(typical), answer_tokens(pool) + INSTANCE_MARK)]

    def wanted(self, pool: Sequence[Seed]) -> int:
        """One for each instruction and kind drawn."""
        return len(_usable(pool)) * self._each

    @property
    def _each(self) -> int:
        return min(self.answers, len(set(self.kinds)))

    def _asks(self, pool: Sequence[Seed]) -> "Iterator[_Ask]":
        kinds = list(dict.fromkeys(self.kinds))
        for place, seed in enumerate(_usable(pool), start=1):
            for kind in Random(f"{self.seed} {place}").sample(kinds, self._each):
                yield _Ask(place, seed, kind)

    def _asked(self, ask: "_Ask") -> "Chain[tuple[_Ask, Reply]]":
        reply = yield self._prompt(ask)
        return ask, reply

    def _prompt(self, ask: "_Ask") -> Prompt:
        sample = ask.seed.sample
        good = f"{fenced('a good answer', sample.output)}\n\n" if sample.output else ""
        text = QUESTION.format(flaw=FLAWS[ask.kind], good=good, task=fenced("task", sample.prompt))
        return Prompt(
            (Message("user", text),),
            slot=f"seed {self.seed}",
            temperature=self.temperature,
            max_tokens=self.max_tokens,
            schema=_SCHEMA,
        )

    def _candidate(self, ask: "_Ask", reply: Reply, seen: set[str]) -> Candidate:
        text = reply.text if reply.problem else str(cast(dict[str, str], reply.data)["answer"]).strip()
        own = ask.seed.sample
        sample = replace(own, output=own.output if self.pair else "", followups=(), rejected=text)
        fault = no_answer(reply) if reply.problem else _fault(ask.kind, text, own)
        if fault is None and sample.id in seen:
            fault = Fault("exact copy", "the same question has this very bad answer already")
        if fault is None:
            seen.add(sample.id)
        origin = origin_of(
            self.name,
            reply,
            f"sample {ask.place}, negative example: {ask.kind}",
            (own.id,),
            f"negative example: {ask.kind}",
        )
        return Candidate(sample, origin, *(fault or ("", "")))


@dataclass(frozen=True)
class _Ask:
    place: int
    seed: Seed
    kind: Flaw


def _usable(pool: Sequence[Seed]) -> list[Seed]:
    found = [seed for seed in pool if seed.sample.instruction.strip()]
    if not found:
        raise NotReady("There is no instruction to answer badly: choose or import samples, then try again.")
    return found


def _fault(kind: Flaw, text: str, own: Sample) -> Fault | None:
    """What a bad answer lacks to be one of its kind."""
    if not text:
        return Fault("empty answer", "the model gave an empty answer")
    if own.output and words(text) == words(own.output):
        return Fault("not a bad answer", f"it is the sample's own answer: {quoted(text)}")
    if (kind == "refusal") != declines(text):
        said = "it does not decline" if kind == "refusal" else "the model declined to write it"
        return Fault("another kind", f"{said}: {quoted(text)}")
    if told := _TOLD.search(text):
        return Fault("names its flaw", f'it says "{told[0]}"')
    return None
