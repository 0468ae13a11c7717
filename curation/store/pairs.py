"""Near-duplicate pairs above a floor, found once per model and field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from curation.store.workspace import Workspace, now

Kind = Literal["meaning", "words"]
"""How texts were compared: by the cosine of their vectors, or by the words that they share (ROUGE-L)."""
WORDS = "rouge-l"
"""Written where a space names its model, of those that were compared by words."""
Counted = tuple[float, int] | tuple[float, int, float]
"""Of stored pairs: the floor, the samples compared, and the recall where not every pair was looked at."""

_FORGET = "DELETE FROM spaces WHERE space = ?"
_FORGET_PAIRS = "DELETE FROM pairs WHERE space IN (?, 'copies ' || ?)"
_WRITE = "INSERT INTO spaces (space, model, field, floor, samples, made, recall) VALUES (?, ?, ?, ?, ?, ?, ?)"
_WRITE_PAIRS = "INSERT INTO pairs SELECT ?, a, b, similarity FROM found"
# Samples with the very same vector are no pairs among themselves: the first is, and the others are noted with it.
_WRITE_COPIES = "INSERT INTO pairs SELECT 'copies ' || ?, first, copy, 1 FROM same"
_READ_COPIES = "SELECT a, b FROM pairs WHERE space = 'copies ' || ? ORDER BY b"
_READ = "SELECT a, b, similarity FROM pairs WHERE space = ? ORDER BY a, b"
_SPACES = "SELECT space, model, field, floor, samples, made, recall FROM spaces ORDER BY made DESC, space"
_NEIGHBOURS = """
WITH me AS (
    SELECT coalesce((SELECT a FROM pairs WHERE space = 'copies ' || $space AND b = $sample), $sample) AS first),
near AS (
    SELECT CASE WHEN a = first THEN b ELSE a END AS other, similarity FROM pairs, me
    WHERE space IN ($space, 'copies ' || $space) AND (a = first OR b = first)
    UNION ALL SELECT first, 1 FROM me)
