"""What changed when one sample was made from another: its instruction or its answer, and what the model says of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from curation.generators import Refinement
from curation.generators.refinement.refinement import read_refined
from curation.model.reading import read, reply
from curation.sample import Origin, Sample
from curation.stages.known import known_origins
from curation.store import Workspace
from curation.store.asked import Request, read_request
from curation.store.samples import find_sample, read_samples


@dataclass(frozen=True)
class Change:
    """The difference between a sample and the one that it was made from.

    Args:
        what: the text that differs; the instruction counts with its input, and comes before the answer.
        parent: number of the sample that it was made from.
        before: the text of that sample.
        after: the text of this one.
        stated: the changes as the model that refined the answer states them.
    """

    what: Literal["instruction", "answer"]
    parent: int
    before: str
    after: str
    stated: Sequence[str] = ()


def read_change(workspace: Workspace, number: int) -> Change | None:
    """What changed; None for a sample that was not made from exactly one other, or only adds to that one."""
    for origin in known_origins(workspace, number):
        if len(origin.parents) == 1:
            found = _change(workspace, number, origin)
            if found is not None:
                return found
    return None


def _change(workspace: Workspace, number: int, origin: Origin) -> Change | None:
    parent = find_sample(workspace, origin.parents[0])
    if parent is None or parent == number:
        return None
    old, new = read_samples(workspace, [parent, number])
    if old.prompt != new.prompt:
        return Change("instruction", parent, old.prompt, new.prompt)
    if _is_another_answer(old, new):
        return Change("answer", parent, old.output, new.output, _stated(workspace, origin))
    return None


def _is_another_answer(old: Sample, new: Sample) -> bool:
    """An answer where there was none is no change."""
    return bool(old.output and new.output) and old.output != new.output


def _stated(workspace: Workspace, origin: Origin) -> Sequence[str]:
    request = read_request(workspace, origin.prompt_hash) if origin.method == Refinement.name else None
    return _said(request) if request else ()


def _said(request: Request) -> Sequence[str]:
    """The changes named in the stored answer; none where there is no answer that can be read."""
    for one in reversed(request.tries):
        answer = reply(request.key, request.prompt.schema, read(one.body), request.model)
        if not answer.problem:
            return read_refined(answer).changes
    return ()
