"""A template whose gaps a model fills: topics that no table lists, each then answered.

Slot filling from a template as in LLM-made attribute prompts (AttrPrompt, Yu et al. 2023,
https://arxiv.org/abs/2306.15895), where a model lists the values of each attribute; prompts and bounds are our own.
"""

from collections.abc import Iterator, Sequence
from math import ceil
from random import Random
from typing import ClassVar

from pydantic import Field, field_validator

from curation.generators.estimates import asking
from curation.generators.fault import Fault, no_answer
from curation.generators.fence import fenced
from curation.generators.rounds import KEPT_SHARE, WHOLE, Made, Request, candidate, once
from curation.generators.templates.fillings import Filled, described, fillings_in, fillings_schema, read_fillings
from curation.generators.templates.slots import fill, slots
from curation.methods import ModelGenerator
from curation.prompts import Asking, Model, Prompt, Reply
from curation.sample import Candidate, Message, Sample, Seed

LISTING = """\
A set of instructions is made from the template between the marks by filling its gaps ({names}).{theme} List \
{count} items, each with something for all of the gaps, so that the filled template reads well and can be answered \
from general knowledge. Let them differ widely: common and rare, broad and narrow, from many fields and walks of life. \
Give each gap in a few words, in the wording and letter case that its place in the template needs.{known}

{template}"""
THEME = " All of it is to be about: {theme}."
KNOWN = "\n\nDo not repeat or reword any of these, which are there already:\n{known}"
SHOWN = 60
"""So many fillings that are there are shown with a request; of more, a part by chance."""
FILLED_TOKENS, ANSWER_TOKENS = 16, 300


class TopicTemplates(ModelGenerator):
    """Templates filled by a model: it lists what goes into the gaps, then answers each.

    In every round the model proposes fillings and is shown some of those that are there, also in the pool. One that is
    there already, or differs by little, is dropped; what is left is put into the template and answered.
    """

    name: ClassVar[str] = "topic_templates"
    template: str = Field(
        "Explain {topic} to {audience}.",
        description="One instruction with gaps in braces, for example {topic} or {audience}",
        json_schema_extra={"lines": 2},
    )
    theme: str = Field("", description="What all of it is to be about, empty for anything")
    target: int = Field(100, ge=1, description="Samples wanted; the last round may give a few more")
    per_request: int = Field(20, ge=1, le=60, description="Fillings asked for with each request")
    most_requests: int = Field(100, ge=1, description="Requests for fillings at most, even if too few are kept")
    most_similarity: float = Field(0.7, ge=0, le=1, description="Highest ROUGE-L of every gap with an earlier filling")
    system: str = Field("", description="System message with each question, kept with the sample; empty for none")
    temperature: float = Field(1.0, ge=0, le=2, description="For the fillings: higher for more variety")
    answer_temperature: float = Field(0.7, ge=0, le=2, description="For the answers")
    max_tokens: int = Field(1024, ge=1, description="Longest answer in tokens, also of a list of fillings")
    seed: int = Field(0, description="Another number asks anew")

    @field_validator("template")
    @classmethod
    def _has_gaps(cls, value: str) -> str:
        if not slots(value):
            raise ValueError("it has no gap; write a name in braces, for example {topic}")
        return value

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """Round by round, until the target or the most requests are reached."""
        there = Filled(fillings_in(self.template, (seed.sample.instruction for seed in pool)), self.most_similarity)
        made = number = 0
        while made < self.target and number < self.most_requests:
            number += 1
            for one in self._round(number, self._count(made), there, model):
                made += not one.rule
                yield one

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:  # noqa: ARG002
        """Calls for fillings, and one for each answer."""
        count = self._count(0)
        lists = min(self.most_requests, ceil(self.target / (self.per_request * KEPT_SHARE)))
        listing = self._listing(1, count, [])
        answers = min(self.target, lists * self.per_request * KEPT_SHARE)
        each = count * FILLED_TOKENS * len(slots(self.template))
        return [
            asking("fillings", lists, listing, each),
            asking("answers", answers, self._question(self.template), ANSWER_TOKENS),
        ]

    def wanted(self, pool: Sequence[Seed]) -> int:  # noqa: ARG002
        """As many as asked for."""
        return self.target

    def _count(self, made: int) -> int:
        """How many to ask for when so many are made: more than are wanted, because some will be dropped."""
        return min(self.per_request, ceil((self.target - made) / KEPT_SHARE))

    def _round(self, number: int, count: int, there: Filled, model: Model) -> Iterator[Candidate]:
        listing = Request(self.name, number, 1, self._listing(number, count, there.latest), ())
        listed = next(iter(model.each([once(listing.prompt)])))
        new: list[tuple[int, str]] = []
        for at, (instruction, fault) in enumerate(self._filled(listed, there), start=1):
            if fault is None:
                new.append((at, instruction))
            else:
                part = f"filling {at}" if instruction else WHOLE
                yield candidate(listing, listed, Made(self._sample(instruction), part, fault))
        replies = model.each(once(self._question(instruction)) for _, instruction in new)
        for (at, instruction), reply in zip(new, replies, strict=True):
            request = Request(self.name, number, 1, self._question(instruction), ())
            made = Made(self._sample(instruction, reply), f"answer {at}", no_answer(reply) if reply.problem else None)
            yield candidate(request, reply, made)

    def _filled(self, listed: Reply, there: Filled) -> Iterator[tuple[str, Fault | None]]:
        """(instruction, fault) of each filling of a reply."""
        fillings = read_fillings(listed, slots(self.template))
        if isinstance(fillings, Fault):
            yield "", fillings
            return
        for filling in fillings:
            yield fill(self.template, filling), there.admit(filling)

    def _sample(self, instruction: str, reply: Reply | None = None) -> Sample:
        return Sample(instruction, output=reply.text if reply else "", system=self.system)

    def _listing(self, number: int, count: int, there: Sequence[str]) -> Prompt:
        place = f"seed {self.seed}, round {number}"
        shown = Random(place).sample(there, min(SHOWN, len(there)))
        text = LISTING.format(
            names=described(self.template),
            theme=THEME.format(theme=self.theme) if self.theme else "",
            count=count,
            known=KNOWN.format(known=fenced("known", "\n".join(f"- {one}" for one in shown))) if shown else "",
            template=fenced("template", self.template),
        )
        return Prompt(
            (Message("user", text),),
            slot=place,
            temperature=self.temperature,
            max_tokens=self.max_tokens,
            schema=fillings_schema(slots(self.template), count),
        )

    def _question(self, instruction: str) -> Prompt:
        system = (Message("system", self.system),) if self.system else ()
        messages = (*system, Message("user", instruction))
        slot = f"seed {self.seed}"
        return Prompt(messages, slot, self.answer_temperature, max_tokens=self.max_tokens)
