"""One text of a sample and what a model made of it: kept where it says the same in other words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, TypeVar

from curation.generators.fault import Fault, quoted
from curation.generators.origins import origin_of
from curation.prompts import Chain, Model, Reply
from curation.sample import Candidate, Near, Sample, Seed

Field = Literal["instruction", "input"]
T = TypeVar("T")
_EDGES = " .!?\"'"
_MOST_TOGETHER = 64
NO_CHANGE = Fault("no change", "the new text is the old one but for case, spaces and final marks")
EMPTY = Fault("empty", "the new text is empty")


@dataclass(frozen=True)
class Change:
    """One attempt.

    Args:
        sample: what it starts from.
        field: which of its texts.
        part: its place in the run, for example `formal, sample 1f0a33b2`.
        reply: the last reply: the new text, or what kept it from being made or taken.
        text: the new text, empty where there is none.
        fault: what drops it, None where nothing does.
        cosine: of the old and the new text, NaN where they were not compared.
    """

    sample: Sample
    field: Field
    part: str
    reply: Reply
    text: str = ""
    fault: Fault | None = None
    cosine: float = float("nan")

    @property
    def old(self) -> str:
        """The text that was to be changed."""
        return str(getattr(self.sample, self.field))


@dataclass(frozen=True)
class Bounds:
    """How similar old and new text may be: cosine of their embeddings, from `least` (drift) to `most` (no change)."""

    least: float
    most: float

    def fault(self, cosine: float, old: str) -> Fault | None:
        """What a cosine says; None where it is within the bounds."""
        if cosine < self.least:
            return Fault("meaning drifted", f"cosine {cosine:.3f} with {quoted(old)} (least {self.least:.2f})")
        if cosine > self.most:
            return Fault("no change", f"cosine {cosine:.3f} with {quoted(old)} (most {self.most:.2f})")
        return None


def texts_of(pool: Sequence[Seed], field: Field) -> list[Sample]:
    """The samples of a pool that have this text."""
    return [seed.sample for seed in pool if getattr(seed.sample, field).strip()]


def is_same(old: str, new: str) -> bool:
    """Whether two texts differ in nothing but case, spaces and final marks.

    >>> is_same("Name a colour.", "name  a colour!"), is_same("3 + 4", "3 - 4")
    (True, False)
    """
    return _plain(old) == _plain(new)


def made(changes: Iterable[Chain[Change]], bounds: Bounds, model: Model, method: str) -> Iterator[Candidate]:
    """Carry out changes and give each as a candidate, in their order; a text that came before is dropped."""
    seen: set[str] = set()
    for change in compared(model.each(changes), bounds, model):
        yield candidate(change, seen, method)


def compared(changes: Iterable[Change], bounds: Bounds, model: Model) -> Iterator[Change]:
    """The same changes with their cosine, in the same order; those without a fault are held against the bounds.

    Embedded a few at first and then more together, so that a preview does not wait for many.
    """
    for batch in growing(changes):
        usable = [change for change in batch if change.text]
        vectors = model.embed([text for change in usable for text in (change.old, change.text)])
        cosines = iter((vectors[::2] * vectors[1::2]).sum(axis=1).tolist() if usable else [])
        for change in batch:
            yield _bounded(change, float(next(cosines)), bounds) if change.text else change


def growing(things: Iterable[T]) -> Iterator[list[T]]:
    """Lists of 2, 4, 8 … things, at most 64.

    >>> [len(part) for part in growing(range(9))]
    [2, 4, 3]
    """
    rest, size = iter(things), 2
    while part := list(islice(rest, size)):
        yield part
        size = min(2 * size, _MOST_TOGETHER)


def candidate(change: Change, seen: set[str], method: str) -> Candidate:
    """The sample with its new text, or what drops it; `seen` are the ids kept so far."""
    new = replace(change.sample, instruction=change.text) if change.field == "instruction" else change.sample
    new = replace(change.sample, input=change.text) if change.field == "input" else new
    fault = change.fault
    if fault is None and new.id in seen:
        fault = Fault("exact copy", f"the same text was made before: {quoted(change.text)}")
    if fault is None:
        seen.add(new.id)
    reply = change.reply
    origin = origin_of(method, reply, change.part, (change.sample.id,))
    nearest = (Near(change.old, round(change.cosine, 4)),) if change.cosine == change.cosine else ()
    return Candidate(new, origin, *(fault or ("", "")), nearest=nearest)


def _bounded(change: Change, cosine: float, bounds: Bounds) -> Change:
    return replace(change, cosine=cosine, fault=change.fault or bounds.fault(cosine, change.old))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(_EDGES).casefold()
