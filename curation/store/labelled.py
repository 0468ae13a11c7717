"""Labels of all samples as codes: label signals, topics, and where samples come from."""

from functools import lru_cache

import numpy as np

from curation.recipe import Labels
from curation.store.workspace import Workspace

ORIGIN, METHOD, TAG = "origin", "method", "tag"
_COUNT = "SELECT count(*) FROM samples"
_SIGNAL = "SELECT sample, label FROM labels WHERE signal = $signal ORDER BY sample"
_FROM = "SELECT DISTINCT sample, CASE $signal WHEN 'origin' THEN source ELSE method END AS label FROM origins"
_TAGS = "SELECT sample, tag AS label FROM tags WHERE $signal = 'tag' ORDER BY sample"
_READ = {ORIGIN: _FROM, METHOD: _FROM, TAG: _TAGS}
_KINDS = "SELECT DISTINCT signal FROM labels ORDER BY signal"
_STAMP = "SELECT (SELECT count(*) FROM samples), count(*), coalesce(sum(done), 0)::BIGINT, count(ended) FROM runs"


def stamp(workspace: Workspace) -> tuple[int, int, int, int]:
    """Numbers that change when samples come or a run measures, the number of samples first: what a cache goes by."""
    return _stamp(workspace, workspace.changes)


@lru_cache(maxsize=8)
def _stamp(workspace: Workspace, _changes: int) -> tuple[int, int, int, int]:
    samples, runs, done, ended = (int(str(number)) for number in workspace.execute(_STAMP)[0])
    return samples, runs, done, ended


def read_coded(workspace: Workspace, signal: str) -> Labels:
    """The labels of every sample: of a label signal, topics, as `tag` its tags, as `origin` or `method` its source."""
    with workspace.cursor() as cursor:
        total = int(cursor.execute(_COUNT).fetchall()[0][0])
        # not as Arrow, whose first array in a process brings in all of pandas
        found = cursor.execute(_READ.get(signal, _SIGNAL), {"signal": signal}).fetchnumpy()
    labels = [str(label) for label in found["label"]]
    places = {name: place for place, name in enumerate(dict.fromkeys(labels))}
    codes = np.fromiter(map(places.__getitem__, labels), np.int32, len(labels))
    return Labels(total, np.asarray(found["sample"], np.int32), codes, tuple(places))


def list_labelled(workspace: Workspace) -> list[str]:
    """What samples can be told apart by: origin, method, then every label signal that is there, by name."""
    return [ORIGIN, METHOD, *(str(row[0]) for row in workspace.execute(_KINDS))]
