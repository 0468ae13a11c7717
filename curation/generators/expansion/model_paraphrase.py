"""The same request in other words, by a model: several sentence patterns, the answer stays.

Paraphrasing instructions to widen a set is common practice (for example the rephrased prompts of MetaMath, Yu et al.
2023, https://arxiv.org/abs/2309.12284); the sentence patterns, the bounds on both sides and the prompt are our own.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import ClassVar, cast

from pydantic import Field

from curation.generators.estimates import asking, tokens, typical_of
from curation.generators.expansion.expanding import Course, expanded, usable
from curation.generators.expansion.facts import lost_facts
from curation.generators.expansion.known import Bounds, Known
from curation.generators.expansion.patterns import HOW, PATTERNS, Pattern
from curation.generators.fault import Fault, no_answer, quoted
from curation.generators.fence import fenced
from curation.generators.rounds import WHOLE, Made
from curation.methods import ModelGenerator
from curation.prompts import Asking, Json, Model, Prompt, Reply
from curation.sample import Candidate, Message, Sample, Seed

QUESTION = """\
Reword the instruction between the marks, once in each of these forms:

{forms}

Each wording must ask for exactly the same, so that the same answer is right for all of them: keep every name, number, \
quotation, format and condition, and add none. Do not carry the instruction out, and do not speak of the forms.{given} \
Write in the language of the instruction.

