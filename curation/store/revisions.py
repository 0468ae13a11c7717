"""A person puts changed samples in the place of others: one step, which undo takes back whole."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from curation.sample import Collected
from curation.store.decisions import step_of
from curation.store.people import check_speaker
from curation.store.samples import add_samples
from curation.store.standing import check_overtaken
from curation.store.workspace import Workspace, now

NOBODY = ""
"""Stands where others name the reviewer: this row says what holds when every person's step is taken back."""
TAKEN_BACK = "the change that made it was taken back"

_NEXT = "SELECT coalesce(max(seq), 0) + 1 FROM decisions"
_NUMBERS = "SELECT id, seq FROM samples WHERE id IN (SELECT unnest(?::VARCHAR[]))"
_ADD = """
INSERT INTO decisions (seq, event, step, sample, reviewer, action, value, made, guideline)
SELECT ? + row_number() OVER () - 1, event, step, sample, reviewer, action, value, ?,
    (SELECT coalesce(max(version), 0) FROM guidelines)
FROM said
"""


@dataclass(frozen=True)
class Revision:
    """One change.

    Args:
        old: the number of the sample that is replaced; it is rejected.
        new: what takes its place, with an origin that names the old one as its parent; it is accepted.
    """

    old: int
    new: Collected


@dataclass(frozen=True)
class Act:
    """Who makes changes, and how.

    Args:
        run: stands where other samples name the run that brought them in.
        reviewer: who says so.
        words: what was done in a word, for example `flipped`.
        event: an id made by the page for this very press; the same id twice is one change (N6).
        seen: the last event that the person knew of; None to change whatever others decided (F18).
    """

    run: str
    reviewer: str
    words: str
    event: str
    seen: int | None = None


def add_revisions(workspace: Workspace, revisions: Sequence[Revision], act: Act) -> list[int]:
    """Store the new samples, accept them and reject the old ones, all in one step; gives the numbers of the new ones.

    A sample that comes into being here is out for good when the step is taken back: beneath the step lies a rejection
    by nobody. One that was there before stands as it stood.

    Raises:
        NotAllowed: the one who is logged in speaks for another, or may not decide.
        Overtaken: after what was seen, a person decided on one of the old samples. Nothing is stored then.
    """
    check_speaker(workspace, act.reviewer)
    ids = [revision.new.sample.id for revision in revisions]
    with workspace.writing() as cursor:
        before = _numbers(workspace, ids)
        if step_of(workspace, act.event):
            return [before[key] for key in ids]
        if act.seen is not None:
            cursor.register("chosen", pa.table({"sample": pa.array([one.old for one in revisions], pa.int32())}))
            check_overtaken(cursor, act.seen)
            cursor.unregister("chosen")
        add_samples(workspace, act.run, [revision.new for revision in revisions])
        numbers = _numbers(workspace, ids)
        fresh = {key: number for key, number in numbers.items() if key not in before}
        rows = _nobodys(act, list(fresh.values())) + _persons(act, revisions, numbers)
        first = int(cursor.execute(_NEXT).fetchall()[0][0])
        names = ("event", "step", "sample", "reviewer", "action", "value")
        columns = {name: pa.array(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
        cursor.register("said", pa.table(columns))
        cursor.execute(_ADD, [first, now()])
        cursor.unregister("said")
        workspace.promise(decisions=first + len(rows) - 1)
    return [numbers[key] for key in ids]


Row = tuple[str, str, int, str, str, str]


def _nobodys(act: Act, fresh: Sequence[int]) -> list[Row]:
    step = f"{act.event}:else"
    return [(f"{step}:{number}", step, number, NOBODY, "reject", TAKEN_BACK) for number in fresh]


def _persons(act: Act, revisions: Sequence[Revision], numbers: dict[str, int]) -> list[Row]:
    rows: list[Row] = []
    for revision in revisions:
        old, new = revision.old, numbers[revision.new.sample.id]
        out, taken = f"{act.words}: see sample {new}", f"{act.words} from sample {old}"
        rows.append((f"{act.event}:{old}", act.event, old, act.reviewer, "reject", out))
        rows.append((f"{act.event}:{old}:new", act.event, new, act.reviewer, "accept", taken))
    return rows


def _numbers(workspace: Workspace, ids: Sequence[str]) -> dict[str, int]:
    return {str(key): int(str(number)) for key, number in workspace.execute(_NUMBERS, list(ids))}
