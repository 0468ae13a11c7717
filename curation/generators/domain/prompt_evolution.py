"""Prompt evolution for a domain: each prompt varied along axes, so that a grid of cases is filled.

The axes are those by which test sets for assistants are commonly laid out; the even filling of the grid and the check
of each cell are ours.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from pydantic import Field

from curation.errors import NotReady
from curation.generators.domain.axes import AMBIGUOUS, ORDINARY, OUT_OF_SCOPE, Axis, Cell, allotted, cells_of
from curation.generators.domain.varying import (
    Brief,
    Variant,
    Varied,
    answer_prompt,
    check_prompt,
    variant_prompt,
    vary,
)
from curation.generators.estimates import asking, tokens, typical_of
from curation.generators.evolution.eliminations import plain
from curation.generators.evolution.evol_instruct import distinct, starts
from curation.generators.evolution.operators import Sampling
from curation.generators.fault import Fault
from curation.generators.origins import origin_of
from curation.methods import ModelGenerator
from curation.prompts import Asking, Model
from curation.sample import Candidate, Sample, Seed

_COPY = Fault("exact copy", "the same prompt is there already")
_VERDICT = 40
"""Tokens of a verdict with its reason."""


class PromptEvolution(ModelGenerator):
    """Prompt evolution: variants for a domain, along intent, tone, persona and more.

    For an assistant of one domain, whose users ask in many ways. Every combination of the chosen axes' values is a
    cell of a grid; each sample's prompt (instruction and input as one) gets variants in some cells, so that all cells
    are filled evenly. The cell is the category of what is made. One request a variant, one for its answer, one more
    where it is checked.
    """

    name: ClassVar[str] = "prompt_evolution"
    domain: str = Field("", description="What the assistant is for; empty for the domain of each sample")
    variants: int = Field(4, ge=1, description="Variants of each sample, each in another cell while there are enough")
    axes: tuple[Axis, ...] = Field(("intent", "complexity", "edge_case"), description="Axes of the grid")
    check: bool = Field(False, description="Ask whether each variant fits its cell, and drop those that do not")
    answers: bool = Field(True, description="Have the variants answered; off for prompts alone")
    seed: int = Field(0, description="Another number gives each sample other cells")
    intent: tuple[str, ...] = Field(
        ("compare", "recommend", "explain", "troubleshoot", "plan"), description="What users want"
    )
    specificity: tuple[str, ...] = Field(("general", "specific", "down to the last detail"), description="How specific")
    tone: tuple[str, ...] = Field(("neutral", "friendly", "impatient", "formal"), description="In which tone")
    persona: tuple[str, ...] = Field(
        ("a beginner", "an expert", "someone in a hurry", "a child", "a non-native speaker"), description="Who asks"
    )
    complexity: tuple[str, ...] = Field(("simple", "moderate", "demanding"), description="How hard to answer")
    edge_case: tuple[str, ...] = Field((ORDINARY, AMBIGUOUS, OUT_OF_SCOPE), description="Edge cases; none: ordinary")
    system: str = Field("", description="System message of the new samples; empty for each sample's own")
    temperature: float = Field(1.0, ge=0, le=2, description="Higher for more variety")
    top_p: float = Field(0.95, gt=0, le=1, description="Share of the likeliest words to choose from")
    max_tokens: int = Field(2048, ge=1, description="Longest prompt, and longest answer, in tokens")

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """The variants of one sample after the other.

        Raises:
            NotReady: no sample of the pool has an instruction, or no chosen axis has a value.
        """
        samples, brief = starts(pool), self._brief
        known = {plain(sample.prompt) for sample in samples}
        variants = self._variants(samples)
        for variant, varied in zip(variants, model.each(vary(one, brief) for one in variants), strict=True):
            yield self._candidate(variant, varied, known)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """Calls for the variants, their checks and their answers.

        Raises:
            NotReady: as for a run.
        """
        samples, brief = starts(pool), self._brief
        typical = typical_of([Sample(sample.prompt, output=sample.output) for sample in samples])
        variant, calls = Variant(typical, self._cells[0], ""), len(samples) * self.variants
        asked = [asking("variants", calls, variant_prompt(variant, brief), tokens(typical.instruction))]
        if self.check:
            prompt = check_prompt(typical.instruction, variant.cell, brief)
            asked.append(asking("do they fit?", calls, prompt, _VERDICT))
        if self.answers:
            asked.append(asking("answers", calls, answer_prompt(typical, variant, brief), tokens(typical.output)))
        return asked

    def wanted(self, pool: Sequence[Seed]) -> int:
        """Every variant of every sample."""
        return len(distinct(pool)) * self.variants

    def cells(self) -> list[Cell]:
        """The cells of the grid that these options make."""
        values: dict[Axis, tuple[str, ...]] = {
            "intent": self.intent,
            "specificity": self.specificity,
            "tone": self.tone,
            "persona": self.persona,
            "complexity": self.complexity,
            "edge_case": self.edge_case,
        }
        return cells_of({axis: named for axis, named in values.items() if axis in self.axes})

    @property
    def _cells(self) -> list[Cell]:
        found = self.cells()
        if not found:
            raise NotReady("The grid has no cell: choose at least one axis that has a value, then try again.")
        return found

    @property
    def _brief(self) -> Brief:
        sampling = Sampling(self.temperature, self.top_p, self.max_tokens)
        return Brief(self.domain.strip(), self.system, self.check, self.answers, sampling)

    def _variants(self, samples: Sequence[Sample]) -> list[Variant]:
        cells = allotted(self._cells, len(samples), self.variants, self.seed)
        return [
            Variant(sample, cell, f"seed {self.seed}, sample {at}, variant {number}")
            for at, (sample, own) in enumerate(zip(samples, cells, strict=True), start=1)
            for number, cell in enumerate(own, start=1)
        ]

    def _candidate(self, variant: Variant, varied: Varied, known: set[str]) -> Candidate:
        prompt = plain(varied.sample.prompt)
        fault = varied.fault or (_COPY if prompt in known else None)
        if fault is None:
            known.add(prompt)
        origin = origin_of(
            self.name, varied.reply, variant.place.partition(", ")[2], (variant.sample.id,), variant.cell.words
        )
        return Candidate(varied.sample, origin, *(fault or ("", "")))
