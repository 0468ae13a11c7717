"""Which label keeps a mixture from being larger, and what it would give to want less of it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from curation.mixture.quotas import WHOLE, Quota, quotas
from curation.recipe import Mixture

POINTS = 0.02
"""How much less of a label is tried, as a share of the whole."""


@dataclass(frozen=True)
class Tightest:
    """The label that limits a mixture.

    Args:
        quota: what is wanted of it and got.
        less: how much lower its share was tried, 0 where it has none.
        gain: how many more samples would go out then; 0 where another label is as tight.
    """

    quota: Quota
    less: float
    gain: int


def tightest(available: Mapping[str, int], mixture: Mixture) -> Tightest | None:
    """The named label that falls shortest; without a size, the one that is used up first. None where none limits it.

    >>> mixture = Mixture(by="topic", shares=(("code", 0.5), ("maths", 0.5)))
    >>> tight = tightest({"code": 300, "maths": 96}, mixture)
    >>> tight.quota.label, tight.gain
    ('maths', 8)
    """
    found = quotas(available, mixture)
    limiting = _limiting(found, mixture)
    if limiting is None:
        return None
    shares = dict(mixture.shares)
    before = shares.get(limiting.label, 0.0)
    less = min(POINTS, before / 2)
    if not less:
        return Tightest(limiting, 0.0, 0)
    eased = mixture.model_copy(update={"shares": _eased(shares, limiting.label, less)})
    return Tightest(limiting, less, max(0, _total(quotas(available, eased)) - _total(found)))


def _limiting(found: list[Quota], mixture: Mixture) -> Quota | None:
    short = [one for one in found if one.named and one.got < one.wanted]
    if short:
        return max(short, key=lambda one: one.wanted - one.got)
    if mixture.size or not mixture.shares:
        return None
    used = [one for one in found if one.named and dict(mixture.shares)[one.label]]
    return max(used, key=lambda one: _used_up(one, mixture), default=None)


def _used_up(one: Quota, mixture: Mixture) -> float:
    """What part of it goes out; of a label that is not there even none is too much."""
    return one.wanted / (one.available * mixture.repeat) if one.available else math.inf


def _eased(shares: dict[str, float], label: str, less: float) -> tuple[tuple[str, float], ...]:
    """Less of one label; where the shares make up the whole the others get it, else the labels that are not named."""
    whole, rest = sum(shares.values()), sum(shares.values()) - shares[label]
    scale = 1.0 if whole < 1 - WHOLE or not rest else (rest + less) / rest
    eased = {name: share * scale for name, share in shares.items()} | {label: shares[label] - less}
    return tuple(eased.items())


def _total(found: list[Quota]) -> int:
    return sum(one.got for one in found)
