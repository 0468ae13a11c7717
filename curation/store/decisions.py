"""What people said, as events that are only ever added. Undo is an event as well (N8)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from curation.errors import BadInput, NotReady
from curation.sample import RATINGS, Decision
from curation.store.people import check, check_speaker
from curation.store.standing import check_overtaken
from curation.store.workspace import Workspace, now

_ADD = """
INSERT INTO decisions (seq, event, step, sample, reviewer, action, value, made, guideline)
SELECT ? + position, CASE WHEN ? THEN ? ELSE ? || ':' || sample END, ?, sample, ?, ?, ?, ?,
    (SELECT coalesce(max(version), 0) FROM guidelines)
FROM chosen
"""
_KNOWN = "SELECT step FROM decisions WHERE event = ? OR step = ?"
_NEXT = "SELECT coalesce(max(seq), 0) + 1 FROM decisions"
_LAST_STEP = """
SELECT step FROM live WHERE reviewer = ? ORDER BY seq DESC LIMIT 1
"""
_UNDO = """
INSERT INTO decisions (seq, event, step, sample, reviewer, action, value, made) VALUES (?, ?, ?, NULL, ?, 'undo', ?, ?)
"""
_WHOSE = "SELECT any_value(reviewer) FROM decisions WHERE step = ?"
_SAMPLES_OF = "SELECT sample FROM decisions WHERE step = ? AND sample IS NOT NULL ORDER BY seq"
_OF_SAMPLE = """
SELECT seq, reviewer, action, value, made, step IN (SELECT value FROM decisions WHERE action = 'undo')
FROM decisions WHERE sample = ? ORDER BY seq
"""
_TAGS_OF = "SELECT tag FROM tags WHERE sample = ? ORDER BY 1"
_PER_DAY = """
SELECT date_trunc('day', made)::DATE, action, count(*) FROM live
WHERE action IN ('accept', 'reject', 'skip') AND reviewer <> '' GROUP BY 1, 2 ORDER BY 1, 2
"""
# A decision about many at once says nothing about pace, and a pause of more than five minutes is no work.
_PACE = """
WITH acts AS (
    SELECT min(seq) AS seq, min(made) AS made FROM live
    WHERE reviewer = ? AND made >= ? AND action IN ('accept', 'reject', 'skip') GROUP BY step HAVING count(*) = 1),