{instruction}"""
GIVEN = " The instruction comes with an input that is not shown; speak of it as the instruction does."
MARK = 16
"""Tokens of the JSON around one wording."""
_NOTHING = "There is nothing to reword: choose samples with an instruction, then try again."


class ModelParaphrase(ModelGenerator):
    """Paraphrase with a model: the same request in other sentence patterns, with its answer.

    One request rewords one sample in several patterns. A wording is dropped when it is too close to an instruction
    that is there (by its words, or by its meaning to another one than its own), when it strays from what its own
    instruction means, or when it loses a number or a quotation.
    """

    name: ClassVar[str] = "model_paraphrase"
    target: int = Field(100, ge=1, description="Paraphrases wanted; the last round may give a few more")
    per_seed: int = Field(3, ge=1, le=len(PATTERNS), description="Paraphrases asked for with each request")
    patterns: tuple[Pattern, ...] = Field((), description="Sentence patterns to choose from; none for all of them")
    balanced: bool = Field(True, description="The categories of the samples take turns")
    most_similarity: float = Field(0.85, ge=0, le=1, description="Highest ROUGE-L with any instruction; 1 for no bound")
    most_cosine: float = Field(0.95, ge=0, le=1, description="Highest cosine with another instruction; 1 for no bound")
    least_meaning: float = Field(0.6, ge=0, le=1, description="Lowest cosine with its own instruction; 0 for no bound")
    keep_facts: bool = Field(True, description="Drop what loses a number or quoted words of its instruction")
    temperature: float = Field(0.8, ge=0, le=2, description="Higher for more variety")
    max_tokens: int = Field(1024, ge=1, description="Longest answer to one request, in tokens")
    requests_per_round: int = Field(40, ge=1, description="After so many requests it is seen which categories lag")
    seed: int = Field(0, description="Another number gives another order and other patterns")

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """Reword the samples, category by category.

        Raises:
            NotReady: no sample has an instruction.
        """
        seeds = _usable(pool)
        bounds = Bounds(self.most_similarity, self.most_cosine)
        known = Known([seed.sample.instruction for seed in seeds], bounds, model)

        def read(seed: Seed, reply: Reply) -> Iterator[Made]:
            return self._read(seed, reply, known, model)

        yield from expanded(seeds, self._course, self._ask, read, model)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """One call for each sample to reword.

        Raises:
            NotReady: no sample has an instruction.
        """
        seeds = _usable(pool)
        typical = typical_of([seed.sample for seed in seeds])
        each = self._count * (tokens(typical.instruction) + MARK)
        return [asking("wordings", self._course.requests(len(seeds)), self._ask(Seed(typical))[0], each)]

    def wanted(self, pool: Sequence[Seed]) -> int:
        """As many as asked for, fewer where the samples do not give so many."""
        return self._course.wanted(len(_usable(pool)))

    @property
    def _count(self) -> int:
        return min(self.per_seed, len(self.patterns or PATTERNS))

    @property
    def _course(self) -> Course:
        return Course(self.name, self.target, self._count, self.requests_per_round, self.balanced, self.seed)

    def _ask(self, seed: Seed) -> tuple[Prompt, tuple[Sample, ...]]:
        asked = seed.sample.instruction
        patterns = Random(f"{self.seed} {seed.sample.id}").sample(self.patterns or PATTERNS, self._count)
        text = QUESTION.format(
            forms="\n".join(f"- {pattern}: {HOW[pattern]}" for pattern in patterns),
            given=GIVEN if seed.sample.input else "",
            instruction=fenced("instruction", asked),
        )
        prompt = Prompt(
            (Message("user", text),),
            slot=f"seed {self.seed}, sample {seed.sample.id[:12]}",
            temperature=self.temperature,
            max_tokens=self.max_tokens,
            schema=_schema(patterns),
        )
        return prompt, (seed.sample,)

    def _read(self, seed: Seed, reply: Reply, known: Known, model: Model) -> Iterator[Made]:
        wordings = [] if reply.problem else _wordings(reply)
        if not wordings:
            yield Made(Sample(seed.sample.instruction), WHOLE, _nothing(reply), seed.category)
            return
        own, texts = seed.sample.instruction, [text for _, text in wordings]
        vectors = model.embed([own, *texts]) if self.least_meaning or self.most_cosine < 1 else None
        for at, (pattern, text) in enumerate(wordings, start=1):
            fault = self._lost(own, text) or (
                None if vectors is None else self._drifted(float(vectors[at] @ vectors[0]))
            )
            made = Made(replace(seed.sample, instruction=text), f"{at}, {pattern}", fault, seed.category)
            if fault is None:
                fault, closeness = known.admit([text], own, None if vectors is None else vectors[[at]])[0]
                made = replace(made, fault=fault, closeness=closeness)
            yield made

    def _lost(self, own: str, text: str) -> Fault | None:
        if not text:
            return Fault("empty", "there is no wording")
        lost = lost_facts(own, text) if self.keep_facts else []
        return Fault("lost facts", f"it lacks {', '.join(map(quoted, lost))}") if lost else None

    def _drifted(self, cosine: float) -> Fault | None:
        if not self.least_meaning or cosine >= self.least_meaning:
            return None
        return Fault("meaning drifted", f"cosine {cosine:.2f} with its instruction (least {self.least_meaning:.2f})")


def _usable(pool: Sequence[Seed]) -> list[Seed]:
    return usable(pool, lambda seed: bool(seed.sample.instruction.strip()), _NOTHING)


def _wordings(reply: Reply) -> list[tuple[str, str]]:
    """(pattern, wording), as far as they were asked for."""
    data = cast(dict[str, list[dict[str, str]]], reply.data)
    return [(one["pattern"], one["paraphrase"].strip()) for one in data["paraphrases"]]


def _nothing(reply: Reply) -> Fault:
    return no_answer(reply) if reply.problem else Fault("no paraphrases", "the answer has no wording in it")


def _schema(patterns: Sequence[Pattern]) -> str:
    one: dict[str, Json] = {
        "type": "object",
        "properties": {"pattern": {"type": "string", "enum": list(patterns)}, "paraphrase": {"type": "string"}},
        "required": ["pattern", "paraphrase"],
        "additionalProperties": False,
    }
    whole: dict[str, Json] = {
        "type": "object",
        "properties": {"paraphrases": {"type": "array", "items": one}},
        "required": ["paraphrases"],
        "additionalProperties": False,
    }
    return json.dumps(whole)
