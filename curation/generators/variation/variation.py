"""The same request with other inputs, where the right answer can be computed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from random import Random
from typing import ClassVar

from pydantic import Field

from curation.generators.variation.skill import Family, Skill, agrees, is_plain
from curation.generators.variation.skills_of_lists import DATES, LISTS
from curation.generators.variation.skills_of_numbers import ARITHMETIC, EXTRACTING, SORTING
from curation.generators.variation.skills_of_text import CASING, COUNTING, REVERSING
from curation.generators.variation.skills_of_units import UNITS
from curation.methods import Generator
from curation.sample import Collected, Origin, Sample

SKILLS: tuple[Skill, ...] = (
    *SORTING,
    *COUNTING,
    *REVERSING,
    *CASING,
    *EXTRACTING,
    *ARITHMETIC,
    *UNITS,
    *DATES,
    *LISTS,
)
"""What can be computed. To add a skill: write it in the file of its kind."""
TRIES = 20
"""A new input is drawn at most so often before a kind counts as used up."""


class InputVariation(Generator):
    """New inputs with computed answers.

    An instruction of the pool is taken up only if the answer that the sample has is the one that we compute for its
    input, so a request that was misread makes nothing.

    >>> parent = Sample("Sort these numbers.", "3, 1, 2", "1, 2, 3")
    >>> made = next(InputVariation()([parent])).sample
    >>> made.instruction, made.output == ", ".join(sorted(made.input.split(", "), key=int))
    ('Sort these numbers.', True)
    """

    name: ClassVar[str] = "input_variation"
    per_sample: int = Field(3, ge=0, description="New inputs per instruction of the pool")
    families: tuple[Family, ...] = Field((), description="Families to make from scratch as well")
    per_skill: int = Field(5, ge=1, description="Samples from scratch per kind of request in these families")
    limit: int = Field(0, ge=0, description="Most samples in all; 0 for no limit")
    seed: int = Field(0, description="Another number gives other inputs")

    def __call__(self, pool: Sequence[Sample]) -> Iterator[Collected]:
        """First vary the pool, then make the families that are asked for; nothing is made twice."""
        seen = {sample.id for sample in pool}
        yield from islice(self._all(pool, seen), self.limit or None)

    def requested(self, pool: Sequence[Sample]) -> int:
        """At most so many samples will be made."""
        most = self.per_sample * sum(skill_of(sample) is not None for sample in pool)
        most += self.per_skill * len(self._skills())
        return min(most, self.limit) if self.limit else most

    def _skills(self) -> list[Skill]:
        return [skill for skill in SKILLS if skill.family in self.families]

    def _all(self, pool: Sequence[Sample], seen: set[str]) -> Iterator[Collected]:
        for parent in pool:
            skill = skill_of(parent)
            if skill is not None:
                yield from self._varied(parent, skill, seen)
        for skill in self._skills():
            yield from self._from_scratch(skill, seen)

    def _varied(self, parent: Sample, skill: Skill, seen: set[str]) -> Iterator[Collected]:
        random = Random(f"{self.seed} {parent.id}")
        for at in range(1, self.per_sample + 1):
            child = _new(parent, skill, random, seen)
            if child is None:
                return
            ref = f"sample {parent.id[:12]}, {skill.name} {at}"
            origin = Origin(self.name, "computed answers", ref, category=skill.family, parents=(parent.id,))
            yield Collected(child, origin)

    def _from_scratch(self, skill: Skill, seen: set[str]) -> Iterator[Collected]:
        random = Random(f"{self.seed} {skill.name}")
        for at in range(self.per_skill):
            asked = Sample(skill.phrasings[at % len(skill.phrasings)])
            child = _new(asked, skill, random, seen)
            if child is None:
                return
            origin = Origin(self.name, "computed answers", f"{skill.name} {at + 1}", category=skill.family)
            yield Collected(child, origin)


def skill_of(sample: Sample) -> Skill | None:
    """The first skill that a sample's instruction may ask for and that gives its very answer; None for none.

    Samples with more than one turn, a rejected answer or a system message are left alone: they may ask for more.
    """
    if not sample.input.strip() or sample.followups or sample.rejected or sample.system:
        return None
    for skill in SKILLS:
        fits = skill.pattern.fullmatch(sample.instruction) and is_plain(sample.instruction, skill.terms)
        if fits and agrees(skill, sample.input, sample.output):
            return skill
    return None


def _new(asked: Sample, skill: Skill, random: Random, seen: set[str]) -> Sample | None:
    """The request with an input that it has not had; None where none is found."""
    for _ in range(TRIES):
        given = skill.draw(random)
        child = replace(asked, input=given, output=skill.solve(given))
        if child.id not in seen:
            seen.add(child.id)
            return child
    return None
