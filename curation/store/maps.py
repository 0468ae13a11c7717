"""Maps: where each sample lies on a plane and in which cluster, kept so that a map is drawn once and shown at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from curation.layouts import Layout, Method, Metric
from curation.store.workspace import Workspace, now

Numbers = NDArray[np.int32]
Floats = NDArray[np.float32]

_FORGET = "DELETE FROM maps WHERE map = ?"
_FORGET_POSITIONS = "DELETE FROM positions WHERE map = ?"
_FORGET_TITLES = "DELETE FROM cluster_titles WHERE map = ?"
_WRITE = """
INSERT INTO maps (map, model, field, seed, made, method, neighbours, min_distance, metric, grouping, shown)
VALUES ($map, $model, $field, $seed, $made, $method, $neighbours, $min_distance, $metric, '', $made)
"""
_WRITE_POSITIONS = """
INSERT INTO positions (map, sample, x, y, later) SELECT $map, sample, x, y, $later FROM placed
WHERE sample NOT IN (SELECT sample FROM positions WHERE map = $map)
"""
_LIST = """
SELECT maps.map, model, field, method, neighbours, min_distance, metric, seed, made, grouping,
    count(positions.sample), count(*) FILTER (later)
FROM maps LEFT JOIN positions ON positions.map = maps.map
GROUP BY maps.map, model, field, method, neighbours, min_distance, metric, seed, made, grouping, shown
ORDER BY shown DESC, made DESC
"""
_SHOW = "UPDATE maps SET shown = ? WHERE map = ?"
_POSITIONS = "SELECT sample, x, y FROM positions WHERE map = ? ORDER BY sample"
_CLUSTERS = "SELECT sample, cluster FROM positions WHERE map = ? AND cluster IS NOT NULL ORDER BY sample"
_WRITE_CLUSTERS = """
UPDATE positions SET cluster = found.cluster FROM found WHERE positions.sample = found.sample AND map = $map
"""
_GROUPED = "UPDATE maps SET grouping = ? WHERE map = ?"
_TITLES = "SELECT cluster, title, maker FROM cluster_titles WHERE map = ? ORDER BY cluster"
_FORGET_SOME = "DELETE FROM cluster_titles WHERE map = ? AND list_contains(?, cluster)"
_WRITE_TITLES = "INSERT INTO cluster_titles SELECT $map, cluster, title, $maker FROM named"


@dataclass(frozen=True)
class Map:
    """A stored map.

    Args:
        id: its key.
        model: the revision of the embedding model whose vectors it shows.
        field: what of the samples was embedded.
        layout: how it was laid out.
        made: when, UTC.
        grouping: how its clusters were found, in words.
        samples: how many are on it.
        later: how many of them came after it was laid out.
    """

    id: str
    model: str
    field: str
    layout: Layout
    made: datetime
    grouping: str
    samples: int
    later: int


def write_map(workspace: Workspace, model: str, field: str, layout: Layout, placed: tuple[Numbers, Floats]) -> str:
    """Store a map in place of the one of the same model, field and layout, and show it; gives its key.

    Args:
        workspace: where it is kept.
        model: revision of the embedding model.
        field: what was embedded.
        layout: how it was laid out.
        placed: numbers (n,) and positions (n, 2).
    """
    how = f"{layout.method} {layout.neighbours} {layout.min_distance:g} {layout.metric} {layout.seed}"
    key = f"{field} {model} {how}"
    with workspace.writing() as cursor:
        for query in (_FORGET, _FORGET_POSITIONS, _FORGET_TITLES):
            cursor.execute(query, [key])
        values = {"map": key, "model": model, "field": field, "seed": layout.seed, "made": now()}
        values |= {"method": layout.method, "neighbours": layout.neighbours}
        cursor.execute(_WRITE, values | {"min_distance": layout.min_distance, "metric": layout.metric})
    add_positions(workspace, key, placed, later=False)
    return key


def add_positions(workspace: Workspace, key: str, placed: tuple[Numbers, Floats], later: bool = True) -> None:
    """Put samples on a map, beside those that are there, which stay: numbers (n,) and positions (n, 2)."""
    numbers, positions = placed
    x, y = np.ascontiguousarray(positions[:, 0]), np.ascontiguousarray(positions[:, 1])
    with workspace.writing() as cursor:
        cursor.register("placed", pa.table({"sample": numbers, "x": x, "y": y}))
        cursor.execute(_WRITE_POSITIONS, {"map": key, "later": later})
        cursor.unregister("placed")


def list_maps(workspace: Workspace) -> list[Map]:
    """All maps, the one that is shown first, then those shown before it."""
    return [_map(row) for row in workspace.execute(_LIST)]


def latest_map(workspace: Workspace) -> Map | None:
    """The map that is shown: made or chosen last; None where there is none."""
    return next(iter(list_maps(workspace)), None)


def show_map(workspace: Workspace, key: str) -> None:
    """From now on this map is the one that is shown."""
    with workspace.writing() as cursor:
        cursor.execute(_SHOW, [now(), key])


def read_positions(workspace: Workspace, key: str) -> tuple[Numbers, Floats]:
    """Numbers (n,) ascending and positions (n, 2) of the samples on a map."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_POSITIONS, [key]).fetchnumpy()
    return np.asarray(found["sample"], np.int32), np.stack([found["x"], found["y"]], axis=1).astype(np.float32)


