"""Instruction backtranslation of documents: what a person asked to get this page, and the page as the answer."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from pydantic import Field, ValidationInfo, field_validator

from curation.documents import passages, read_documents
from curation.generators.backtranslation.humpback import Source, backtranslated, expected_calls
from curation.generators.backtranslation.pair_prompts import Curation
from curation.generators.fault import Fault
from curation.methods import ModelGenerator
from curation.prompts import Asking, Model
from curation.sample import Candidate, Refusal, Sample, Seed


class DocumentBacktranslation(ModelGenerator):
    """Instruction backtranslation (Humpback): instructions for documents of your own.

    For text by people in plenty and no instructions: manuals, articles, notes. Each passage stays word for word and
    becomes an answer; a model writes the instruction that it answers and then rates the pair. The published model gave
    a 5 to one pair in twelve and at least a 4 to two in five; the others can be seen with their score and reason.
    Samples of the pool are shown as examples of a pair where there are any. Requests: two for each passage, and two
    more in the second round, in which pairs that were kept are shown as examples, because nothing is trained here.
    Check that you may use the documents.
    """

    name: ClassVar[str] = "document_backtranslation"
    path: Path = Field(description="A file or a folder: .txt, .md, .jsonl (a text in each line), .html, .pdf")
    least_score: int = Field(5, ge=1, le=5, description="Keep pairs from this score on: 5 as published, or 4 for more")
    second_round: bool = Field(True, description="Try once more what was scored too low, with kept pairs as examples")
    examples: int = Field(3, ge=0, le=10, description="Pairs shown as examples with each request")
    least_characters: int = Field(600, ge=1, description="Shortest passage")
    most_characters: int = Field(
        3000, ge=2, validate_default=True, description="Longest passage, at least twice the shortest"
    )
    temperature: float = Field(0.7, ge=0, le=2, description="Higher for more varied instructions")
    system: str = Field("", description="System message of the new samples, empty for none")
    seed: int = Field(0, description="Another number shows other examples")

    @field_validator("most_characters")
    @classmethod
    def _twice(cls, most: int, others: ValidationInfo) -> int:
        """Below that a passage that is too long could be cut into pieces that are too short."""
        if most < 2 * int(others.data.get("least_characters", 1)):
            raise ValueError("the longest passage must have at least twice as many characters as the shortest")
        return most

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """Candidates for every passage.

        Raises:
            BadFile: the file cannot be read, or the folder has no document.
        """
        return backtranslated(self._sources(), _examples(pool), self._curation, model)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """Calls for instructions and for scores; reads the documents.

        Raises:
            BadFile: as for a run.
        """
        return expected_calls(self._sources(), _examples(pool), self._curation)

    def wanted(self, pool: Sequence[Seed]) -> int:  # noqa: ARG002
        """At most one for each passage that is good enough to ask about; reads the documents."""
        return sum(source.fault is None for source in self._sources())

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

    def _sources(self) -> tuple[Source, ...]:
        return read_sources(self.path, _stamp(self.path), self.least_characters, self.most_characters)


@lru_cache(maxsize=2)
def read_sources(path: Path, stamp: tuple[tuple[str, int, int], ...], least: int, most: int) -> tuple[Source, ...]:  # noqa: ARG001
    """The passages of documents; kept, so that an estimate before a run does not read them twice.

    Args:
        path: file or folder.
        stamp: changes when the files do.
        least: characters of a passage at least.
        most: characters of a passage at most.
    """
    found: list[Source] = []
    first: dict[str, str] = {}
    for document in read_documents(path):
        if isinstance(document, Refusal):
            found.append(Source(document.place, "", fault=Fault("unreadable", document.reason)))
            continue
        for passage in passages(document, least, most):
            place = f"{passage.document}, passage {passage.number}"
            fault = Fault(passage.rule, passage.reason) if passage.rule else None
            if fault is None and first.setdefault(passage.text, place) != place:
                fault = Fault("exact copy", f"the same text stands in {first[passage.text]}")
            found.append(Source(place, passage.text, fault=fault))
    return tuple(found)


def _stamp(path: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every file."""
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    stats = [(str(file), file.stat()) for file in files if file.is_file()]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def _examples(pool: Sequence[Seed]) -> list[Sample]:
    """Pairs of the pool to show: those by people where there are any."""
    people = [seed.sample for seed in pool if seed.human and seed.sample.output]
    return people or [seed.sample for seed in pool if seed.sample.output]
