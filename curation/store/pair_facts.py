"""What differs within each stored pair, computed once: a function of the two texts, so it never changes."""

import numpy as np
import pyarrow as pa

from curation.duplicates import Table
from curation.store.pairs import Edges
from curation.store.workspace import Workspace

_FORGET = "DELETE FROM pair_facts WHERE space = ?"
_WRITE = "INSERT INTO pair_facts SELECT ?, ?, a, b, rouge, inputs, length, differ FROM found"
_READ = "SELECT a, b, rouge, inputs, length, differ FROM pair_facts WHERE space = ? AND version = ? ORDER BY a, b"


def write_pair_facts(workspace: Workspace, space: str, version: int, edges: Edges, table: Table) -> None:
    """Store what differs within the pairs of a space by a version of the rules, in place of what was there."""
    columns = {name: getattr(table, name) for name in ("rouge", "inputs", "length", "differ")}
    with workspace.writing() as cursor:
        cursor.execute(_FORGET, [space])
        cursor.register("found", pa.table({"a": edges.a, "b": edges.b, **columns}))
        cursor.execute(_WRITE, [space, version])
        cursor.unregister("found")


def read_pair_facts(workspace: Workspace, space: str, version: int, edges: Edges) -> Table | None:
    """What differs, in the order of the pairs; None where it is not known of these very pairs and rules."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_READ, [space, version]).fetchnumpy()
    if not (np.array_equal(found["a"], edges.a) and np.array_equal(found["b"], edges.b)):
        return None
    rouge, inputs, length = (np.asarray(found[name], np.float32) for name in ("rouge", "inputs", "length"))
    return Table(rouge, inputs, length, np.asarray(found["differ"], np.uint8))