def write_clusters(workspace: Workspace, key: str, numbers: Numbers, clusters: Numbers) -> None:
    """Note in which cluster samples of a map are, -1 for none; what is known of others stays."""
    with workspace.writing() as cursor:
        cursor.register("found", pa.table({"sample": numbers, "cluster": clusters}))
        cursor.execute(_WRITE_CLUSTERS, {"map": key})
        cursor.unregister("found")


def read_clusters(workspace: Workspace, key: str) -> tuple[Numbers, Numbers]:
    """Numbers (n,) ascending of the samples of a map whose cluster is known, and the clusters, -1 for none."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_CLUSTERS, [key]).fetchnumpy()
    return np.asarray(found["sample"], np.int32), np.asarray(found["cluster"], np.int32)


def write_titles(workspace: Workspace, key: str, titles: Mapping[int, str], maker: str = "") -> None:
    """Give clusters of a map their titles, in place of what they were called; `maker` is the model that gave them."""
    with workspace.writing() as cursor:
        cursor.execute(_FORGET_SOME, [key, list(titles)])
        columns = {"cluster": pa.array(list(titles), pa.int32()), "title": pa.array(list(titles.values()), pa.string())}
        cursor.register("named", pa.table(columns))
        cursor.execute(_WRITE_TITLES, {"map": key, "maker": maker})
        cursor.unregister("named")


def start_clusters(workspace: Workspace, key: str, grouping: str, titles: Sequence[str]) -> None:
    """Begin new clusters of a map: how they were found, in words, and what they are called, by number."""
    with workspace.writing() as cursor:
        cursor.execute(_GROUPED, [grouping, key])
        cursor.execute(_FORGET_TITLES, [key])
    write_titles(workspace, key, dict(enumerate(titles)))


def read_titles(workspace: Workspace, key: str) -> dict[int, tuple[str, str]]:
    """The title of each cluster of a map, and the model that gave it, "" where it is made of distinctive words."""
    return {int(str(code)): (str(title), str(maker)) for code, title, maker in workspace.execute(_TITLES, key)}


def _map(row: Sequence[object]) -> Map:
    key, model, field, method, neighbours, least, metric, seed, made, grouping, samples, later = row
    assert isinstance(made, datetime)
    layout = Layout(
        cast(Method, str(method)), int(str(neighbours)), float(str(least)), cast(Metric, str(metric)), int(str(seed))
    )
    return Map(str(key), str(model), str(field), layout, made, str(grouping), int(str(samples)), int(str(later)))
