"""Numbers about how varied collections are, kept so that a page shows them at once, and what they are computed from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pyarrow as pa

from curation.store.workspace import Workspace, now

_FORGET = "DELETE FROM diversity_numbers WHERE field = ?"
_WRITE = """
INSERT INTO diversity_numbers
SELECT ?, place, kind, name, metric, value, low, high, samples, words, size, draws, seed, model, ?, ? FROM computed
"""
_READ = """
SELECT kind, name, metric, value, low, high, samples, words, size, draws, seed, model, stamp, made
FROM diversity_numbers WHERE field = ? ORDER BY place
"""
_TEXTS = """
SELECT CASE WHEN $field = 'output' THEN output WHEN input = '' THEN instruction
    ELSE instruction || chr(10) || chr(10) || input END
FROM samples ORDER BY seq
"""
_LABELS = "SELECT sample, min(label) FROM labels WHERE signal = ? GROUP BY sample"
_COUNT = "SELECT count(*) FROM samples"
_RUNS = """
SELECT runs.id FROM runs JOIN origins ON origins.run = runs.id
GROUP BY runs.id, runs.started HAVING count(DISTINCT sample) >= ? ORDER BY runs.started DESC, runs.id LIMIT ?
"""

FIELDS = ("prompt", "output")
"""Texts of a sample that numbers are computed from; prompt is instruction and input together."""


@dataclass(frozen=True)
class Number:
    """One number about one group of samples.

    Args:
        kind: all, in, shown, origin or run.
        name: of the origin or run; the filters of what was shown.
        metric: which number.
        value: the mean over the draws, None where it says nothing about this group.
        low: lower end of its 95 % interval, None without a value.
        high: upper end.
        samples: samples of the group that it could be computed from.
        words: words in the texts of these.
        size: samples in each draw, 0 where the group is too small.
        draws: how many draws.
        seed: of the draws.
        model: the embedding model, "" where none was used.
    """

    kind: str
    name: str
    metric: str
    value: float | None
    low: float | None
    high: float | None
    samples: int
    words: int
    size: int
    draws: int
    seed: int
    model: str

    def of(self, kind: str, name: str) -> "Number":
        """The same number under another group's name, for groups of the same samples."""
        return replace(self, kind=kind, name=name)


@dataclass(frozen=True)
class Numbers:
    """All numbers of a field, in the order computed; `stamp` names what they were computed from, "" for none."""

    rows: tuple[Number, ...] = ()
    stamp: str = ""
    made: datetime | None = None


def write_diversity(workspace: Workspace, field: str, stamp: str, rows: Sequence[Number]) -> None:
    """Keep these numbers in place of those of the same field."""
    columns = ("kind", "name", "metric", "value", "low", "high", "samples", "words", "size", "draws", "seed", "model")
    table = pa.table({name: [getattr(row, name) for row in rows] for name in columns} | {"place": range(len(rows))})
    with workspace.writing() as cursor:
        cursor.execute(_FORGET, [field])
        if rows:
            cursor.register("computed", table)
            cursor.execute(_WRITE, [field, stamp, now()])
            cursor.unregister("computed")


def read_diversity(workspace: Workspace, field: str) -> Numbers:
    """The numbers that are kept for a field."""
    found = workspace.execute(_READ, field)
    if not found:
        return Numbers()
    made = found[0][-1]
    assert isinstance(made, datetime)
    return Numbers(tuple(_number(row[:-2]) for row in found), str(found[0][-2]), made)


def read_texts(workspace: Workspace, field: str) -> list[str]:
    """One text per sample of the workspace, by number."""
    with workspace.cursor() as cursor:
        return [str(text) for (text,) in cursor.execute(_TEXTS, {"field": field}).fetchall()]


def read_kinds(workspace: Workspace, signal: str) -> list[str]:
    """One label per sample, by number, "" where there is none; also of what sources say, such as `category`."""
    labels = [""] * int(str(workspace.execute(_COUNT)[0][0]))
    for number, label in workspace.execute(_LABELS, signal):
        labels[int(str(number))] = str(label)
    return labels


def runs_with(workspace: Workspace, least: int, most: int) -> list[str]:
    """The latest runs that brought so many samples at least, at most so many runs, earliest first."""
    return [str(run) for (run,) in reversed(workspace.execute(_RUNS, least, most))]


def _number(row: tuple[object, ...]) -> Number:
    kind, name, metric, model = (str(row[at]) for at in (0, 1, 2, 11))
    value, low, high = (None if end is None else float(str(end)) for end in row[3:6])
    samples, words, size, draws, seed = (int(str(whole)) for whole in row[6:11])
    return Number(kind, name, metric, value, low, high, samples, words, size, draws, seed, model)
