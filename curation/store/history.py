"""What people did, step by step, and what came after a step."""

from dataclasses import dataclass
from datetime import datetime

from curation.errors import NotReady
from curation.store.decisions import step_of
from curation.store.people import check_speaker
from curation.store.workspace import Workspace, now

REVISE = "revise"
"""The action of a step that rejects samples and accepts others in their place."""

_STEPS = """
WITH steps AS (
    SELECT step, min(seq) AS seq, any_value(reviewer) AS reviewer,
        CASE WHEN count(DISTINCT action) > 1 THEN 'revise' ELSE any_value(action) END AS action,
        arg_min(value, seq) AS value,
        CASE WHEN count(DISTINCT action) > 1 THEN count(*) // 2 ELSE count(sample) END AS samples,
        min(made) AS made, max(guideline) AS guideline,
        step IN (SELECT value FROM decisions WHERE action = 'undo') AS undone
    FROM decisions WHERE reviewer <> '' GROUP BY step)
SELECT steps.step, steps.reviewer, steps.action, coalesce(gone.action, steps.value),
    coalesce(gone.samples, steps.samples), steps.made, steps.guideline, steps.undone
FROM steps LEFT JOIN steps AS gone ON steps.action = 'undo' AND gone.step = steps.value
WHERE (len($reviewers) = 0 OR list_contains($reviewers, steps.reviewer))
    AND (len($actions) = 0 OR list_contains($actions, steps.action))
    AND steps.made >= $since AND steps.made < $until AND (NOT $standing OR NOT (steps.undone OR steps.action = 'undo'))
ORDER BY steps.seq DESC LIMIT $limit OFFSET $skip
"""
_REVIEWERS = "SELECT DISTINCT reviewer FROM decisions WHERE reviewer <> '' ORDER BY 1"
# A later word counts where it is about the same thing: a verdict, the same tag, the flag, one person's rating.
_SINCE = """
WITH told AS (
    SELECT *, CASE WHEN action IN ('accept', 'reject', 'settle accept', 'settle reject') THEN 'verdict'
        WHEN action IN ('tag', 'untag') THEN 'tag ' || value WHEN action IN ('flag', 'unflag') THEN 'flag'
        ELSE action || ' ' || reviewer END AS about
    FROM decisions),
mine AS (SELECT sample, about, seq FROM told WHERE step = $step)
SELECT told.sample, arg_max(told.reviewer, told.seq), arg_max(told.action, told.seq), arg_max(told.value, told.seq),
    max(told.made)
FROM told JOIN mine USING (sample, about) JOIN live ON live.seq = told.seq
WHERE told.seq > mine.seq AND told.step <> $step AND told.reviewer <> ''
GROUP BY told.sample ORDER BY told.sample
"""
_NEXT = "SELECT coalesce(max(seq), 0) + 1 FROM decisions"
_REPEAT = """
INSERT INTO decisions (seq, event, step, sample, reviewer, action, value, made, guideline)
SELECT $first + row_number() OVER (ORDER BY seq) - 1, $event || ':' || row_number() OVER (ORDER BY seq), $event, sample,
    $reviewer, action, value, $made, (SELECT coalesce(max(version), 0) FROM guidelines)
FROM decisions WHERE step = $step AND action <> 'undo'
"""


@dataclass(frozen=True)
class Past:
    """Which steps are looked at; empty means all. The days are UTC."""

    reviewers: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    since: datetime = datetime.min
    until: datetime = datetime.max
    standing: bool = False


@dataclass(frozen=True)
class Step:
    """One act of a person.

    Args:
        id: of the step.
        reviewer: who.
        action: what: that of its events, or `revise`; `undo` for one that took another back.
        value: reason, tag or rating; of an undo, the action that it took back.
        samples: how many samples it is about.
        made: when (UTC).
        guideline: the version of the guidelines that was in force, 0 for none.
        is_undone: whether it was taken back.
    """

    id: str
    reviewer: str
    action: str
    value: str
    samples: int
    made: datetime
    guideline: int
    is_undone: bool

    @property
    def stands(self) -> bool:
        """Whether there is something to take back."""
        return not self.is_undone and self.action != "undo"


@dataclass(frozen=True)
class Later:
    """A sample on which somebody said something after a step, about the same thing."""

    sample: int
    reviewer: str
    action: str
    value: str
    made: datetime


def read_steps(workspace: Workspace, past: Past = Past(), limit: int = 50, skip: int = 0) -> list[Step]:
    """Steps, newest first."""
    wanted = {"reviewers": list(past.reviewers), "actions": list(past.actions), "since": past.since}
    wanted |= {"until": past.until, "standing": past.standing, "limit": limit, "skip": skip}
    with workspace.cursor() as cursor:
        rows = cursor.execute(_STEPS, wanted).fetchall()
    return [
        Step(str(step), str(who), str(what), str(value), int(samples), made, int(guideline or 0), bool(undone))
        for step, who, what, value, samples, made, guideline, undone in rows
    ]


def list_reviewers(workspace: Workspace) -> list[str]:
    """Everybody who did something, by name."""
    return [str(row[0]) for row in workspace.execute(_REVIEWERS)]


def said_since(workspace: Workspace, step: str) -> list[Later]:
    """Samples of a step on which something was said later, with the latest of it: there taking it back changes nothing.

    Later is what is about the same: another verdict, the same tag, the flag, the same person's rating. What was taken
    back does not count.
    """
    with workspace.cursor() as cursor:
        rows = cursor.execute(_SINCE, {"step": step}).fetchall()
    return [Later(int(sample), str(who), str(what), str(value), made) for sample, who, what, value, made in rows]


def repeat(workspace: Workspace, step: str, reviewer: str, event: str) -> int:
    """Say again what a step said, as a new step of this person; gives the number of events.

    Args:
        workspace: where the step is.
        step: usually one that was taken back.
        reviewer: who says it now.
        event: an id made by the page for this very press; the same id twice is one step (N6).

    Raises:
        NotReady: there is no such step.
        NotAllowed: the name is not that of the one who is logged in.
    """
    check_speaker(workspace, reviewer)
    with workspace.writing() as cursor:
        first = int(cursor.execute(_NEXT).fetchall()[0][0])
        if step_of(workspace, event):
            return 0
        said = {"first": first, "event": event, "reviewer": reviewer, "made": now(), "step": step}
        events = int(cursor.execute(_REPEAT, said).fetchall()[0][0])
        if not events:
            raise NotReady("This step is not in the workspace, so it cannot be done again.")
        workspace.promise(decisions=first + events - 1)
    return events
