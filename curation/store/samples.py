"""Samples and where they came from. A sample that is already there gets another origin, never another row."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from curation.sample import Collected, Message, Origin, Refusal, Sample
from curation.store.workspace import Workspace, now

COLUMNS = ("id", "instruction", "input", "output", "system", "followups", "rejected")
ORIGIN_COLUMNS = ("ref", "method", "source", "category", "licence", "model", "prompt_hash", "parents")

# The first occurrence of a text in what comes in is the one that gets the next free number.
_NEW = """
INSERT INTO samples
SELECT (SELECT count(*) FROM samples) + row_number() OVER (ORDER BY position) - 1, id, instruction, input, output,
    system, followups, rejected, ?
FROM (
    SELECT * FROM incoming ANTI JOIN samples USING (id)
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY position) = 1)
"""
_ORIGINS = """
INSERT INTO origins
SELECT samples.seq, $run, incoming.ref, incoming.method, incoming.source, incoming.category, incoming.licence,
    incoming.model, incoming.prompt_hash, incoming.parents
FROM incoming JOIN samples USING (id)
ANTI JOIN origins ON origins.sample = samples.seq AND origins.method = incoming.method
    AND origins.source = incoming.source AND origins.ref = incoming.ref
    AND (origins.model = '' OR origins.run = $run)
ORDER BY incoming.position
"""
_REFUSALS = "INSERT INTO refusals SELECT ?, place, reason FROM refused"
_COUNT = "SELECT count(*) FROM samples"
_FOLLOWED = "SELECT seq FROM samples WHERE followups <> '' ORDER BY seq"
_REJECTED = "SELECT seq FROM samples WHERE rejected <> '' ORDER BY seq"
_READ = """
SELECT instruction, input, output, system, followups, rejected
FROM (SELECT unnest($numbers) AS seq, unnest(range(len($numbers))) AS position) JOIN samples USING (seq)
ORDER BY position
"""
_READ_FROM = """
SELECT seq, instruction, input, output, system, followups, rejected FROM samples
WHERE seq >= ? AND seq < ? ORDER BY seq
"""
_READ_IDS = """
SELECT id FROM (SELECT unnest($numbers) AS seq, unnest(range(len($numbers))) AS position) JOIN samples USING (seq)
ORDER BY position
"""
_FIND = "SELECT seq FROM samples WHERE id = ?"
_READ_ORIGINS = """
SELECT run, ref, method, source, category, licence, model, prompt_hash, parents FROM origins WHERE sample = ?
"""
_ALL_ORIGINS = """
SELECT sample, run, ref, method, source, category, licence, model, prompt_hash, parents
FROM origins SEMI JOIN (SELECT unnest($numbers) AS sample) USING (sample) ORDER BY origins.rowid
"""
_COUNT_ORIGINS = "SELECT count(*) FROM origins"
_READ_REFUSALS = "SELECT place, reason FROM refusals WHERE run = ?"
_LINEAGE = """
SELECT children.seq, samples.seq FROM (SELECT sample AS seq, unnest(parents) AS parent FROM origins) AS children
JOIN samples ON samples.id = children.parent
"""


@dataclass(frozen=True)
class Added:
    """What became of the rows of one run: `read = new + repeated + refused`."""

    new: int
    repeated: int
    refused: int

    @property
    def read(self) -> int:
        """Rows that were looked at."""
        return self.new + self.repeated + self.refused


def add_samples(
    workspace: Workspace, run: str, collected: Sequence[Collected], refused: Sequence[Refusal] = ()
) -> Added:
    """Store samples with their origins, all or none.

    A sample that is there already gets a further origin; the same place in the same file is noted once, the same
    answer of a model once for each run that it was used in.
    """
    with workspace.writing() as cursor:
        before = _number(cursor.execute(_COUNT).fetchall())
        if collected:
            cursor.register("incoming", _incoming(collected))
            cursor.execute(_NEW, [now()])
            cursor.execute(_ORIGINS, {"run": run})
            cursor.unregister("incoming")
        if refused:
            columns = {"place": [row.place for row in refused], "reason": [row.reason for row in refused]}
            cursor.register("refused", pa.table(columns))
            cursor.execute(_REFUSALS, [run])
            cursor.unregister("refused")
        after = _number(cursor.execute(_COUNT).fetchall())
        workspace.promise(samples=after)
    new = after - before
    return Added(new, len(collected) - new, len(refused))


def count_samples(workspace: Workspace) -> int:
    """How many samples the workspace holds; they are numbered 0 to this less one."""
    return _number(workspace.execute(_COUNT))


def with_rejected(workspace: Workspace) -> NDArray[np.int32]:
    """Numbers of the samples that have a rejected answer too, ascending."""
    with workspace.cursor() as cursor:
        return np.asarray(cursor.execute(_REJECTED).fetchnumpy()["seq"], np.int32)


def with_followups(workspace: Workspace) -> NDArray[np.int32]:
    """Numbers of the samples with messages after the first answer, ascending."""
    with workspace.cursor() as cursor:
        return np.asarray(cursor.execute(_FOLLOWED).fetchnumpy()["seq"], np.int32)


def count_occurrences(workspace: Workspace) -> int:
    """How many times a sample was collected, repeats included."""
    return _number(workspace.execute(_COUNT_ORIGINS))


def read_samples(workspace: Workspace, numbers: Sequence[int]) -> list[Sample]:
    """The samples with these numbers, in the order asked for; unknown numbers are left out."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_READ, {"numbers": list(numbers)}).fetchall()
    return [sample_of(row) for row in rows]


