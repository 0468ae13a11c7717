"""Samples → splits: what belongs together stays together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.recipe import Splits
from curation.splits import Shortfall, shortfalls, split, torn, wanted_sizes
from curation.stages.relating import Ties, ties
from curation.store import Workspace
from curation.store.labelled import read_coded
from curation.store.samples import read_samples

QUOTED = 60
"""Characters of a prompt that stand for its group."""


class Size(NamedTuple):
    """How large a split is.

    Args:
        asked: samples that it was to get, rounded.
        got: samples, each once.
        reason: why it is off by more than 1 % (asked for as a count: by any), "" where it is not. Quotes the start of a
            prompt, which anybody may have written.
    """

    asked: int
    got: int
    reason: str = ""


class Tally(NamedTuple):
    """How many ties between samples were looked at, and how many of them lie in two splits."""

    compared: int
    across: int


@dataclass(frozen=True)
class Dealt:
    """Who goes into which split.

    Args:
        assignment: sample id → split, in the order of the numbers that were dealt.
        threshold: the similarity from which two samples were kept together, None where no pairs are known.
        groups: how many sets of samples that had to stay together.
        sizes: by split, in the order to show.
        ties: what was kept together, by kind: near-duplicates, equal prompts, relatives.
        unspread: the label that was to be spread over all splits alike and that no sample has, "" where that is none.
    """

    assignment: Mapping[str, str]
    threshold: float | None
    groups: int
    sizes: Mapping[str, Size]
    ties: Mapping[str, Tally]
    unspread: str


def deal(workspace: Workspace, numbers: Sequence[int], splits: Splits) -> Dealt:
    """Deal samples into splits; near-duplicates, equal prompts and relatives stay together.

    Raises:
        NotReady: the splits ask for more samples than there are.
    """
    wanted = wanted_sizes(len(numbers), splits)
    tied = ties(workspace, numbers)
    groups = tied.groups()
    strata = _strata(workspace, numbers, splits.by)
    assignment = split(tied.ids, groups, strata, wanted, splits.seed)
    got = Counter(assignment.values())
    off = shortfalls(list(assignment.values()), groups, wanted)
    reasons = {one.split: _reason(workspace, numbers, groups, tied, one) for one in off}
    sizes = {name: Size(round(size), got[name], reasons.get(name, "")) for name, size in wanted.wanted.items()}
    unspread = "" if strata.any() else splits.by
    return Dealt(assignment, tied.threshold, len(np.unique(groups)), sizes, _tallies(assignment, tied), unspread)


def _tallies(assignment: Mapping[str, str], tied: Ties) -> dict[str, Tally]:
    bits = {name: 1 << place for place, name in enumerate(dict.fromkeys(assignment.values()))}
    places = np.array([bits[name] for name in assignment.values()], np.int64)
    return {kind: Tally(len(edges), len(torn(places, edges))) for kind, edges in tied.kinds().items()}


def _strata(workspace: Workspace, numbers: Sequence[int], by: str) -> NDArray[np.int64]:
    """For each sample the place of its label in their alphabet, of several that of the first; 0 where it has none."""
    labels = read_coded(workspace, by)
    places = np.argsort(np.argsort(np.array(labels.names, object))) + 1 if labels.names else np.empty(0, np.int64)
    strata = np.full(labels.total, len(places) + 1, np.int64)
    np.minimum.at(strata, labels.samples, places[labels.codes])
    strata[strata > len(places)] = 0
    return strata[np.asarray(numbers, np.int64)]


def _reason(workspace: Workspace, numbers: Sequence[int], groups: NDArray[np.int64], tied: Ties, off: Shortfall) -> str:
    first = int(np.flatnonzero(groups == off.label)[0])
    prompt = read_samples(workspace, [numbers[first]])[0].prompt
    # a terminal shows it too, and would obey what cannot be printed
    prompt = "".join(letter if letter.isprintable() else " " for letter in prompt)
    quoted = prompt if len(prompt) <= QUOTED else f"{prompt[: QUOTED - 1]}…"
    held = _held(groups, tied, off.label)
    start = f"One group of {off.members:,} samples that belong together ({held}; for example “{quoted}”)"
    if off.members > off.room:
        return f"{start} is larger than {off.inside} is to be ({off.room:,})."
    return (
        f"{start} lies in {off.inside}; no group can be moved to come nearer without cutting it. Another seed may help."
    )


def _held(groups: NDArray[np.int64], tied: Ties, label: int) -> str:
    """What holds a group together, in words."""
    return ", ".join(kind for kind, edges in tied.kinds().items() if np.any(groups[edges[:, 0]] == label))
