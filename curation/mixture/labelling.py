"""Samples with no label, one or several → one label each."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from curation.recipe import Labels


def one_label_each(
    labels: Labels, numbers: NDArray[np.int32], named: Mapping[str, float]
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Give every sample one label, so that a mixture can count it once.

    Of several, the one whose share or count is 0, so that 0 leaves all of its samples out; else the rarest of those
    that are named, which are the hardest to fill; else the rarest. Equally rare ones go by name.

    Args:
        labels: of all samples of the workspace.
        numbers: of the samples that are mixed, ascending.
        named: share or count by label.

    Returns:
        Places in the names, of shape (numbers,), and the names in order; "" stands for no label.

    >>> labels = Labels(3, np.array([0, 1, 1], np.int32), np.array([0, 0, 1], np.int32), ("code", "maths"))
    >>> codes, names = one_label_each(labels, np.arange(3, dtype=np.int32), {})
    >>> [names[code] for code in codes]
    ['code', 'maths', '']
    """
    inside = np.zeros(labels.total, np.bool_)
    inside[numbers] = True
    entries = inside[labels.samples]
    samples, codes = labels.samples[entries], labels.codes[entries]
    sizes = np.bincount(codes, minlength=len(labels.names)).tolist()
    first = sorted(range(len(labels.names)), key=lambda code: (_weight(labels.names[code], named), sizes[code],
                                                               labels.names[code]))  # fmt: skip
    rank = np.empty(len(first), np.int64)
    rank[first] = np.arange(len(first))
    best = np.full(labels.total, len(first), np.int64)
    np.minimum.at(best, samples, rank[codes])
    names = np.array([*(labels.names[code] for code in first), ""], np.object_)[best[numbers]]
    found = tuple(sorted(set(names.tolist())))
    places = {name: place for place, name in enumerate(found)}
    return np.fromiter((places[name] for name in names.tolist()), np.int64, len(names)), found


def _weight(name: str, named: Mapping[str, float]) -> int:
    if name not in named:
        return 2
    return 1 if named[name] else 0
