"""What belongs together, so that it must not stand on both sides of a split."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.generators import Alpaca, DocumentBacktranslation, Grounded, SelfInstruct, Templates
from curation.splits import union_groups
from curation.stages.alike import kind_of
from curation.stages.curating import current_recipe
from curation.store import Workspace
from curation.store.kinship import Place, read_families, read_places, read_prompts
from curation.store.pairs import Space, find_space, latest_space, read_pairs
from curation.store.samples import count_samples

TOGETHER = 0.9
"""Similarity from which two samples share a split where the recipe names no threshold of its own."""
SHOWN = (SelfInstruct.name, Alpaca.name)
"""Methods whose parents are examples that a model was shown before it wrote something new: what was written is no
relative of theirs, or all that one pool gave would be one family."""

Edges = NDArray[np.int64]
"""Places of two samples in a list of them, of shape (k, 2)."""

_INSTANCE = re.compile(r"(.*?),? instance \d+")
_PASSAGE = re.compile(r", passage \d+$")
_DOCUMENT = re.compile(r"\w+, (.*), passage \d+, round \d+")
_SOURCES = re.compile(r"\w+, sample \d+, from (.*)")
_ROW = re.compile(r"(row \d+), template \d+")


@dataclass(frozen=True)
class Ties:
    """What ties the samples of a list together.

    Args:
        ids: theirs, in the order of the list.
        threshold: the similarity from which two samples are near-duplicates, None where none were looked for.
        near: near-duplicates.
        equal: samples with the same prompt, or the same text once system message, prompt and answer are written as
            one, each with the first of them.
        related: samples that were made from one sample, or taken from one document or one row, each with the first.
    """

    ids: Sequence[str]
    threshold: float | None
    near: Edges
    equal: Edges
    related: Edges

    def kinds(self) -> dict[str, Edges]:
        """All of them, by what they are called."""
        return {"near-duplicates": self.near, "equal prompts": self.equal, "relatives": self.related}

    def groups(self) -> NDArray[np.int64]:
        """A label per sample, equal for those that belong together."""
        return union_groups(len(self.ids), *self.kinds().values())


def ties(workspace: Workspace, numbers: Sequence[int]) -> Ties:
    """What ties these samples together; relatives also through samples that are not among them."""
    ids, texts = read_prompts(workspace, numbers)
    equal = np.unique(np.concatenate([_with_first(hashes) for hashes in texts]), axis=0)
    tied = tied_by(workspace)
    near = _near(workspace, tied, numbers) if tied else np.empty((0, 2), np.int64)
    families = _families(workspace)[np.asarray(numbers, np.int64)]
    return Ties(ids, tied[1] if tied else None, near, equal, _with_first(families))


def tied_by(workspace: Workspace) -> tuple[Space, float] | None:
    """The pairs that stay together in one split and the similarity from which they do, None where none are known.

    Those that the recipe means; where it keeps all near-duplicates, or goes by a score that can change with every
    label, those of the meaning that were found last.
    """
    wanted = current_recipe(workspace).duplicates
    if wanted.threshold is None or wanted.by == "score":
        space, threshold = latest_space(workspace), TOGETHER
    else:
        space, threshold = find_space(workspace, kind_of(wanted), wanted.field), wanted.threshold
    return (space, max(threshold, space.floor)) if space else None


def _near(workspace: Workspace, tied: tuple[Space, float], numbers: Sequence[int]) -> Edges:
    edges = read_pairs(workspace, tied[0].id).among(numbers)
    near = edges.similarity >= np.float32(tied[1])
    places = np.empty(max(numbers, default=-1) + 1, np.int64)
    places[np.asarray(numbers, np.int64)] = np.arange(len(numbers))
    return np.column_stack([places[edges.a[near]], places[edges.b[near]]])


def _with_first(keys: NDArray[np.generic]) -> Edges:
    """Each place with the first one that has the same key."""
    _, first, own = np.unique(keys, return_index=True, return_inverse=True)
    own_first = first[own]
    later = np.flatnonzero(own_first != np.arange(len(keys)))
    return np.column_stack([later, own_first[later]])


def _families(workspace: Workspace) -> NDArray[np.int64]:
    """A label for every sample of the workspace, equal for relatives."""
    total = count_samples(workspace)
    links = read_families(workspace, SHOWN)
    links[links < 0] = total - 1 - links[links < 0]
    first = int(links.max(initial=total - 1)) + 1
    named = [
        (place.sample, key) for place in read_places(workspace, tuple(_KEYS), " instance ") for key in _keys(place)
    ]
    codes = {key: first + code for code, key in enumerate(dict.fromkeys(key for _, key in named))}
    placed = np.array([(sample, codes[key]) for sample, key in named], np.int64).reshape(-1, 2)
    return union_groups(first + len(codes), links, placed)[:total]


def _keys(place: Place) -> Iterator[str]:
    """What stands for the document, row or task that a sample was taken from; nothing where it is the only one."""
    if place.method in _KEYS:
        yield from _KEYS[place.method](place)
    elif found := _INSTANCE.fullmatch(place.ref):
        yield f"{place.method}\n{place.source}\n{found[1]}"


def _document(place: Place) -> list[str]:
    found = _DOCUMENT.fullmatch(place.ref)
    return [found[1]] if found else []


def _sources(place: Place) -> list[str]:
    """The documents and rows that the answer cites."""
    found = _SOURCES.fullmatch(place.ref)
    return [_PASSAGE.sub("", name) for name in found[1].split("; ")] if found else []


def _row(place: Place) -> list[str]:
    found = _ROW.fullmatch(place.ref)
    return [f"{place.source}\n{found[1]}"] if found else []


_KEYS: Mapping[str, Callable[[Place], list[str]]] = {
    DocumentBacktranslation.name: _document,
    Grounded.name: _sources,
    Templates.name: _row,
}
"""Methods that take samples from documents and rows, and how their places name these."""
