"""Group-aware, stratified and repeatable splitting."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from curation.errors import BadRecipe

SHARES: Mapping[str, float] = MappingProxyType({"train": 0.9, "validation": 0.05, "test": 0.05})
"""What a new recipe starts from."""


class _Group(NamedTuple):
    key: bytes
    stratum: str
    members: list[str]


def split(
    ids: Sequence[str],
    groups: Sequence[int],
    strata: Sequence[str],
    shares: Mapping[str, float] = SHARES,
    seed: int = 0,
) -> dict[str, str]:
    """Give every sample a split; samples of one group always get the same one.

    The result depends on ids, seed and who is grouped with whom, never on the order of the samples or the values of
    the labels: chance comes from SHA-256 of seed and id. A group's first member, which gives its stratum, is the one
    with the smallest hash.

    Groups are dealt stratum by stratum, the large ones first, each to the split that is furthest below its share. So
    a split is above its share by less than the size of the largest group, and in data without groups every stratum
    is divided like the whole up to single samples.

    Args:
        ids: one per sample, all different.
        groups: a label per sample, see `union_groups`.
        strata: a word per sample (a source, a task type), equal words for one stratum.
        shares: the fraction of samples per split; they add up to 1.
        seed: another seed deals another way.

    Returns:
        id → name of the split, in the order of `ids`.

    Raises:
        BadRecipe: shares that are negative or do not add up to 1.
        ValueError: arguments of different lengths, or an id twice.

    >>> split(["a", "b", "c", "d"], [0, 0, 1, 2], ["x"] * 4, {"train": 0.5, "test": 0.5}, seed=1)
    {'a': 'test', 'b': 'test', 'c': 'train', 'd': 'train'}
    """
    _check(shares)
    if len(set(ids)) != len(ids):
        raise ValueError("an id stands for two samples")
    dealt = _deal(_in_dealing_order(_gather(ids, groups, strata, seed)), shares)
    return {sample_id: dealt[sample_id] for sample_id in ids}


def _check(shares: Mapping[str, float]) -> None:
    if any(not math.isfinite(share) or share < 0 for share in shares.values()):
        raise BadRecipe(f"Every share of a split is a number from 0 to 1, not {dict(shares)}.")
    if not math.isclose(sum(shares.values()), 1, abs_tol=1e-6):
        raise BadRecipe(f"The shares of the splits must add up to 1; {dict(shares)} adds up to {sum(shares.values())}.")


def _gather(ids: Sequence[str], groups: Sequence[int], strata: Sequence[str], seed: int) -> list[_Group]:
    labelled: dict[int, list[tuple[bytes, str, str]]] = defaultdict(list)
    for sample_id, label, stratum in zip(ids, groups, strata, strict=True):
        key = hashlib.sha256(f"{seed}\n{sample_id}".encode("utf-8", "surrogatepass")).digest()
        labelled[label].append((key, stratum, sample_id))
    gathered = []
    for members in labelled.values():
        key, stratum, _ = min(members)
        gathered.append(_Group(key, stratum, [sample_id for _, _, sample_id in members]))
    return gathered


def _in_dealing_order(groups: list[_Group]) -> list[_Group]:
    """Strata that hold large groups first, and large groups first within a stratum: small ones even out what is left.

    A stratum stays in one piece, because dealing by shares from one piece divides that piece by the shares.
    """
    largest: dict[str, int] = defaultdict(int)
    for group in groups:
        largest[group.stratum] = max(largest[group.stratum], len(group.members))
    return sorted(groups, key=lambda group: (-largest[group.stratum], group.stratum, -len(group.members), group.key))


def _deal(groups: list[_Group], shares: Mapping[str, float]) -> dict[str, str]:
    names = sorted(shares, key=lambda name: (-shares[name], name))
    missing = dict.fromkeys(names, 0.0)
    dealt = {}
    for group in groups:
        for name in names:
            missing[name] += shares[name] * len(group.members)
        # rounded, so that the last bit of a sum does not decide between two equal splits
        neediest = max(names, key=lambda name: round(missing[name], 6))
        missing[neediest] -= len(group.members)
        dealt.update(dict.fromkeys(group.members, neediest))
    return dealt
