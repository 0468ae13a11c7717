"""What the recipe in force drops as a duplicate, and in favour of what."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from curation.store.pairs import Edges
from curation.store.workspace import Workspace

_FORGET = "DELETE FROM duplicates"
_WRITE = "INSERT INTO duplicates SELECT sample, representative, similarity FROM found"
_READ_EDGES = "SELECT sample, representative, similarity FROM duplicates ORDER BY sample"
_READ = "SELECT sample FROM duplicates ORDER BY sample"


def write_duplicates(workspace: Workspace, edges: Edges) -> None:
    """Replace what the recipe drops as duplicates: `a` is dropped in favour of `b`.

    Nothing is written where it is so already.
    """
    if _is_kept(workspace, edges):
        return
    columns = {"sample": edges.a, "representative": edges.b, "similarity": edges.similarity}
    with workspace.writing() as cursor:
        cursor.execute(_FORGET)
        cursor.register("found", pa.table(columns))
        cursor.execute(_WRITE)
        cursor.unregister("found")


def read_duplicates(workspace: Workspace) -> NDArray[np.int32]:
    """Numbers of the samples that the recipe drops as duplicates, ascending."""
    with workspace.cursor() as cursor:
        return np.asarray(cursor.execute(_READ).fetchnumpy()["sample"], np.int32)


def _is_kept(workspace: Workspace, edges: Edges) -> bool:
    with workspace.cursor() as cursor:
        kept = cursor.execute(_READ_EDGES).fetchnumpy()
    order = np.argsort(edges.a, kind="stable")
    found = {"sample": edges.a, "representative": edges.b, "similarity": edges.similarity}
    return all(np.array_equal(kept[name], column[order]) for name, column in found.items())
