"""How far the reviewers of a workspace agree: all of them, two by two, each with themselves, and within clusters."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from curation.reviewing.agreement import Agreement, agreement
from curation.store import Workspace
from curation.store.labelled import read_coded
from curation.store.opinions import Shared, read_shared
from curation.store.rounds import said_twice

FEWEST = 5
"""A group of samples with fewer shared ones than this says nothing of its own."""


@dataclass(frozen=True)
class Two:
    """Two reviewers, on the samples that both decided on."""

    first: str
    second: str
    agreement: Agreement


@dataclass(frozen=True)
class Own:
    """One reviewer: what they decided, and how far they agree with themselves on what they were shown twice."""

    reviewer: str
    accepts: int
    rejects: int
    twice: Agreement


@dataclass(frozen=True)
class Together:
    """Agreement in a workspace or a round: everybody, all pairs of reviewers, and each reviewer alone."""

    everybody: Agreement
    pairs: list[Two]
    each: list[Own]


def agreements(workspace: Workspace, number: int = 0) -> Together:
    """How far people agree in one round, or in all that was decided."""
    return _agreements(workspace, workspace.changes, number)


def by_label(workspace: Workspace, signal: str, number: int = 0) -> list[tuple[str, Agreement]]:
    """(label, agreement) within the samples of each label of a signal such as `cluster`, the lowest α first.

    Labels with fewer than `FEWEST` shared samples are left out.
    """
    return _by_label(workspace, workspace.changes, signal, number)


def disputed(workspace: Workspace, among: tuple[str, ...] = (), number: int = 0) -> list[int]:
    """Numbers of the samples on which these reviewers, or any, do not all say the same."""
    shared = read_shared(workspace, number)
    rows = [place for place, name in enumerate(shared.reviewers) if not among or name in among]
    told = shared.opinions[rows]
    differ = (told == 0).any(axis=0) & (told == 1).any(axis=0)
    return [int(sample) for sample in shared.samples[differ]]


@lru_cache(maxsize=4)
def _agreements(workspace: Workspace, _changes: int, number: int) -> Together:
    shared = read_shared(workspace, number)
    pairs = [
        Two(shared.reviewers[i], shared.reviewers[j], agreement(shared.opinions[[i, j]]))
        for i, j in combinations(range(len(shared.reviewers)), 2)
    ]
    return Together(agreement(shared.opinions), pairs, [_own(workspace, shared, place) for place in _places(shared)])


def _places(shared: Shared) -> range:
    return range(len(shared.reviewers))


def _own(workspace: Workspace, shared: Shared, place: int) -> Own:
    said = Counter(shared.opinions[place].tolist())
    twice = said_twice(workspace, shared.reviewers[place])
    both = np.array([[float(word == "accept") for word in words] for _, *words in twice]).reshape(-1, 2)
    return Own(shared.reviewers[place], said[1.0], said[0.0], agreement(both.T))


@lru_cache(maxsize=8)
def _by_label(workspace: Workspace, _changes: int, signal: str, number: int) -> list[tuple[str, Agreement]]:
    shared = read_shared(workspace, number)
    labels = read_coded(workspace, signal)
    several = np.flatnonzero((~np.isnan(shared.opinions)).sum(axis=0) >= 2)
    column_of = np.full(labels.total, -1)
    column_of[shared.samples[several]] = several
    columns = column_of[labels.samples]
    groups = ((name, columns[(labels.codes == code) & (columns >= 0)]) for code, name in enumerate(labels.names))
    told = [(name, agreement(shared.opinions[:, group])) for name, group in groups if len(group) >= FEWEST]
    return sorted(told, key=lambda pair: (np.nan_to_num(pair[1].alpha.value, nan=2.0), pair[0]))
