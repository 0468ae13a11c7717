"""What differs between two samples that look alike, by plain rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from curation.duplicates.facts import Facts, facts
from curation.sample import Sample

Field = Literal["instruction", "prompt", "output"]
Feature = Literal["numbers", "names", "negations", "languages", "formats"]
FEATURES: tuple[Feature, ...] = ("numbers", "names", "negations", "languages", "formats")
FIELDS: dict[str, str] = {
    "instruction": "instructions", "prompt": "instructions with their inputs", "output": "answers",
}  # fmt: skip
"""What can be compared, and what it is called in a sentence."""


@dataclass(frozen=True)
class Differences:
    """How two samples compare beside their cosine.

    Args:
        rouge: ROUGE-L F1 of the compared texts, 0 to 1 (Lin 2004).
        inputs: ROUGE-L F1 of their inputs; 1 where both have none, 0 where one has none.
        length: characters of the shorter text through those of the longer, 0 to 1.
        differ: which features differ, in the order of `FEATURES`.
    """

    rouge: float
    inputs: float
    length: float
    differ: tuple[Feature, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """The differences of many pairs as columns of shape (pairs,).

    Args:
        rouge: float32, as in `Differences`.
        inputs: float32.
        length: float32.
        differ: uint8, a bit per feature: `FEATURES[n]` differs where `differ & 1 << n`.
    """

    rouge: NDArray[np.float32]
    inputs: NDArray[np.float32]
    length: NDArray[np.float32]
    differ: NDArray[np.uint8]

    def any_of(self, features: Iterable[Feature]) -> NDArray[np.bool_]:
        """Whether at least one of these features differs."""
        wanted = np.uint8(sum(1 << FEATURES.index(feature) for feature in set(features)))
        return np.asarray(self.differ & wanted, np.bool_)


def text_of(sample: Sample, field: str) -> str:
    """The text of a sample that is compared by this field."""
    return {"instruction": sample.instruction, "output": sample.output}.get(field, sample.prompt)


def facts_of(sample: Sample, field: str) -> Facts:
    """The facts of the text that is compared, and its input unless it is the instruction alone that counts."""
    return facts(text_of(sample, field), "" if field == "instruction" else sample.input)


def differences(a: Facts, b: Facts) -> Differences:
    """What differs between two texts.

    - numbers: they do not have the same numbers, each as often, in whatever order
    - names: one has a name that the other does not have, in capitals or not
    - negations: one of them negates and the other does not
    - languages: they name other languages, or are written in other scripts
    - formats: they ask for other kinds of text

    >>> differences(facts("List 3 rivers in Peru."), facts("List three rivers in Chile, not lakes")).differ
    ('names', 'negations')
    """
    differ = {
        "numbers": a.numbers != b.numbers,
        "names": bool(a.names - set(b.words) or b.names - set(a.words)),
        "negations": a.negations != b.negations,
        "languages": a.languages != b.languages,
        "formats": a.formats != b.formats,
    }
    return Differences(
        rouge=_alike(a.words, b.words),
        inputs=_alike(a.inputs, b.inputs) if a.inputs or b.inputs else 1.0,
        length=min(a.letters, b.letters) / max(a.letters, b.letters, 1),
        differ=tuple(feature for feature in FEATURES if differ[feature]),
    )


def table(found: Sequence[Differences]) -> Table:
    """Differences as columns."""
    return Table(
        rouge=np.array([each.rouge for each in found], np.float32),
        inputs=np.array([each.inputs for each in found], np.float32),
        length=np.array([each.length for each in found], np.float32),
        differ=np.array([sum(1 << FEATURES.index(feature) for feature in each.differ) for each in found], np.uint8),
    )


def _alike(a: Sequence[str], b: Sequence[str]) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(a, b) if a and b else 0.0
