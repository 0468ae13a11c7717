"""The stored pairs as a recipe means them: by meaning, words or score, and which of two samples is the better one."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import FIELDS, Explorer, Pairs, Scorer, columns_of
from curation.errors import NotReady
from curation.recipe import Duplicates
from curation.recipe.record import Preference
from curation.stages.differing import differing
from curation.stages.scoring import scorer_of
from curation.store import Workspace
from curation.store.pairs import Edges, Kind, Space, find_space, list_spaces, read_pairs
from curation.store.ranks import Ranks, read_ranks
from curation.store.signals import read_numbers

SCORE_FLOOR = 0.05
"""Pairs with a lower score are no candidates for duplicates at any threshold that is offered."""
Key = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Alike:
    """Stored pairs, ready to be cut at a threshold.

    Args:
        space: what was compared.
        edges: the pairs with the similarity that the threshold is about, none below the floor.
        stored: of the same pairs the similarity as stored: cosine or ROUGE-L.
        floor: the lowest similarity that is known.
        apart: which pairs no threshold joins.
        scorer: the calibrated score, None where texts were compared by words.
    """

    space: Space
    edges: Edges
    stored: NDArray[np.float32]
    floor: float
    apart: NDArray[np.bool_]
    scorer: Scorer | None

    def explorer(self, ranks: NDArray[np.float64]) -> Explorer:
        """Ready for any threshold above the floor, with the better of two by these ranks."""
        pairs = Pairs(self.edges.a, self.edges.b, self.edges.similarity, self.floor)
        return Explorer(len(ranks), pairs, ranks, self.edges.first(len(ranks)), self.apart)


def kind_of(wanted: Duplicates) -> Kind:
    """How the texts must have been compared; the score is made of cosines."""
    return "words" if wanted.by == "words" else "meaning"


def space_of(workspace: Workspace, wanted: Duplicates) -> Space:
    """The stored pairs that a recipe means.

    Raises:
        NotReady: they were not looked for.
    """
    kind = kind_of(wanted)
    space = find_space(workspace, kind, wanted.field)
    if space is None:
        there = " and ".join(dict.fromkeys(f"{FIELDS[one.field]} by {one.kind}" for one in list_spaces(workspace)))
        raise NotReady(
            f"Near-duplicates have not been looked for among the {FIELDS[wanted.field]} by {kind}"
            f"{f', only among {there}' if there else ''}: start it on the Duplicates page, then try again."
        )
    return space


def alike(workspace: Workspace, space: Space, wanted: Duplicates, verdicts: dict[Key, bool]) -> Alike:
    """The pairs of a space as a recipe means them.

    Never joined are those that a person told apart, and those in which one of the named features differs unless a
    person called them duplicates. Copies that a person told apart are none any more.

    Raises:
        NotReady: what differs within the pairs matters and was not looked for.
    """
    distinct = [pair for pair, is_same in verdicts.items() if not is_same]
    edges = read_pairs(workspace, space.id)
    scorer = scorer_of(workspace, space, edges, verdicts) if space.kind == "meaning" else None
    apart = edges.together(distinct)
    if wanted.unless:
        same = edges.together([pair for pair, is_same in verdicts.items() if is_same])
        apart |= differing(workspace, space, edges).any_of(wanted.unless) & ~same
    edges, stored = edges.with_apart(distinct), edges.similarity
    if wanted.by != "score" or scorer is None:
        return Alike(space, edges, stored, space.floor, apart, scorer)
    score = scorer(columns_of(stored, differing(workspace, space, edges))).astype(np.float32)
    near = score >= np.float32(SCORE_FLOOR)
    edges = replace(edges, a=edges.a[near], b=edges.b[near], similarity=score[near])
    return Alike(space, edges, stored[near], SCORE_FLOOR, apart[near], scorer)


def priority(workspace: Workspace, wanted: Duplicates | None = None) -> NDArray[np.float64]:
    """Rank of each sample by number, 0 the best: float64 of shape (samples,).

    A sample that a person chose to stay among its duplicates comes first, then those that are in, those that a rule
    drops, those that a person rejected; a choice does not help one that is out: so nothing that is in gives way to
    something that is out. Among equals the preferences of the recipe decide, and after all of them the earlier sample.
    """
    wanted = wanted or Duplicates()
    found = read_ranks(workspace)
    chosen = np.where(found.standing <= 1, found.preferred, 0)
    out = np.maximum(found.standing, 1)
    keys = [_key(workspace, name, wanted.judge_score, found) for name in wanted.prefer]
    order = np.lexsort((np.arange(len(out)), *reversed(keys), out, -chosen))
    ranks = np.empty(len(order))
    ranks[order] = np.arange(len(order))
    return ranks


def similarity_of(
    edges: Edges, rows: NDArray[np.int32], others: NDArray[np.int32], samples: int
) -> NDArray[np.float32]:
    """The similarity of each (row, other): 1 for copies, else as stored; then it must be among the edges (by a, b)."""
    first = edges.first(samples)
    ends = first[rows], first[others]
    keys = edges.a.astype(np.int64) * samples + edges.b
    wanted = np.minimum(*ends).astype(np.int64) * samples + np.maximum(*ends)
    found = np.ones(len(rows), np.float32)
    apart = ends[0] != ends[1]
    found[apart] = edges.similarity[np.searchsorted(keys, wanted[apart])]
    return found


def _key(workspace: Workspace, name: Preference, judge_score: str, found: Ranks) -> NDArray[np.float64]:
    """One preference as numbers, the lowest the best; without a judge score the last."""
    if name == "accepted":
        return found.standing.astype(np.float64)
    if name == "longest":
        return -found.letters.astype(np.float64)
    if name == "earliest":
        return np.arange(len(found.letters), dtype=np.float64)
    scores = read_numbers(workspace, judge_score)
    return np.where(np.isnan(scores), np.inf, -scores)
