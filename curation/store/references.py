"""References that the samples were compared with: the items with their distances, and what was found in all."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from curation.diversity.two_samples import TwoSamples
from curation.sample import Collected, Origin, Sample
from curation.store.workspace import Workspace

_FORGET = "DELETE FROM reference_looks WHERE name = ?"
_FORGET_ITEMS = "DELETE FROM reference_items WHERE name = ?"
_ADD = "INSERT INTO reference_looks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ADD_ITEMS = "INSERT INTO reference_items BY NAME SELECT ? AS name, * FROM items"
_LOOKS = """
SELECT name, kind, scope, field, model, signal, samples, newest, energy, share, p, n, m, permutations, seed, made
FROM reference_looks ORDER BY made DESC
"""
_DISTANCES = "SELECT distance FROM reference_items WHERE name = ? ORDER BY position"
_FAR = """
SELECT position, reference_items.sample, coalesce(samples.instruction, reference_items.instruction),
    coalesce(samples.input, reference_items.input), coalesce(samples.output, reference_items.output), ref, category,
    licence, method, nearest, distance
FROM reference_items LEFT JOIN samples ON samples.seq = reference_items.sample
WHERE name = ? AND distance > ? ORDER BY distance DESC, position LIMIT ?
"""


@dataclass(frozen=True)
class Look:
    """What one comparison with a reference found in all.

    Args:
        name: what the reference is called.
        kind: people, origin or file.
        scope: which samples were compared, in words.
        field: of the samples, and of the items.
        model: the embedding model.
        signal: the name of the signal with the distance of each sample.
        samples: how many samples were compared.
        newest: how many samples the workspace had.
        test: whether samples and items could come from one source.
        made: when.
    """

    name: str
    kind: str
    scope: str
    field: str
    model: str
    signal: str
    samples: int
    newest: int
    test: TwoSamples
    made: datetime


@dataclass(frozen=True)
class Item:
    """One item of a reference.

    Args:
        position: 0, 1, 2 … within the reference.
        collected: its text, and where that came from.
        sample: its number where it is a sample of the workspace, else None.
        nearest: the number of the sample nearest to it.
        distance: how far that is, 1 - cosine.
    """

    position: int
    collected: Collected
    sample: int | None
    nearest: int
    distance: float


def write_look(workspace: Workspace, look: Look, items: Sequence[Item]) -> None:
    """Keep a comparison in place of an earlier one with a reference of this name."""
    about = [look.name, look.kind, look.scope, look.field, look.model, look.signal, look.samples, look.newest]
    values = [*about, *astuple(look.test), look.made]
    with workspace.writing() as cursor:
        cursor.execute(_FORGET, [look.name])
        cursor.execute(_FORGET_ITEMS, [look.name])
        cursor.execute(_ADD, values)
        cursor.register("items", _columns(items))
        cursor.execute(_ADD_ITEMS, [look.name])
        cursor.unregister("items")


def forget_look(workspace: Workspace, name: str) -> None:
    """Remove a comparison with all its items."""
    with workspace.writing() as cursor:
        cursor.execute(_FORGET, [name])
        cursor.execute(_FORGET_ITEMS, [name])


def read_looks(workspace: Workspace) -> list[Look]:
    """All comparisons, the latest first."""
    return [_look(row) for row in workspace.execute(_LOOKS)]


def item_distances(workspace: Workspace, name: str) -> NDArray[np.float32]:
    """The distance of every item to its nearest sample, by position."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_DISTANCES, [name]).fetchnumpy()
    return np.asarray(found["distance"], np.float32)


def far_items(workspace: Workspace, name: str, distance: float, limit: int = 1000) -> list[Item]:
    """Items that lie further than this from every sample, the furthest first."""
    return [_item(row) for row in workspace.execute(_FAR, name, distance, limit)]


def _columns(items: Sequence[Item]) -> pa.Table:
    """Of an item that is a sample of the workspace the text stays there."""
    samples = [Sample("") if one.sample is not None else one.collected.sample for one in items]
    origins = [one.collected.origin for one in items]
    return pa.table(
        {
            "position": pa.array([one.position for one in items], pa.int32()),
            "sample": pa.array([one.sample for one in items], pa.int32()),
            "id": pa.array([one.collected.sample.id for one in items], pa.string()),
            **{name: [getattr(one, name) for one in samples] for name in ("instruction", "input", "output")},
            **{name: [getattr(one, name) for one in origins] for name in ("ref", "category", "licence", "method")},
            "nearest": pa.array([one.nearest for one in items], pa.int32()),
            "distance": pa.array([one.distance for one in items], pa.float32()),
        }
    )


def _look(row: Sequence[object]) -> Look:
    made = row[15]
    assert isinstance(made, datetime)
    name, kind, scope, field, model, signal = (str(value) for value in row[:6])
    samples, newest, n, m, permutations, seed = (int(str(row[at])) for at in (6, 7, 11, 12, 13, 14))
    energy, share, p = (float(str(row[at])) for at in (8, 9, 10))
    test = TwoSamples(energy, share, p, n, m, permutations, seed)
    return Look(name, kind, scope, field, model, signal, samples, newest, test, made)


def _item(row: Sequence[object]) -> Item:
    position, sample, instruction, given, output, ref, category, licence, method, nearest, distance = row
    origin = Origin(str(method), "", str(ref), str(category), str(licence))
    collected = Collected(Sample(str(instruction), str(given), str(output)), origin)
    number = None if sample is None else int(str(sample))
    return Item(int(str(position)), collected, number, int(str(nearest)), float(str(distance)))
