"""How many samples each split is to get."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from curation.errors import NotReady
from curation.recipe import Splits

DIGITS = 10**9
"""Shares count to so many parts, so that sums of them are exact and come out alike on every machine."""


@dataclass(frozen=True)
class Sizes:
    """How many samples each split is to get.

    Args:
        wanted: by name; they add up to all samples.
        exact: the splits that were asked for as a count, which come first where a group is in the way.
    """

    wanted: Mapping[str, Fraction]
    exact: Collection[str] = ()


def wanted_sizes(total: int, splits: Splits) -> Sizes:
    """What each split is to get of so many samples in all.

    The counts are taken off first, and the shares divide what is left. A split without a share is left out.

    Raises:
        NotReady: the counts leave nothing.

    >>> wanted_sizes(10, Splits(shares=(("train", 1.0),), counts=(("test", 4),))).wanted
    {'train': Fraction(6, 1), 'test': Fraction(4, 1)}
    """
    counts = dict(splits.counts)
    left = total - sum(counts.values())
    if total and left <= 0:
        raise NotReady(
            f"The splits ask for {total - left:,} samples by count, and {total:,} go out, which leaves none for the "
            "others. Ask for fewer, or loosen the filters."
        )
    parts = {name: round(share * DIGITS) for name, share in splits.shares}
    sizes = {name: Fraction(left * part, sum(parts.values())) for name, part in parts.items() if part}
    sizes |= {name: Fraction(count) for name, count in counts.items()}
    return Sizes({name: sizes[name] for name in splits.names if name in sizes}, counts.keys())
