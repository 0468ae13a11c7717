"""How varied the instructions of some samples are: their verbs and objects."""

from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from curation.diversity import top_verb_objects
from curation.store import Workspace
from curation.store.charts import verb_object_counts

Numbers = NDArray[np.int32]

VERBS = 20
OBJECTS = 4


@dataclass(frozen=True)
class Variety:
    """How varied the instructions of some samples are.

    Args:
        samples: how many were looked at, those that are measured.
        with_verb: share of them in which a verb was found, 0 to 1.
        with_object: share in which the verb has an object, 0 to 1.
        pairs: how many different verb–object pairs there are.
    """

    samples: int
    with_verb: float
    with_object: float
    pairs: int


@dataclass(frozen=True)
class VerbObjects:
    """Verbs and objects of some samples: counts of (verb, object) with "" for none, and what follows from them."""

    counts: tuple[tuple[str, str, int], ...]

    def top(self) -> list[tuple[str, str, int]]:
        """The rows of the sunburst: VERBS verbs with at most OBJECTS objects each, as in the published one."""
        pairs = chain.from_iterable(repeat((verb, noun), n) for verb, noun, n in self._pairs())
        return top_verb_objects(pairs, VERBS, OBJECTS)

    def verbs(self, limit: int = VERBS) -> list[tuple[str, int]]:
        """(verb, samples), most frequent first, with or without an object."""
        totals: dict[str, int] = {}
        for verb, _, n in self.counts:
            if verb:
                totals[verb] = totals.get(verb, 0) + n
        return sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:limit]

    def variety(self) -> Variety:
        """The numbers about these samples."""
        samples = sum(n for _, _, n in self.counts)
        found = [n for _, _, n in self._pairs()]
        verbs = sum(n for verb, _, n in self.counts if verb)
        return Variety(
            samples,
            verbs / max(1, samples),
            sum(found) / max(1, samples),
            len(found),
        )

    def _pairs(self) -> list[tuple[str, str, int]]:
        return [row for row in self.counts if row[0] and row[1]]


def verb_objects_of(workspace: Workspace, numbers: Numbers) -> VerbObjects:
    """Verbs and objects of these samples, as far as they are measured."""
    return VerbObjects(tuple(verb_object_counts(workspace, numbers)))