def read_ids(workspace: Workspace, numbers: Sequence[int]) -> list[str]:
    """The ids of the samples with these numbers, in the order asked for."""
    with workspace.cursor() as cursor:
        return [str(row[0]) for row in cursor.execute(_READ_IDS, {"numbers": list(numbers)}).fetchall()]


def read_range(workspace: Workspace, start: int, stop: int) -> list[Sample]:
    """Samples numbered from `start` up to but without `stop`."""
    return [sample_of(row[1:]) for row in workspace.execute(_READ_FROM, start, stop)]


def find_sample(workspace: Workspace, sample_id: str) -> int | None:
    """The number of the sample with this id, None where it is not in this workspace."""
    rows = workspace.execute(_FIND, sample_id)
    return _number(rows) if rows else None


def read_origins(workspace: Workspace, number: int) -> list[tuple[str, Origin]]:
    """Each occurrence of a sample as (run, origin)."""
    return [(str(row[0]), origin_of(row[1:])) for row in workspace.execute(_READ_ORIGINS, number)]


def origins_of(workspace: Workspace, numbers: Sequence[int]) -> dict[int, list[Origin]]:
    """All occurrences of many samples by their numbers, in the order in which they were stored."""
    found = occurrences_of(workspace, numbers)
    return {number: [origin for _, origin in those] for number, those in found.items()}


def occurrences_of(workspace: Workspace, numbers: Sequence[int]) -> dict[int, list[tuple[str, Origin]]]:
    """The same, each with its run before it."""
    found: dict[int, list[tuple[str, Origin]]] = {number: [] for number in numbers}
    with workspace.cursor() as cursor:
        rows = cursor.execute(_ALL_ORIGINS, {"numbers": list(numbers)}).fetchall()
    for number, run, *origin in rows:
        found[number].append((run, origin_of(origin)))
    return found


def read_refusals(workspace: Workspace, run: str) -> list[Refusal]:
    """What a run did not take, with place and reason."""
    return [Refusal(str(place), str(reason)) for place, reason in workspace.execute(_READ_REFUSALS, run)]


def read_lineage(workspace: Workspace) -> list[tuple[int, int]]:
    """(child, parent) numbers for every sample that was made from another one of this workspace."""
    return [(int(str(child)), int(str(parent))) for child, parent in workspace.execute(_LINEAGE)]


def _incoming(collected: Sequence[Collected]) -> pa.Table:
    samples = [item.sample for item in collected]
    origins = [item.origin for item in collected]
    columns: dict[str, list[object]] = {
        name: [getattr(sample, name) for sample in samples] for name in COLUMNS if name != "followups"
    }
    columns["followups"] = [followups_of(sample) for sample in samples]
    columns |= {name: [getattr(origin, name) for origin in origins] for name in ORIGIN_COLUMNS if name != "parents"}
    columns["position"] = list(range(len(collected)))
    parents = pa.array([list(origin.parents) for origin in origins], pa.list_(pa.string()))
    return pa.table(columns).append_column("parents", parents)


def followups_of(sample: Sample) -> str:
    """The messages after the first answer as the database holds them: JSON, "" for none."""
    if not sample.followups:
        return ""
    return json.dumps([[message.role, message.content] for message in sample.followups], ensure_ascii=False)


def sample_of(row: Sequence[object]) -> Sample:
    """The sample of (instruction, input, output, system, followups, rejected)."""
    # read by the hundred thousand, so nothing is done to what the tables hold as text already
    instruction, given, output, system, followups, rejected = cast("Sequence[str]", row)
    turns = tuple(Message(role, content) for role, content in json.loads(followups)) if followups else ()
    return Sample(instruction, given, output, system, turns, rejected)


def origin_of(row: Sequence[object]) -> Origin:
    """The origin of (ref, method, source, category, licence, model, prompt_hash, parents)."""
    # read by the hundred thousand, as samples are
    ref, method, source, category, licence, model, prompt_hash = cast("Sequence[str]", row[:7])
    return Origin(method, source, ref, category, licence, model, prompt_hash, tuple(cast("list[str]", row[7])))


def _number(rows: Sequence[Sequence[object]]) -> int:
    return int(str(rows[0][0]))
