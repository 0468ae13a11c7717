"""A person puts a changed sample in the place of another: one step, which undo takes back whole."""

from dataclasses import dataclass

from curation.sample import Collected
from curation.store.decisions import step_of
from curation.store.samples import add_samples, find_sample
from curation.store.workspace import Workspace, now

NOBODY = ""
"""Stands where others name the reviewer: this row says what holds when every person's step is taken back."""
TAKEN_BACK = "the change that made it was taken back"

_NEXT = "SELECT coalesce(max(seq), 0) + 1 FROM decisions"
_ADD = "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class Revision:
    """One change.

    Args:
        old: the number of the sample that is replaced; it is rejected.
        new: what takes its place, with an origin that names the old one as its parent; it is accepted.
        run: stands where other samples name the run that brought them in.
        reviewer: who says so.
        words: what was done in a word, for example `flipped`.
        event: an id made by the page for this very press; the same id twice is one change (N6).
    """

    old: int
    new: Collected
    run: str
    reviewer: str
    words: str
    event: str


def add_revision(workspace: Workspace, revision: Revision) -> int:
    """Store the new sample, accept it and reject the old one; gives the number of the new one.

    A sample that comes into being here is out for good when the step is taken back: beneath the step lies a rejection
    by nobody. One that was there before stands as it stood.
    """
    with workspace.writing() as cursor:
        before = find_sample(workspace, revision.new.sample.id)
        if before is not None and step_of(workspace, revision.event):
            return before
        add_samples(workspace, revision.run, [revision.new])
        number = find_sample(workspace, revision.new.sample.id)
        assert number is not None
        first = int(cursor.execute(_NEXT).fetchall()[0][0])
        step, who, made = revision.event, revision.reviewer, now()
        rows: list[list[object]] = [
            [f"{step}:old", step, revision.old, who, "reject", f"{revision.words}: see sample {number}", made],
            [f"{step}:new", step, number, who, "accept", f"{revision.words} from sample {revision.old}", made],
        ]
        if before is None:
            rows.insert(0, [f"{step}:else", f"{step}:else", number, NOBODY, "reject", TAKEN_BACK, made])
        for seq, row in enumerate(rows, first):
            cursor.execute(_ADD, [seq, *row])
        workspace.promise(decisions=first + len(rows) - 1)
    return number
