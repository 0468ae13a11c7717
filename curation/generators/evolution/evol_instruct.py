"""Evol-Instruct: prompts that grow harder, or give rise to rarer ones, round by round.

Xu et al. 2023 (WizardLM), code nlpxucan/WizardLM, from which the numbers, operators and eliminations are taken.
"""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import ClassVar

from pydantic import Field, ValidationInfo, field_validator

from curation.errors import NotReady
from curation.generators.estimates import asking, tokens, typical_of
from curation.generators.evolution.eliminations import gain_prompt, plain
from curation.generators.evolution.evolving import Evolved, Step, answer_prompt, evolve
from curation.generators.evolution.operators import OPERATORS, Sampling, draw, evolution_prompt
from curation.generators.fault import Fault
from curation.generators.origins import origin_of
from curation.methods import ModelGenerator
from curation.prompts import Asking, Model
from curation.sample import Candidate, Sample, Seed

LONGER = 90
"""Characters by which a prompt grows in a round: 10 to 20 words."""
GAIN_SHARE, VERDICT = 0.5, 40
"""Assumed share of evolved prompts that gain something (users of the code report half); tokens of a verdict."""
_WEIGHTS = tuple(OPERATORS)
_COPY = Fault("exact copy", "the same prompt is there already")


class EvolInstruct(ModelGenerator):
    """Evol-Instruct: harder and rarer prompts, round by round.

    For a pool that is too easy or too plain. Every sample evolves once a round: its prompt (instruction and input as
    one) is made harder in one of five ways, or gives rise to a new, rarer one of the same domain. A second request
    judges what was gained, a third answers it. What fails is shown with its reason, and the sample that it came from
    takes its place in the next round. Three requests a sample at most; the numbers are the published ones.
    """

    name: ClassVar[str] = "evol_instruct"
    rounds: int = Field(4, ge=1, le=4, description="How often each sample evolves, each time from where it has come")
    temperature: float = Field(1.0, ge=0, le=2, description="Higher for more variety")
    max_tokens: int = Field(2048, ge=1, description="Longest evolved prompt, and longest answer, in tokens")
    seed: int = Field(0, description="Another number draws other ways to evolve")
    top_p: float = Field(0.95, gt=0, le=1, description="Share of the likeliest words to choose from")
    add_constraints: float = Field(1.0, ge=0, description="Weight of adding a constraint; the larger, the more often")
    deepen: float = Field(1.0, ge=0, description="Weight of asking in more depth and breadth")
    concretise: float = Field(1.0, ge=0, description="Weight of replacing general notions by specific ones")
    more_reasoning: float = Field(1.0, ge=0, description="Weight of asking for more steps of reasoning")
    complicate_input: float = Field(1.0, ge=0, description="Weight of adding data, such as a table or code")
    in_breadth: float = Field(1.0, ge=0, description="Weight of a new, rarer prompt of the same domain")

    @field_validator("in_breadth")
    @classmethod
    def _some_weight(cls, value: float, info: ValidationInfo) -> float:
        others = (info.data.get(name, 1.0) for name in _WEIGHTS[:-1])
        if not value and not any(others):
            raise ValueError("at least one way to evolve needs a weight above 0")
        return value

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """Evolve the whole pool round by round.

        Raises:
            NotReady: no sample of the pool has an instruction.
        """
        current = starts(pool)
        known = {plain(sample.prompt) for sample in current}
        for number in range(1, self.rounds + 1):
            steps = [self._step(sample, number, at) for at, sample in enumerate(current, start=1)]
            found = model.each(evolve(step, self._sampling) for step in steps)
            for at, (step, evolved) in enumerate(zip(steps, found, strict=True)):
                made = self._candidate(step, number, evolved, known)
                if not made.rule:
                    current[at] = made.sample
                yield made

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """Calls for evolved prompts, for what each gained, and for the answers of those that did.

        Raises:
            NotReady: no sample of the pool has an instruction.
        """
        samples = starts(pool)
        typical = typical_of([Sample(sample.prompt, output=sample.output) for sample in samples])
        calls = len(samples) * self.rounds
        before = Sample("x" * round(len(typical.instruction) + LONGER * GAIN_SHARE * (self.rounds - 1) / 2))
        after = Sample(before.instruction + "x" * LONGER)
        step = evolution_prompt(before.instruction, "deepen", self._sampling, "")
        verdict = gain_prompt(before.instruction, after.instruction)
        answer = answer_prompt(after, self._sampling, "")
        return [
            asking("evolved prompts", calls, step, tokens(after.instruction)),
            asking("anything gained?", calls, verdict, VERDICT),
            asking("answers", calls * GAIN_SHARE, answer, tokens(typical.output)),
        ]

    def wanted(self, pool: Sequence[Seed]) -> int:
        """Every sample in every round, if nothing fails."""
        return len(distinct(pool)) * self.rounds

    @property
    def weights(self) -> Mapping[str, float]:
        """How often each operator is drawn, relative to the others."""
        options = self.model_dump()
        return {name: float(options[name]) for name in _WEIGHTS}

    @property
    def _sampling(self) -> Sampling:
        return Sampling(self.temperature, self.top_p, self.max_tokens)

    def _step(self, sample: Sample, number: int, at: int) -> Step:
        operator = draw(self.weights, Random(f"{self.seed} {number} {at}"))
        return Step(sample, operator, f"seed {self.seed}, round {number}, sample {at}")

    def _candidate(self, step: Step, number: int, evolved: Evolved, known: set[str]) -> Candidate:
        prompt, words = plain(evolved.sample.prompt), step.operator.replace("_", " ")
        fault = evolved.fault or (_COPY if prompt in known else None)
        if fault is None:
            known.add(prompt)
        place = step.place.partition(", ")[2]
        origin = origin_of(self.name, evolved.reply, f"{place}, {words}", (step.sample.id,), words)
        return Candidate(evolved.sample, origin, *(fault or ("", "")), round=number)


def starts(pool: Sequence[Seed]) -> list[Sample]:
    """The samples to start from; of those with the same prompt, the first.

    Raises:
        NotReady: there is none.
    """
    found = distinct(pool)
    if not found:
        raise NotReady("There is nothing to evolve: choose or import samples with an instruction, then try again.")
    return found


def distinct(pool: Sequence[Seed]) -> list[Sample]:
    """The samples that have an instruction; of those with the same prompt, the first."""
    first: dict[str, Sample] = {}
    for seed in pool:
        if seed.sample.instruction.strip():
            first.setdefault(plain(seed.sample.prompt), seed.sample)
    return list(first.values())
