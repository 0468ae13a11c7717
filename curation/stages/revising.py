"""A person changes a sample: what comes of it is a new sample that names the old one as its parent."""

from dataclasses import dataclass, replace

from curation.errors import BadInput
from curation.sample import Collected, Origin, Sample
from curation.store import Workspace
from curation.store.revisions import Act, Revision, add_revisions
from curation.store.samples import read_origins, read_samples

METHOD = "revised"
RUN = "revised by hand"
"""Stands where other samples name the run that brought them in."""
NEGATIVE = "negative example"
"""How the category of a sample begins whose rejected answer is bad on purpose."""


@dataclass(frozen=True)
class By:
    """Who changes something, and what they knew.

    Args:
        reviewer: who.
        event: the id of the press; the same id twice is one change (N6).
        seen: the last event that they knew of; None to change it whatever others decided (F18).
    """

    reviewer: str
    event: str
    seen: int | None = None


def flip(workspace: Workspace, number: int, by: By) -> int:
    """Exchange chosen and rejected; gives the number of the new pair, which takes the place of the old one.

    Raises:
        BadInput: the sample is no pair, or its rejected answer is bad on purpose.
        Overtaken: somebody decided on it after what was seen. Nothing is changed then.
    """
    old, origin = _read(workspace, number)
    if not (old.output and old.rejected):
        raise BadInput("This sample has no two answers, so there is nothing to exchange.")
    if origin.category.startswith(NEGATIVE):
        raise BadInput("The rejected answer was written as one to avoid, so it cannot become the chosen one.")
    if old.followups:
        raise BadInput("The conversation goes on from the chosen answer, so the answers cannot be exchanged.")
    return _put(workspace, number, replace(old, output=old.rejected, rejected=old.output), "flipped", by)


def edit(workspace: Workspace, number: int, text: Sample, by: By) -> int:
    """Put this text in the place of a sample's; gives the number of the new one.

    Args:
        workspace: where the sample is.
        number: of the sample.
        text: instruction, input, output and rejected count; outer white space does not.
        by: who says so.

    Raises:
        BadInput: nothing was changed, the instruction is empty, or both answers are the same.
        Overtaken: somebody decided on it after what was seen. Nothing is changed then.
    """
    old, _ = _read(workspace, number)
    new = replace(
        old,
        instruction=text.instruction.strip(),
        input=text.input.strip(),
        output=text.output.strip(),
        rejected=text.rejected.strip(),
    )
    if new == old:
        raise BadInput("Nothing was changed.")
    if not new.instruction:
        raise BadInput("The instruction is empty.")
    if new.rejected and new.output.split() == new.rejected.split():
        raise BadInput("The chosen and the rejected answer are the same.")
    return _put(workspace, number, new, "edited", by)


def _put(workspace: Workspace, number: int, new: Sample, words: str, by: By) -> int:
    old, origin = _read(workspace, number)
    made = Origin(
        method=METHOD,
        source=f"{words} by {by.reviewer}",
        ref=f"from {old.id[:12]}",
        category=origin.category,
        licence=origin.licence,
        # The text is still the model's but for what the person changed.
        model=origin.model,
        parents=(old.id,),
    )
    act = Act(RUN, by.reviewer, words, by.event, by.seen)
    return add_revisions(workspace, [Revision(number, Collected(new, made))], act)[0]


def _read(workspace: Workspace, number: int) -> tuple[Sample, Origin]:
    """The sample and its telling origin: the one that makes it a negative example, that of a model, or the first."""
    (sample,) = read_samples(workspace, [number])
    origins = [origin for _, origin in read_origins(workspace, number)]
    telling = sorted(origins, key=lambda one: (not one.category.startswith(NEGATIVE), not one.model))
    return sample, telling[0]
