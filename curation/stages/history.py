"""What people did: taking any step back, not only the last, and doing again what was taken back."""

from curation.stages.revising import By
from curation.store import Workspace
from curation.store.decisions import undo
from curation.store.history import repeat


def revert(workspace: Workspace, step: str, reviewer: str) -> list[int]:
    """Take a step back, wherever it stands in the history, and give the samples that it was about."""
    return undo(workspace, reviewer, step)


def do_again(workspace: Workspace, step: str, by: By) -> int:
    """Say again what a step said that was taken back; gives the number of events.

    Raises:
        NotReady: there is no such step.
    """
    return repeat(workspace, step, by.reviewer, by.event)
