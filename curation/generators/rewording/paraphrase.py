"""The same request in other words, by rule: no model, and the answer stays right."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import ClassVar

from pydantic import Field

from curation.generators.rewording.rewordings import REWORDINGS
from curation.methods import Generator
from curation.sample import Collected, Origin, Sample


class Paraphrase(Generator):
    """Rule-based paraphrase.

    >>> pool = [Sample("Describe the water cycle.", output="Water rises and falls.")]
    >>> [made.sample.instruction for made in Paraphrase(per_sample=2)(pool)]  # doctest: +ELLIPSIS
    ['...', '...']
    """

    name: ClassVar[str] = "paraphrase"
    per_sample: int = Field(1, ge=1, le=len(REWORDINGS), description="Most paraphrases per sample")
    limit: int = Field(0, ge=0, description="Most samples in all; 0 for no limit")
    seed: int = Field(0, description="Another number gives another choice of wordings")

    def __call__(self, pool: Sequence[Sample]) -> Iterator[Collected]:
        """Reword every instruction that a rule fits; a text that is there already is left out."""
        seen = {sample.id for sample in pool}
        made = 0
        for parent in pool:
            for collected in self._reworded(parent, seen):
                if self.limit and made == self.limit:
                    return
                made += 1
                yield collected

    def requested(self, pool: Sequence[Sample]) -> int:
        """At most so many samples will be made."""
        most = self.per_sample * len(pool)
        return min(most, self.limit) if self.limit else most

    def _reworded(self, parent: Sample, seen: set[str]) -> Iterator[Collected]:
        rules = list(REWORDINGS)
        # Chance depends on the sample and not on its place, so that a larger pool changes nothing for this one.
        Random(f"{self.seed} {parent.id}").shuffle(rules)
        left = self.per_sample
        for rule in rules:
            instruction = REWORDINGS[rule](parent.instruction)
            child = replace(parent, instruction=instruction)
            if not instruction or child.id in seen or not left:
                continue
            seen.add(child.id)
            left -= 1
            ref = f"sample {parent.id[:12]}, {rule}"
            yield Collected(child, Origin(self.name, "rules of wording", ref, parents=(parent.id,)))