SELECT other, similarity FROM near WHERE other <> $sample ORDER BY similarity DESC, other LIMIT $limit
"""
# A text that is empty is never embedded and so never compared.
_COMPARABLE = """
SELECT count(*) FROM samples
WHERE CASE ? WHEN 'output' THEN output WHEN 'instruction' THEN instruction ELSE instruction || input END <> ''
"""


@dataclass(frozen=True)
class Space:
    """A stored set of pairs: the model and field that were compared, the floor, and how many samples took part.

    Args:
        recall: the share of all pairs from the floor upwards that were found; 1 where every pair was looked at.
    """

    id: str
    model: str
    field: str
    floor: float
    samples: int
    made: datetime
    recall: float

    @property
    def kind(self) -> Kind:
        """How the texts were compared."""
        return "words" if self.model == WORDS else "meaning"


def _no_copies() -> NDArray[np.int32]:
    return np.zeros((0, 2), np.int32)


@dataclass(frozen=True)
class Edges:
    """Pairs as columns: a < b are numbers of samples (int32), similarity float32.

    Args:
        a: the earlier sample of each pair.
        b: the later one.
        similarity: their cosine.
        copies: (first, copy) of samples whose vectors are the same, int32 of shape (k, 2): only the first of them is
            in pairs, and whatever is near it is as near to its copies.
    """

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    similarity: NDArray[np.float32]
    copies: NDArray[np.int32] = field(default_factory=_no_copies)

    def first(self, samples: int) -> NDArray[np.int32]:
        """The first of the samples that have the vector of each: int32 of shape (samples,)."""
        found = np.arange(samples, dtype=np.int32)
        found[self.copies[:, 1]] = self.copies[:, 0]
        return found

    def together(self, pairs: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
        """Which of the pairs are these (in whatever order), or stand for them as the first of their copies."""
        samples = 1 + max(int(part.max(initial=-1)) for part in (self.b, self.copies))
        first = self.first(samples)
        ends = np.array([pair for pair in pairs if max(pair) < samples], np.int64).reshape(-1, 2)
        wanted = np.sort(first[ends], axis=1).astype(np.int64)
        return np.isin(self.a.astype(np.int64) * samples + self.b, wanted[:, 0] * samples + wanted[:, 1])

    def with_apart(self, pairs: Iterable[tuple[int, int]]) -> "Edges":
        """Without the copies that are one of these pairs with another copy or the first: they stand alone then."""
        first = dict(self.copies[:, ::-1].tolist())
        alone = [max(a, b) for a, b in pairs if first.get(a, a) == first.get(b, b)]
        return replace(self, copies=self.copies[~np.isin(self.copies[:, 1], alone)]) if alone else self

    def among(self, chosen: Sequence[int]) -> "Edges":
        """The pairs of these samples alone, copies among them: the first that is chosen stands for its copies."""
        numbers = np.sort(np.asarray(chosen, np.int32))
        first = self.first(1 + max(int(part.max(initial=-1)) for part in (numbers, self.b, self.copies)))
        stands = np.full(len(first), -1, np.int32)
        stands[first[numbers[::-1]]] = numbers[::-1]
        a, b = stands[first[self.a]], stands[first[self.b]]
        inside = (a >= 0) & (b >= 0)
        a, b = np.minimum(a, b)[inside], np.maximum(a, b)[inside]
        own = stands[first[numbers]]
        same = own != numbers
        similarity = np.concatenate([self.similarity[inside], np.ones(np.count_nonzero(same), np.float32)])
        return Edges(np.concatenate([a, own[same]]), np.concatenate([b, numbers[same]]), similarity)


def write_pairs(workspace: Workspace, model: str, field: str, counted: Counted, edges: Edges) -> str:
    """Store the pairs of one model and field in place of the earlier ones."""
    key = f"{field} {model}"
    floor, samples, recall = counted if len(counted) == 3 else (*counted, 1.0)
    table = pa.table({"a": edges.a, "b": edges.b, "similarity": edges.similarity})
    with workspace.writing() as cursor:
        cursor.execute(_FORGET, [key])
        cursor.execute(_FORGET_PAIRS, [key, key])
        cursor.execute(_WRITE, [key, model, field, floor, samples, now(), recall])
        cursor.register("found", table)
        cursor.execute(_WRITE_PAIRS, [key])
        cursor.unregister("found")
        cursor.register("same", pa.table({"first": edges.copies[:, 0], "copy": edges.copies[:, 1]}))
        cursor.execute(_WRITE_COPIES, [key])
        cursor.unregister("same")
    return key


def list_spaces(workspace: Workspace) -> list[Space]:
    """Every stored set of pairs, the one found last first."""
    found = []
    for key, model, compared, floor, samples, made, recall in workspace.execute(_SPACES):
        assert isinstance(made, datetime)
        counts = float(str(floor)), int(str(samples)), made, float(str(recall))
        found.append(Space(str(key), str(model), str(compared), *counts))
    return found


def find_space(workspace: Workspace, kind: Kind, field: str | None = None) -> Space | None:
    """The pairs of a kind that were found last, of one field or of any; None where none were looked for."""
    wanted = (space for space in list_spaces(workspace) if space.kind == kind and field in {None, space.field})
    return next(wanted, None)


def latest_space(workspace: Workspace) -> Space | None:
    """The pairs by meaning that were found last, None where none were looked for."""
    return find_space(workspace, "meaning")


def read_pairs(workspace: Workspace, space: str) -> Edges:
    """All pairs of a space, ordered by their numbers."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_READ, [space]).fetchnumpy()
        same = cursor.execute(_READ_COPIES, [space]).fetchnumpy()
    similarity = np.asarray(found["similarity"], np.float32)
    copies = np.column_stack([same["a"], same["b"]]).astype(np.int32)
    return Edges(np.asarray(found["a"], np.int32), np.asarray(found["b"], np.int32), similarity, copies)


def pairs_above(
    workspace: Workspace, space: str, threshold: float, chosen: Sequence[int]
) -> list[tuple[int, int, float]]:
    """(number, number, similarity) of the pairs of these samples at or above a threshold, as `Edges.among` has them."""
    edges = read_pairs(workspace, space).among(chosen)
    near = edges.similarity >= np.float32(threshold)
    return list(zip(*(part[near].tolist() for part in (edges.a, edges.b, edges.similarity)), strict=True))


def neighbours_of(workspace: Workspace, space: str, sample: int, limit: int = 10) -> list[tuple[int, float]]:
    """(number, similarity) of the most similar samples among the stored pairs."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_NEIGHBOURS, {"sample": sample, "space": space, "limit": limit}).fetchall()
    return [(int(other), float(similarity)) for other, similarity in rows]


def count_not_compared(workspace: Workspace, space: Space) -> int:
    """How many samples hold a text of this field and were not there, or not embedded, when pairs were looked for."""
    return max(0, int(str(workspace.execute(_COMPARABLE, space.field)[0][0])) - space.samples)