gaps AS (SELECT epoch(made - lag(made) OVER (ORDER BY seq)) AS gap FROM acts)
SELECT count(*), count(*) FILTER (gap BETWEEN 0 AND 300), coalesce(sum(gap) FILTER (gap BETWEEN 0 AND 300), 0) FROM gaps
"""
# What a program decided, without a reviewer, is no opinion of a person.
_VERDICTS = """
SELECT sample AS seq, CASE action WHEN 'accept' THEN 1 ELSE -1 END AS verdict FROM verdicts WHERE reviewer <> ''
"""
_SAMPLES = "SELECT count(*) FROM samples"


@dataclass(frozen=True)
class Said:
    """One event about one sample; `seq` counts the events of the workspace."""

    seq: int
    reviewer: str
    action: str
    value: str
    made: datetime
    is_undone: bool


def add_decisions(workspace: Workspace, samples: Sequence[int], decision: Decision, *, seen: int | None = None) -> str:
    """Add one step about one or many samples, by their numbers; it is on disk when this returns.

    Args:
        workspace: where it is added.
        samples: their numbers.
        decision: what is said.
        seen: the last event that the person knew of; None to decide whatever others said (F18).

    Returns:
        The id of the step, which `undo` takes.

    Raises:
        NotAllowed: the one who is logged in speaks for another, or may not decide.
        BadInput: a rating is not one of 1 to 5.
        Overtaken: after `seen`, a person accepted or rejected one of the samples. Nothing is added then.
    """
    check_speaker(workspace, decision.reviewer)
    if decision.action == "rate" and decision.value not in RATINGS:
        raise BadInput(f"A rating is one of {', '.join(RATINGS)}, not “{decision.value}”.")
    step = decision.event or secrets.token_hex(8)
    with workspace.writing() as cursor:
        known = cursor.execute(_KNOWN, [step, step]).fetchall()
        if known or not samples:
            return str(known[0][0]) if known else step
        said = (decision.reviewer, decision.action, decision.value)
        first = int(cursor.execute(_NEXT).fetchall()[0][0])
        chosen = {"position": list(range(len(samples))), "sample": pa.array(list(samples), pa.int32())}
        cursor.register("chosen", pa.table(chosen))
        if seen is not None and seen < first - 1:
            check_overtaken(cursor, seen)
        cursor.execute(_ADD, [first, len(samples) == 1, step, step, step, *said, now()])
        cursor.unregister("chosen")
        workspace.promise(decisions=first + len(samples) - 1)
    return step


def step_of(workspace: Workspace, event: str) -> str:
    """The step that was added for an event, "" where there is none."""
    found = workspace.execute(_KNOWN, event, event)
    return str(found[0][0]) if found else ""


def undo(workspace: Workspace, reviewer: str, step: str = "") -> list[int]:
    """Take back one step, the reviewer's latest where none is named, and give the samples that it was about.

    Raises:
        NotReady: there is nothing left to undo.
        NotAllowed: the step is another person's, and the one who is logged in may not settle what others decided.
    """
    check_speaker(workspace, reviewer)
    with workspace.writing() as cursor:
        if not step:
            found = cursor.execute(_LAST_STEP, [reviewer]).fetchall()
            if not found:
                raise NotReady("There is nothing to undo.")
            step = str(found[0][0])
        elif workspace.who() and cursor.execute(_WHOSE, [step]).fetchall() != [(workspace.who(),)]:
            check(workspace, "settle")
        seq = int(cursor.execute(_NEXT).fetchall()[0][0])
        event = f"undo:{step}"
        if not cursor.execute(_KNOWN, [event, event]).fetchall():
            cursor.execute(_UNDO, [seq, event, event, reviewer, step, now()])
            workspace.promise(decisions=seq)
        return [int(row[0]) for row in cursor.execute(_SAMPLES_OF, [step]).fetchall()]


def said_of(workspace: Workspace, sample: int) -> list[Said]:
    """Every event about one sample, oldest first."""
    return [
        Said(int(str(seq)), str(reviewer), str(action), str(value), _time(made), bool(undone))
        for seq, reviewer, action, value, made, undone in workspace.execute(_OF_SAMPLE, sample)
    ]


def tags_of(workspace: Workspace, sample: int) -> list[str]:
    """The tags of one sample."""
    return [str(row[0]) for row in workspace.execute(_TAGS_OF, sample)]


def decisions_per_day(workspace: Workspace) -> list[tuple[str, str, int]]:
    """(day, action, number) of what still stands, in order of days (UTC)."""
    return [(str(day), str(action), int(str(number))) for day, action, number in workspace.execute(_PER_DAY)]


def pace(workspace: Workspace, reviewer: str, since: datetime) -> tuple[int, float]:
    """(samples decided on one by one since then (UTC), how many per hour of work; 0 where it cannot be told)."""
    number, gaps, seconds = (float(str(value)) for value in workspace.execute(_PACE, reviewer, since)[0])
    return int(number), 3600 * gaps / seconds if seconds else 0.0


def _time(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value


def read_verdicts(workspace: Workspace) -> NDArray[np.int8]:
    """What people decided on each sample by number: 1 accepted, -1 rejected, 0 nothing; int8 of shape (samples,)."""
    with workspace.cursor() as cursor:
        verdicts = np.zeros(int(cursor.execute(_SAMPLES).fetchall()[0][0]), np.int8)
        found = cursor.execute(_VERDICTS).fetchnumpy()
    verdicts[np.asarray(found["seq"])] = np.asarray(found["verdict"])
    return verdicts
