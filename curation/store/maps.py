"""Maps: where each sample lies on a plane, kept so that a map is drawn once and shown at once."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from curation.store.workspace import Workspace, now

_FORGET = "DELETE FROM maps WHERE map = ?"
_FORGET_POSITIONS = "DELETE FROM positions WHERE map = ?"
_WRITE = "INSERT INTO maps VALUES (?, ?, ?, ?, ?)"
_WRITE_POSITIONS = "INSERT INTO positions SELECT ?, sample, x, y FROM placed"
_LATEST = """
SELECT maps.map, model, field, seed, made, (SELECT count(*) FROM positions WHERE positions.map = maps.map)
FROM maps ORDER BY made DESC LIMIT 1
"""
_POSITIONS = "SELECT sample, x, y FROM positions WHERE map = ? ORDER BY sample"


@dataclass(frozen=True)
class Map:
    """A stored map: which model and field it shows, with which seed it was laid out, and how many samples are on it."""

    id: str
    model: str
    field: str
    seed: int
    made: datetime
    samples: int


def write_map(
    workspace: Workspace, model: str, field: str, seed: int, placed: tuple[NDArray[np.int32], NDArray[np.float32]]
) -> str:
    """Store a map in place of the one of the same model and field; `placed` is numbers (n,) and positions (n, 2)."""
    numbers, positions = placed
    key = f"{field} {model}"
    columns = {
        "sample": numbers,
        "x": np.ascontiguousarray(positions[:, 0]),
        "y": np.ascontiguousarray(positions[:, 1]),
    }
    with workspace.writing() as cursor:
        cursor.execute(_FORGET, [key])
        cursor.execute(_FORGET_POSITIONS, [key])
        cursor.execute(_WRITE, [key, model, field, seed, now()])
        cursor.register("placed", pa.table(columns))
        cursor.execute(_WRITE_POSITIONS, [key])
        cursor.unregister("placed")
    return key


def latest_map(workspace: Workspace) -> Map | None:
    """The map that was laid out last, None where there is none."""
    rows = workspace.execute(_LATEST)
    if not rows:
        return None
    key, model, field, seed, made, samples = rows[0]
    assert isinstance(made, datetime)
    return Map(str(key), str(model), str(field), int(str(seed)), made, int(str(samples)))


def read_positions(workspace: Workspace, key: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Numbers (n,) ascending and positions (n, 2) of the samples on a map."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_POSITIONS, [key]).fetchnumpy()
    return np.asarray(found["sample"], np.int32), np.stack([found["x"], found["y"]], axis=1).astype(np.float32)
