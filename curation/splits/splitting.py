"""Group-aware, stratified and repeatable splitting."""

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from curation.computing.order import shuffled
from curation.splits.sizes import Sizes

Ints = NDArray[np.int64]


def split(ids: Sequence[str], groups: ArrayLike, strata: ArrayLike, sizes: Sizes, seed: int = 0) -> dict[str, str]:
    """Give every sample a split; samples of one group always get the same one.

    The result depends on ids, seed and who is grouped with whom, never on the order of the samples or the values of
    the labels: chance comes from SHA-256 of seed and id. A group's first member, which gives its stratum, is the one
    with the smallest hash.

    Groups are dealt stratum by stratum, the large ones first, each to the split that is furthest below its size. So
    in data without groups every stratum is divided like the whole up to single samples. Where a split is off by a
    sample or more in the end, whole groups, the ones dealt last first, go on to a split that has room for them, those
    with a count before those with a share.

    Args:
        ids: one per sample, all different.
        groups: a label per sample, see `union_groups`.
        strata: a word per sample (a source, a task type), equal words for one stratum.
        sizes: how many samples each split is to get, see `wanted_sizes`.
        seed: another seed deals another way.

    Returns:
        id → name of the split, in the order of `ids`.

    Raises:
        ValueError: arguments of different lengths, an id twice, or sizes that do not add up.

    >>> split(["a", "b", "c", "d"], [0, 0, 1, 2], ["x"] * 4, Sizes({"train": Fraction(2), "test": Fraction(2)}), 1)
    {'a': 'test', 'b': 'test', 'c': 'train', 'd': 'train'}
    """
    if len(set(ids)) != len(ids):
        raise ValueError("an id stands for two samples")
    if sum(sizes.wanted.values()) != len(ids):
        raise ValueError("the sizes do not add up to the number of samples")
    names = sorted(sizes.wanted, key=lambda name: (-sizes.wanted[name], name))
    members, own = _in_dealing_order(_ranks(ids, seed), np.asarray(groups), np.asarray(strata))
    exact = [place for place, name in enumerate(names) if name in sizes.exact]
    dealt = np.array(_deal(members.tolist(), [sizes.wanted[name] for name in names], exact), np.int64)
    return dict(zip(ids, map(names.__getitem__, dealt[own].tolist()), strict=True))


def _ranks(ids: Sequence[str], seed: int) -> Ints:
    """The place of each sample in the order of chance."""
    ranks = np.empty(len(ids), np.int64)
    ranks[shuffled(ids, seed)] = np.arange(len(ids))
    return ranks


def _in_dealing_order(ranks: Ints, groups: NDArray[np.generic], strata: NDArray[np.generic]) -> tuple[Ints, Ints]:
    """(samples in each group, groups in the order in which they are dealt; the place of each sample's group in it).

    Strata that hold large groups first, and large groups first within a stratum: small ones even out what is left. A
    stratum stays in one piece, because dealing by shares from one piece divides that piece by the shares.
    """
    if not len(ranks) == len(groups) == len(strata):
        raise ValueError("ids, groups and strata are not as many")
    _, group, members = np.unique(groups, return_inverse=True, return_counts=True)
    _, words = np.unique(strata, return_inverse=True)
    first = np.full(len(members), len(ranks), np.int64)
    np.minimum.at(first, group, ranks)
    stratum = words[np.argsort(ranks)][first] if len(ranks) else words
    largest = np.zeros(len(ranks), np.int64)
    np.maximum.at(largest, stratum, members)
    order = np.lexsort((first, -members, stratum, -largest[stratum]))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return members[order], place[group]


def _deal(members: list[int], sizes: list[Fraction], exact: list[int]) -> list[int]:
    """For each group the place of its split. Counted in whole numbers, so that nothing hangs on a last digit."""
    whole, parts = sum(members), math.lcm(*(size.denominator for size in sizes)) if sizes else 1
    weights, unit = [int(size * parts) for size in sizes], whole * parts
    missing = [0] * len(sizes)
    dealt = []
    for size in members:
        missing = [short + weight * size for short, weight in zip(missing, weights, strict=True)]
        neediest = missing.index(max(missing))
        missing[neediest] -= unit * size
        dealt.append(neediest)
    if any(abs(short) >= unit for short in missing):
        _move(members, dealt, sizes, exact)
    return dealt


def _move(members: list[int], dealt: list[int], sizes: list[Fraction], exact: list[int]) -> None:
    """Let whole groups go on: first to the splits with a count, then wherever it brings both nearer to their sizes."""
    room = _whole(sizes)
    for size, place in zip(members, dealt, strict=True):
        room[place] -= size
    for at in range(len(members) - 1, -1, -1) if exact else ():
        size, place, other = members[at], dealt[at], max(exact, key=room.__getitem__)
        if place not in exact and size <= room[other]:
            room[place], room[other], dealt[at] = room[place] + size, room[other] - size, other
    while _improved(members, dealt, room):
        pass


def _improved(members: list[int], dealt: list[int], room: list[int]) -> bool:
    """Let groups go on that bring both splits nearer; each can make room for one that was looked at before it."""
    before = dealt.copy()
    for at in range(len(members) - 1, -1, -1):
        size, place, other = members[at], dealt[at], room.index(max(room))
        if abs(room[place] + size) + abs(room[other] - size) < abs(room[place]) + abs(room[other]):
            room[place], room[other], dealt[at] = room[place] + size, room[other] - size, other
    return dealt != before


def _whole(sizes: list[Fraction]) -> list[int]:
    """Whole sizes with the same sum: what is left by rounding down goes where most was cut off (Hamilton, 1792)."""
    whole = [math.floor(size) for size in sizes]
    left = round(sum(sizes)) - sum(whole)
    for place in sorted(range(len(sizes)), key=lambda place: (whole[place] - sizes[place], place))[:left]:
        whole[place] += 1
    return whole
