"""Vectors by model and text: a text is embedded once per model, however many samples hold it (F22)."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from curation.store.workspace import Workspace

FIELDS = ("prompt", "instruction", "output")
"""What of a sample can be embedded; prompt is instruction and input together."""

# One text per sample for the chosen field, in the same words as Sample.prompt.
_TEXTS = """
SELECT seq, CASE $field WHEN 'instruction' THEN instruction WHEN 'output' THEN output
    WHEN 'prompt' THEN CASE WHEN input = '' THEN instruction ELSE instruction || chr(10) || chr(10) || input END
    END AS text FROM samples
"""
_HASHED = f"SELECT seq, text, left(sha256(text), 32) AS text_hash FROM ({_TEXTS}) WHERE text <> ''"
_MISSING = f"""
SELECT text_hash, any_value(text) FROM ({_HASHED})
ANTI JOIN (SELECT text_hash FROM vectors WHERE model = $model) USING (text_hash)
GROUP BY text_hash ORDER BY min(seq)
"""
_READ = f"""
SELECT seq, vector FROM ({_HASHED}) JOIN (SELECT text_hash, vector FROM vectors WHERE model = $model) USING (text_hash)
"""
_FIND = """
SELECT text_hash, any_value(vector) FROM vectors SEMI JOIN (SELECT unnest($hashes) AS text_hash) USING (text_hash)
WHERE model = $model GROUP BY text_hash
"""
_TEXTS_OF = f"SELECT text FROM ({_TEXTS}) JOIN wanted ON wanted.sample = seq ORDER BY wanted.place"
_COUNT = "SELECT (SELECT count(*) FROM vectors WHERE model = ?), (SELECT count(*) FROM samples)"
_WRITE = "INSERT INTO vectors SELECT ?, text_hash, vector FROM embedded"


def missing_texts(workspace: Workspace, model: str, field: str) -> list[tuple[str, str]]:
    """(hash, text) of every text that this model has not embedded, without repeats, oldest first."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_MISSING, {"field": field, "model": model}).fetchall()
    return [(str(text_hash), str(text)) for text_hash, text in rows]


def write_vectors(workspace: Workspace, model: str, hashes: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Store vectors, one row of `vectors` (n, d) per hash."""
    width = vectors.shape[1]
    rows = pa.FixedSizeListArray.from_arrays(pa.array(np.ascontiguousarray(vectors).ravel()), width)
    with workspace.writing() as cursor:
        cursor.register("embedded", pa.table({"text_hash": list(hashes), "vector": rows}))
        cursor.execute(_WRITE, [model])
        cursor.unregister("embedded")


def read_vectors(workspace: Workspace, model: str, field: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Numbers of the samples that have a vector, ascending, and their vectors (n, d) in the same order."""
    with workspace.cursor() as cursor:
        table = cursor.sql(_READ, params={"field": field, "model": model}).to_arrow_table()
    if not table.num_rows:
        return np.zeros(0, np.int32), np.zeros((0, 0), np.float32)
    numbers = table.column("seq").to_numpy()
    flat = table.column("vector").combine_chunks().flatten().to_numpy(zero_copy_only=False)
    order = np.argsort(numbers)
    return numbers[order].astype(np.int32), flat.reshape(len(numbers), -1)[order].astype(np.float32)


def count_vectors(workspace: Workspace, model: str) -> tuple[int, int]:
    """(texts that this model has embedded, samples): where both are the same, `read_vectors` gives the same."""
    texts, samples = workspace.execute(_COUNT, model)[0]
    return int(str(texts)), int(str(samples))


def read_texts(workspace: Workspace, field: str, numbers: NDArray[np.int32]) -> list[str]:
    """What is embedded of these samples, in their order."""
    wanted = pa.table({"sample": numbers, "place": np.arange(len(numbers), dtype=np.int32)})
    with workspace.cursor() as cursor:
        cursor.register("wanted", wanted)
        rows = cursor.execute(_TEXTS_OF, {"field": field}).fetchall()
        cursor.unregister("wanted")
    return [str(row[0]) for row in rows]


def find_vectors(workspace: Workspace, model: str, hashes: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """The vectors (d,) of this model for those of the texts, given by their hashes, that it has embedded."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_FIND, {"model": model, "hashes": list(hashes)}).fetchall()
    return {str(text_hash): np.array(vector, np.float32) for text_hash, vector in rows}
