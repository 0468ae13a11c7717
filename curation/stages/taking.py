"""A person takes what a model made of samples: it comes into their place; what is not taken is left as it is."""

from collections.abc import Sequence
from dataclasses import replace

from curation.errors import BadInput
from curation.sample import Collected, Origin, Sample
from curation.stages.revising import By
from curation.store import Workspace
from curation.store.browse import states_of
from curation.store.repairs import Repair, read_repairs
from curation.store.revisions import Act, Revision, add_revisions
from curation.store.samples import find_sample, origins_of, read_samples

METHOD = "repaired"
RUN = "repaired with a model"
"""Stands where other samples name the run that brought them in."""


def take_repairs(workspace: Workspace, run: str, numbers: Sequence[int], by: By) -> list[int]:
    """Put repaired samples in the place of the old ones, all in one step; gives the numbers of the new ones.

    Args:
        workspace: where they are.
        run: that made them.
        numbers: of the samples to take the repairs of.
        by: who takes them, the id of the press and what was seen.

    Raises:
        BadInput: none of them can be taken.
        Overtaken: somebody decided on one of them after what was seen. None is taken then.
    """
    wanted = [one for one in read_repairs(workspace, run) if one.sample in set(numbers) and not one.problem]
    if not wanted:
        raise BadInput("Nothing of this can be taken.")
    old = dict(zip((one.sample for one in wanted), read_samples(workspace, [r.sample for r in wanted]), strict=True))
    origins = origins_of(workspace, list(old))
    revisions = [Revision(one.sample, _collected(one, old[one.sample], origins[one.sample][0])) for one in wanted]
    return add_revisions(workspace, revisions, Act(RUN, by.reviewer, "repaired", by.event, by.seen))


def taken(workspace: Workspace, repairs: Sequence[Repair]) -> set[int]:
    """Which of these repairs were taken and still stand, by the numbers of the old samples."""
    states = states_of(workspace)
    found = set()
    for one, old in zip(repairs, read_samples(workspace, [one.sample for one in repairs]), strict=True):
        new = None if one.problem else find_sample(workspace, repaired(one, old).id)
        if new is not None and states[new] == "accepted" and states[one.sample] == "rejected":
            found.add(one.sample)
    return found


def repaired(repair: Repair, old: Sample) -> Sample:
    """The sample as the model would have it: what it was not shown stays as it was."""
    return replace(old, instruction=repair.instruction, input=repair.input, output=repair.output)


def _collected(repair: Repair, old: Sample, origin: Origin) -> Collected:
    made = Origin(
        method=METHOD,
        source=repair.model,
        ref=f"from {old.id[:12]} by {repair.request[:12]}",
        category=origin.category,
        licence=origin.licence,
        model=repair.model,
        prompt_hash=repair.request,
        parents=(old.id,),
    )
    return Collected(repaired(repair, old), made)
