"""An expert settles what others disagree on, with their opinions and reasons in view."""

from dataclasses import dataclass
from typing import Literal

from curation.sample import Action, Decision
from curation.stages.revising import By
from curation.store import Workspace
from curation.store.decisions import add_decisions
from curation.store.opinions import Opinion, opinions_of, read_conflicts, settlement_of
from curation.store.people import check, check_speaker


@dataclass(frozen=True)
class Case:
    """A sample that people disagree on: what each says, and what an expert said finally, None before."""

    sample: int
    opinions: list[Opinion]
    settled: Opinion | None


def conflicts(workspace: Workspace) -> list[int]:
    """The samples that wait for an expert, by number: in a round, all opinions are there and they differ.

    Raises:
        NotAllowed: the one who asks is no expert; what others say is hidden from them.
    """
    check(workspace, "settle")
    return read_conflicts(workspace)


def read_case(workspace: Workspace, sample: int) -> Case:
    """What people say of one sample.

    Raises:
        NotAllowed: as for `conflicts`.
    """
    check(workspace, "settle")
    return Case(sample, opinions_of(workspace, sample), settlement_of(workspace, sample))


def settle(workspace: Workspace, sample: int, verdict: Literal["accept", "reject"], reason: str, by: By) -> str:
    """Decide finally, above what others say now or later; gives the step, which undo takes back.

    Raises:
        NotAllowed: the one who asks is no expert, or speaks for another.
    """
    check(workspace, "settle")
    check_speaker(workspace, by.reviewer)
    action: Action = "settle accept" if verdict == "accept" else "settle reject"
    return add_decisions(workspace, [sample], Decision(action, by.reviewer, reason.strip(), by.event))
