"""Near-duplicate pairs above a floor, found once per model and field, and what the recipe makes of them."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from curation.store.workspace import Workspace, now

_FORGET = "DELETE FROM spaces WHERE space = ?"
_FORGET_PAIRS = "DELETE FROM pairs WHERE space = ?"
_WRITE = "INSERT INTO spaces VALUES (?, ?, ?, ?, ?, ?)"
_WRITE_PAIRS = "INSERT INTO pairs SELECT ?, a, b, similarity FROM found"
_READ = "SELECT a, b, similarity FROM pairs WHERE space = ? ORDER BY a, b"
_LATEST = "SELECT space, model, field, floor, samples, made FROM spaces ORDER BY made DESC LIMIT 1"
_COUNT = "SELECT count(*) FROM pairs WHERE space = ?"
_FORGET_DUPLICATES = "DELETE FROM duplicates"
_WRITE_DUPLICATES = "INSERT INTO duplicates SELECT sample, representative, similarity FROM found"
_ABOVE = "SELECT a, b, similarity FROM pairs WHERE space = ? AND similarity >= ?::FLOAT ORDER BY a, b"
_NEIGHBOURS = """
SELECT CASE WHEN a = $sample THEN b ELSE a END, similarity FROM pairs
WHERE space = $space AND (a = $sample OR b = $sample) ORDER BY similarity DESC LIMIT $limit
"""
_RANKS = """
SELECT samples.seq, coalesce(states.state = 'accepted', false), length(samples.output)
FROM samples JOIN states ON states.sample = samples.seq ORDER BY samples.seq
"""


@dataclass(frozen=True)
class Space:
    """A stored set of pairs: the model and field that were compared, the floor, and how many samples took part."""

    id: str
    model: str
    field: str
    floor: float
    samples: int
    made: datetime
    pairs: int


@dataclass(frozen=True)
class Edges:
    """Pairs as columns: a < b are numbers of samples (int32), similarity float32."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    similarity: NDArray[np.float32]


def write_pairs(workspace: Workspace, model: str, field: str, counted: tuple[float, int], edges: Edges) -> str:
    """Store the pairs of one model and field in place of the earlier ones; `counted` is (floor, samples compared)."""
    key = f"{field} {model}"
    table = pa.table({"a": edges.a, "b": edges.b, "similarity": edges.similarity})
    with workspace.writing() as cursor:
        cursor.execute(_FORGET, [key])
        cursor.execute(_FORGET_PAIRS, [key])
        cursor.execute(_WRITE, [key, model, field, *counted, now()])
        cursor.register("found", table)
        cursor.execute(_WRITE_PAIRS, [key])
        cursor.unregister("found")
    return key


def latest_space(workspace: Workspace) -> Space | None:
    """The pairs that were found last, None where none were looked for."""
    rows = workspace.execute(_LATEST)
    if not rows:
        return None
    key, model, field, floor, samples, made = rows[0]
    assert isinstance(made, datetime)
    pairs = int(str(workspace.execute(_COUNT, key)[0][0]))
    return Space(str(key), str(model), str(field), float(str(floor)), int(str(samples)), made, pairs)


def read_pairs(workspace: Workspace, space: str) -> Edges:
    """All pairs of a space, ordered by their numbers."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_READ, [space]).fetchnumpy()
    similarity = np.asarray(found["similarity"], np.float32)
    return Edges(np.asarray(found["a"], np.int32), np.asarray(found["b"], np.int32), similarity)


def pairs_above(workspace: Workspace, space: str, threshold: float) -> list[tuple[int, int, float]]:
    """(number, number, similarity) of the pairs at or above a threshold."""
    rows = workspace.execute(_ABOVE, space, threshold)
    return [(int(str(a)), int(str(b)), float(str(similarity))) for a, b, similarity in rows]


def neighbours_of(workspace: Workspace, space: str, sample: int, limit: int = 10) -> list[tuple[int, float]]:
    """(number, similarity) of the most similar samples among the stored pairs."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_NEIGHBOURS, {"sample": sample, "space": space, "limit": limit}).fetchall()
    return [(int(other), float(similarity)) for other, similarity in rows]


def write_duplicates(workspace: Workspace, edges: Edges) -> None:
    """Replace what the recipe drops as duplicates: `a` is dropped in favour of `b`."""
    columns = {"sample": edges.a, "representative": edges.b, "similarity": edges.similarity}
    with workspace.writing() as cursor:
        cursor.execute(_FORGET_DUPLICATES)
        cursor.register("found", pa.table(columns))
        cursor.execute(_WRITE_DUPLICATES)
        cursor.unregister("found")


def read_ranks(workspace: Workspace) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """(accepted by a person, letters of the answer) per sample by number: what makes one the better of two."""
    rows = workspace.execute(_RANKS)
    accepted = np.array([bool(row[1]) for row in rows], dtype=np.bool_)
    return accepted, np.array([int(str(row[2])) for row in rows], dtype=np.int64)
