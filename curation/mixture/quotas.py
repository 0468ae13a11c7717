"""How many samples of each label go out."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.mixture.apportioning import NONE_LESS, apportion
from curation.recipe import Mixture

WHOLE = 1e-9
"""Shares that fall short of 1 by less are meant to add up to it."""


@dataclass(frozen=True)
class Quota:
    """What a mixture wants of one label and gets.

    Args:
        label: "" for samples without one.
        available: samples with it.
        wanted: what its share or count asks for.
        got: how many go out, repeats included.
        named: whether the mixture names it.
        reason: why it is not what is wanted, or what stands out about it; "" where there is nothing to say.
    """

    label: str
    available: int
    wanted: int
    got: int
    named: bool
    reason: str = ""

    @property
    def repeated(self) -> int:
        """How many of those that go out are there for a second time or more."""
        return max(0, self.got - self.available)


def quotas(available: Mapping[str, int], mixture: Mixture) -> list[Quota]:
    """Settle how many samples of each label go out; docs/recipe.md says what wins where wishes disagree.

    Args:
        available: samples by label; each has one.
        mixture: what is wished.

    Returns:
        The labels that are named, in their order, then the others, the most frequent first.

    >>> mixture = Mixture(by="topic", shares=(("code", 0.5), ("maths", 0.5)))
    >>> [(one.label, one.got) for one in quotas({"code": 300, "maths": 100, "law": 50}, mixture)]
    [('code', 100), ('maths', 100), ('law', 0)]
    """
    named = mixture.named()
    others = sorted((label for label in available if label not in named), key=lambda each: (-available[each], each))
    wanted, rest = _counted(mixture) if mixture.counts else _shared(available, mixture)
    there = np.array([available[label] for label in others], np.int64)
    bounds = np.minimum(there * (mixture.repeat if mixture.size else 1), mixture.most or NONE_LESS)
    parts = apportion(rest, there.astype(np.float64)).tolist()
    got = apportion(rest, there.astype(np.float64), bounds).tolist()
    return [
        *(_of_named(label, available.get(label, 0), wanted[label], mixture) for label in named),
        *(_quota(*each, False, mixture) for each in zip(others, there.tolist(), parts, got, strict=True)),
    ]


def _counted(mixture: Mixture) -> tuple[dict[str, int], int]:
    """(what is wanted by label, what the others share)."""
    wanted = dict(mixture.counts)
    return wanted, max(0, (mixture.size or 0) - sum(wanted.values()))


def _shared(available: Mapping[str, int], mixture: Mixture) -> tuple[dict[str, int], int]:
    """The same from shares."""
    shares = dict(mixture.shares)
    there = [available.get(label, 0) for label in shares]
    others = sum(available.values()) - sum(there)
    left = 1 - math.fsum(shares.values())
    weights = np.array([*shares.values(), left if others and left > WHOLE else 0.0])
    size = mixture.size or _largest(weights, np.array([*there, others], np.int64), mixture.repeat)
    *parts, rest = apportion(size, weights).tolist()
    return dict(zip(shares, parts, strict=True)), rest


def _largest(weights: NDArray[np.float64], there: NDArray[np.int64], repeat: int) -> int:
    """The largest whole of which no share is more than there is, repeats included, nor every share repeated.

    The last share, of the labels that are not named, is never repeated.
    """
    bounds = there * repeat
    bounds[-1] = there[-1]
    has = weights > 0
    if not has.any():
        return 0
    shares = weights[has] / weights.sum()
    fits, repeats_all = float((bounds[has] / shares).min()), float((there[has] / shares).max())
    size = math.floor(min(fits, repeats_all) + WHOLE * int(bounds.sum()))
    while size and (apportion(size, weights) > bounds).any():  # whole numbers can be more than one off, rarely
        size -= 1
    return size


def _of_named(label: str, available: int, wanted: int, mixture: Mixture) -> Quota:
    got = min(wanted, available * mixture.repeat, mixture.most or NONE_LESS)
    return _quota(label, available, wanted, got, True, mixture)


def _quota(label: str, available: int, wanted: int, got: int, named: bool, mixture: Mixture) -> Quota:  # noqa: PLR0913 - what a quota holds
    return Quota(label, available, wanted, got, named, _reason(label, available, wanted, got, mixture))


def _reason(label: str, available: int, wanted: int, got: int, mixture: Mixture) -> str:
    if available and not wanted and not got:
        return "its share comes to less than one" if dict(mixture.shares).get(label) else "left out"
    if got < wanted and got == mixture.most:
        return f"no more than {got:,} of a label"
    if got < wanted:
        return f"only {available:,} there" + (f", each {mixture.repeat} times" if mixture.repeat > 1 else "")
    if got > available:
        return f"{got - available:,} repeated"
    return "takes places that others leave" if got > wanted else ""
