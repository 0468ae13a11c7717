"""A sample that a person writes by hand → the workspace, once, however often its button is pressed."""

from dataclasses import dataclass

from curation.errors import BadInput
from curation.sample import Collected, Origin, Sample
from curation.stages.seeds import CLASSIFICATION
from curation.store import Workspace
from curation.store.samples import add_samples, find_sample, read_origins

METHOD = "human"
RUN = "written by hand"
"""Stands where other samples name the run that brought them in."""


@dataclass(frozen=True)
class Draft:
    """What a person wrote.

    Args:
        instruction: what is asked.
        input: what it is asked about, empty where the instruction says it all.
        output: the answer, empty where a model is to give it.
        category: the kind of task in a word or two, empty for none.
        classification: whether the answer is one of a few labels; it is then the category.
    """

    instruction: str
    input: str = ""
    output: str = ""
    category: str = ""
    classification: bool = False


def write_sample(workspace: Workspace, draft: Draft, author: str, event: str) -> int:
    """Store what a person wrote and give the number of the sample; the same event a second time changes nothing.

    Args:
        workspace: where to store it.
        draft: what was written; outer white space does not count.
        author: who wrote it.
        event: an id made by the page for this very form, so that a double press is one sample (N6).

    Raises:
        BadInput: the instruction is empty, or the same text is in the workspace already.
    """
    sample = Sample(draft.instruction.strip(), draft.input.strip(), draft.output.strip())
    if not sample.instruction:
        raise BadInput("The instruction is empty. Write what is asked; input and answer may stay empty.")
    category = CLASSIFICATION if draft.classification else " ".join(draft.category.split())
    with workspace.writing():
        before = find_sample(workspace, sample.id)
        if before is None:
            add_samples(workspace, RUN, [Collected(sample, Origin(METHOD, author, event, category))])
        elif all(origin.ref != event for _, origin in read_origins(workspace, before)):
            raise BadInput(f"The same text is here already, as sample {before:,}. Change it, or leave it at that.")
        number = find_sample(workspace, sample.id)
    assert number is not None
    return number
