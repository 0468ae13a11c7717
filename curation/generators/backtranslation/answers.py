"""Instruction backtranslation of the answers of the pool."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from pydantic import Field

from curation.generators.backtranslation.humpback import Source, backtranslated, expected_calls
from curation.generators.backtranslation.pair_prompts import Curation
from curation.generators.fault import Fault
from curation.methods import ModelGenerator
from curation.prompts import Asking, Model
from curation.sample import Candidate, Sample, Seed


class AnswerBacktranslation(ModelGenerator):
    """Instruction backtranslation of answers: another instruction for each answer of the pool.

    For good answers whose instruction is missing, poor or a mere title. The answer stays word for word; a model writes
    an instruction that it answers and rates the pair (Humpback, see instruction backtranslation of documents). A kept
    sample names the one that the answer is from. Requests: two for each answer, and two more in the second round, in
    which pairs that were kept are shown as examples, because nothing is trained here.
    """

    name: ClassVar[str] = "answer_backtranslation"
    least_score: int = Field(5, ge=1, le=5, description="Keep pairs from this score on: 5 as published, or 4 for more")
    second_round: bool = Field(True, description="Try once more what was scored too low, with kept pairs as examples")
    examples: int = Field(3, ge=0, le=10, description="Kept pairs shown as examples in the second round")
    least_characters: int = Field(100, ge=1, description="Shortest answer; one word can answer anything")
    most_characters: int = Field(3000, ge=1, description="Longest answer")
    temperature: float = Field(0.7, ge=0, le=2, description="Higher for more varied instructions")
    system: str = Field("", description="System message of the new samples, empty for none")
    seed: int = Field(0, description="Another number shows other examples")

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """Candidates for every answer."""
        return backtranslated(self._sources(pool), (), self._curation, model)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """Calls for instructions and for scores."""
        return expected_calls(self._sources(pool), (), self._curation)

    def wanted(self, pool: Sequence[Seed]) -> int:
        """At most one for each answer that is neither too short nor too long."""
        return sum(source.fault is None for source in self._sources(pool))

    @property
    def _curation(self) -> Curation:
        return Curation(
            self.name,
            self.least_score,
            self.second_round,
            self.examples,
            self.temperature,
            self.system,
            self.seed,
        )

    def _sources(self, pool: Sequence[Seed]) -> list[Source]:
        first: dict[str, str] = {}
        found = []
        for sample in (seed.sample for seed in pool if seed.sample.output):
            fault = self._fault(sample, first.setdefault(sample.output, sample.id))
            found.append(Source(f"answer of sample {sample.id[:8]}", sample.output, (sample.id,), fault))
        return found

    def _fault(self, sample: Sample, first: str) -> Fault | None:
        length = len(sample.output)
        if length < self.least_characters:
            return Fault("too short", f"{length:,} characters (fewest {self.least_characters:,})")
        if length > self.most_characters:
            return Fault("too long", f"{length:,} characters (most {self.most_characters:,})")
        return Fault("exact copy", f"sample {first[:8]} has the same answer") if first != sample.id else None
