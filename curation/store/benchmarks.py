"""What samples share with benchmarks: for each the item that is nearest, by words and by meaning, as evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import pyarrow as pa

from curation.store.workspace import Workspace

Measure = Literal["words", "cosine"]
MEASURES: tuple[Measure, ...] = get_args(Measure)

_FORGET = "DELETE FROM benchmark_hits"
_WRITE = """
INSERT INTO benchmark_hits SELECT sample, measure, value, benchmark, place, text, shared FROM found ORDER BY sample
"""
_LIST = """
SELECT sample, measure, value, benchmark, place, text, shared FROM benchmark_hits
WHERE measure = $measure AND value >= $least ORDER BY value DESC, sample LIMIT $most
"""
_COUNT = """
SELECT benchmark, count(*) FROM benchmark_hits WHERE measure = $measure AND value >= $least
GROUP BY benchmark ORDER BY count(*) DESC, benchmark
"""
_OF_SAMPLE = """
SELECT sample, measure, value, benchmark, place, text, shared FROM benchmark_hits WHERE sample = ? ORDER BY measure DESC
"""


@dataclass(frozen=True)
class Hit:
    """What one sample shares with the benchmark item that it is nearest to.

    Args:
        sample: its number.
        measure: by shared words, or by the cosine of their meanings.
        value: words in a row, or the cosine.
        benchmark: the name of the benchmark file.
        place: where in the file the item is.
        text: the item, as far as it is kept.
        shared: the words that both have, folded; "" for a cosine.
    """

    sample: int
    measure: Measure
    value: float
    benchmark: str
    place: str
    text: str
    shared: str = ""


def replace_hits(workspace: Workspace, hits: Sequence[Hit]) -> None:
    """Keep these in place of all that were found before."""
    names = ("sample", "measure", "value", "benchmark", "place", "text", "shared")
    columns = {name: [getattr(hit, name) for hit in hits] for name in names}
    with workspace.writing() as cursor:
        cursor.execute(_FORGET)
        if hits:
            cursor.register("found", pa.table(columns))
            cursor.execute(_WRITE)
            cursor.unregister("found")


def list_hits(workspace: Workspace, measure: Measure, least: float, most: int) -> list[Hit]:
    """The nearest ones whose value is at least so much, at most so many of them."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_LIST, {"measure": measure, "least": least, "most": most}).fetchall()
    return [_hit(*row) for row in rows]


def count_hits(workspace: Workspace, measure: Measure, least: float) -> dict[str, int]:
    """By benchmark, how many samples have a value of at least so much, most first."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_COUNT, {"measure": measure, "least": least}).fetchall()
    return {str(benchmark): int(count) for benchmark, count in rows}


def hits_of(workspace: Workspace, sample: int) -> list[Hit]:
    """The evidence about one sample, by words first."""
    return [_hit(*row) for row in workspace.execute(_OF_SAMPLE, sample)]


def _hit(*row: object) -> Hit:
    sample, measure, value, *texts = row
    return Hit(int(str(sample)), "words" if measure == "words" else "cosine", float(str(value)), *map(str, texts))
