"""What people said about pairs of near-duplicates, as events that are only ever added; undo is one as well."""

import secrets
from typing import Literal, NamedTuple, get_args

from curation.errors import NotReady
from curation.store.workspace import Workspace, now

Label = Literal["duplicate", "distinct", "keep a", "keep b"]
_SWAPPED: dict[Label, Label] = {"keep a": "keep b", "keep b": "keep a"}

_KNOWN = "SELECT 1 FROM pair_labels WHERE event = ?"
_NEXT = "SELECT coalesce(max(seq), 0) + 1 FROM pair_labels"
_ADD = "INSERT INTO pair_labels VALUES (?, ?, ?, ?, ?, ?, ?)"
_LAST = "SELECT event, a, b FROM live_pair_labels WHERE reviewer = ? ORDER BY seq DESC LIMIT 1"
_VERDICTS = "SELECT a, b, label FROM pair_verdicts ORDER BY a, b"


class Said(NamedTuple):
    """One thing said about a pair of samples, by their numbers.

    Args:
        a: one sample.
        b: another one.
        label: that they are duplicates, that they never are, or which of the two is to stay.
        reviewer: who said so.
        event: an id from where the key was pressed: the same event twice is one (N6).
    """

    a: int
    b: int
    label: Label
    reviewer: str
    event: str = ""


def add_pair_label(workspace: Workspace, said: Said) -> str:
    """Add one event about a pair and give its id; it is on disk when this returns.

    Raises:
        ValueError: a sample is paired with itself, or the label is none.
    """
    if said.a == said.b or said.label not in get_args(Label):
        raise ValueError(f"{said} is no label of a pair")
    event = said.event or secrets.token_hex(8)
    label = said.label if said.a < said.b else _SWAPPED.get(said.label, said.label)
    _add(workspace, event, (min(said.a, said.b), max(said.a, said.b), label, said.reviewer))
    return event


def undo_pair_label(workspace: Workspace, reviewer: str) -> tuple[int, int]:
    """Take back what this reviewer said last about a pair, and give the pair.

    Raises:
        NotReady: there is nothing left to undo.
    """
    with workspace.writing():
        found = workspace.execute(_LAST, reviewer)
        if not found:
            raise NotReady("There is nothing to undo.")
        event, a, b = str(found[0][0]), int(str(found[0][1])), int(str(found[0][2]))
        _add(workspace, f"undo:{event}", (a, b, "undo", reviewer))
    return a, b


def pair_verdicts(workspace: Workspace) -> dict[tuple[int, int], bool]:
    """Whether each labelled pair (a < b) is one of duplicates, as said last."""
    return {(int(str(a)), int(str(b))): label == "duplicate" for a, b, label in workspace.execute(_VERDICTS)}


def _add(workspace: Workspace, event: str, values: tuple[int, int, str, str]) -> None:
    with workspace.writing() as cursor:
        if not cursor.execute(_KNOWN, [event]).fetchall():
            seq = int(cursor.execute(_NEXT).fetchall()[0][0])
            cursor.execute(_ADD, [seq, event, *values, now()])
