"""What charts are drawn from: counts and columns of the samples that are shown, whose numbers come as one array."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.store.listing import Line
from curation.store.workspace import Workspace

Numbers = NDArray[np.int32]

_STATES = "SELECT sample, state AS label FROM states"
_ORIGINS = "SELECT sample, arg_min(source, rowid) AS label FROM origins GROUP BY sample"
_METHODS = "SELECT sample, arg_min(method, rowid) AS label FROM origins GROUP BY sample"
_MODELS = "SELECT sample, arg_min(model, rowid) AS label FROM origins WHERE model <> '' GROUP BY sample"
_LABELS = "SELECT sample, label FROM signals WHERE signal = $signal AND label <> ''"
COLUMNS = {"state": _STATES, "origin": _ORIGINS, "method": _METHODS, "model": _MODELS}
"""What gives each sample one label without being a signal: its state, and where its first origin is from."""
_COUNT_VALUES = {
    "state": "SELECT count(DISTINCT state) FROM states",
    "origin": "SELECT count(DISTINCT source) FROM origins",
    "method": "SELECT count(DISTINCT method) FROM origins",
    "model": "SELECT count(DISTINCT model) FROM origins WHERE model <> ''",
}
_CLUSTERS = """
WITH grouped AS (SELECT sample, label FROM signals WHERE signal = 'cluster' AND label <> ''),
    placed AS (SELECT sample FROM positions WHERE map = $map),
    far AS (SELECT sample, value FROM signals WHERE signal = 'centre_distance'),
    named AS (SELECT title AS label, maker FROM cluster_titles WHERE map = $map)
SELECT label, count(*), count(*) FILTER (state = 'accepted'), count(*) FILTER (state = 'kept'),
    count(*) FILTER (state = 'dropped'), count(*) FILTER (state = 'rejected'),
    avg(value), coalesce(any_value(maker), '')
FROM shown JOIN grouped USING (sample) JOIN placed USING (sample) JOIN states USING (sample)
    LEFT JOIN far USING (sample) LEFT JOIN named USING (label)
GROUP BY label ORDER BY any_value(maker) IS NULL AND label = 'none', 2 DESC, 1
"""
_VERB_OBJECTS = """
WITH verbs AS (SELECT sample, label AS verb FROM signals WHERE signal = 'verb'),
    objects AS (SELECT sample, label AS object FROM signals WHERE signal = 'object')
SELECT verb, coalesce(object, ''), count(*)
FROM shown JOIN verbs USING (sample) LEFT JOIN objects USING (sample) GROUP BY ALL ORDER BY 3 DESC, 1, 2
"""
_SPAN = """
SELECT quantile_disc(value, 0.99), max(value) FROM shown JOIN signals USING (sample)
WHERE signal = $signal AND value IS NOT NULL
"""
_BINS = """
SELECT CAST(least(value // $width, $last) AS INTEGER) AS bin, count(*) FROM shown JOIN signals USING (sample)
WHERE signal = $signal AND value IS NOT NULL GROUP BY bin ORDER BY bin
"""
_LINES = """
SELECT seq, state, instruction, input, output FROM shown
JOIN samples ON samples.seq = shown.sample JOIN states ON states.sample = samples.seq ORDER BY seq
"""
# A text that is empty is never embedded, so a sample without one is never on a map of that field.
_NOT_PLACED = """
SELECT count(*) FROM samples
WHERE seq NOT IN (SELECT sample FROM positions WHERE map = $map)
    AND CASE $field WHEN 'output' THEN output WHEN 'instruction' THEN instruction ELSE instruction || input END <> ''
"""


@dataclass(frozen=True)
class Cluster:
    """One cluster of a map.

    Args:
        title: of the cluster; `none` for what lies in none.
        size: samples.
        accepted: how many of them a person accepted.
        kept: how many are in without a decision.
        dropped: how many are out by rules or as near-duplicates.
        rejected: how many a person rejected.
        spread: mean of 1 - cosine with the middle of the cluster; None where that is not known.
        maker: the model that gave the title; "" for distinctive words.
    """

    title: str
    size: int
    accepted: int
    kept: int
    dropped: int
    rejected: int
    spread: float | None
    maker: str = ""


@dataclass(frozen=True)
class Bin:
    """One bar of a histogram: whole numbers from `least` to `most` (both included; None for open) and how many."""

    least: float
    most: float | None
    samples: int


def label_codes(workspace: Workspace, colour: str) -> tuple[NDArray[np.int32], list[str]]:
    """One code per sample by number (-1 for none) and the labels that codes stand for, the most frequent first.

    Args:
        workspace: where to look.
        colour: one of `COLUMNS`, or a label signal.
    """
    query = COLUMNS.get(colour, _LABELS)
    values = {"signal": colour} if query is _LABELS else {}
    with workspace.cursor() as cursor:
        total = int(cursor.execute("SELECT count(*) FROM samples").fetchall()[0][0])
        found = cursor.sql(query, params=values).to_arrow_table()
    encoded = found.column("label").combine_chunks().dictionary_encode()
    names = [str(name) for name in encoded.dictionary.to_pylist()]
    own = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)
    sizes = np.bincount(own, minlength=len(names))
    order = sorted(range(len(names)), key=lambda code: (-int(sizes[code]), names[code]))
    ranks = np.empty(len(names), np.int32)
    ranks[order] = np.arange(len(names), dtype=np.int32)
    codes = np.full(total, -1, np.int32)
    codes[found.column("sample").to_numpy()] = ranks[own]
    return codes, [names[code] for code in order]


def count_values(workspace: Workspace, column: str) -> int:
    """How many different values one of `COLUMNS` has."""
    return _whole(workspace.execute(_COUNT_VALUES[column])[0][0])


def clusters_of(workspace: Workspace, key: str, numbers: Numbers) -> list[Cluster]:
    """The clusters of these samples on a map, largest first, then those that lie in none."""
    rows = _rows(workspace, _CLUSTERS, numbers, map=key)
    return [
        Cluster(
            str(title),
            _whole(size),
            _whole(accepted),
            _whole(kept),
            _whole(dropped),
            _whole(rejected),
            None if far is None else float(str(far)),
            str(maker),
        )
        for title, size, accepted, kept, dropped, rejected, far, maker in rows
    ]


def verb_object_counts(workspace: Workspace, numbers: Numbers) -> list[tuple[str, str, int]]:
    """(verb, object, samples) of the measured ones, most frequent first; "" where there is no verb or no object."""
    rows = _rows(workspace, _VERB_OBJECTS, numbers)
    return [(str(verb), str(noun), _whole(found)) for verb, noun, found in rows]


def histogram(workspace: Workspace, signal: str, numbers: Numbers, bins: int = 30) -> list[Bin]:
    """A histogram of a signal that counts (whole numbers from 0), empty bars included.

    The bars are equally wide and reach to the 99th percentile; the last one is open and holds the rest.
    """
    span = _rows(workspace, _SPAN, numbers, signal=signal)[0]
    if span[0] is None:
        return []
    reach, most = float(str(span[0])), float(str(span[1]))
    width = max(1, -(-int(reach + 1) // bins))
    last = int(reach) // width
    found = {_whole(at): _whole(n) for at, n in _rows(workspace, _BINS, numbers, signal=signal, width=width, last=last)}
    is_open = most >= (last + 1) * width
    return [
        Bin(at * width, None if at == last and is_open else (at + 1) * width - 1, found.get(at, 0))
        for at in range(last + 1)
    ]


def lines_of(workspace: Workspace, numbers: Numbers) -> list[Line]:
    """These samples as rows of a table, by number."""
    rows = _rows(workspace, _LINES, numbers)
    return [Line(_whole(row[0]), *(str(value) for value in row[1:])) for row in rows]


def count_not_placed(workspace: Workspace, key: str, field: str) -> int:
    """How many samples have a text that a map of this field could show and are not on it."""
    with workspace.cursor() as cursor:
        return _whole(cursor.execute(_NOT_PLACED, {"map": key, "field": field}).fetchall()[0][0])


def _rows(workspace: Workspace, query: str, numbers: Numbers, **values: object) -> Sequence[tuple[object, ...]]:
    with workspace.cursor() as cursor:
        # not as Arrow, whose first array in a process brings in all of pandas
        cursor.register("shown", {"sample": np.asarray(numbers, np.int32)})
        rows = cursor.execute(query, values).fetchall()
        cursor.unregister("shown")
    return rows


def _whole(value: object) -> int:
    return int(str(value))
