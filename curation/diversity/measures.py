"""How varied a collection is, in one number."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from curation.diversity.runs_of_words import Words


def entropy(counts: Iterable[float]) -> float:
    """Shannon entropy of a distribution, in nats: −Σ p ln p.

    Args:
        counts: how often each kind occurs; zero for none. They need not add up to one.

    Returns:
        0 for one kind or none, ln n for n equally frequent kinds.

    Raises:
        ValueError: a count is negative or not finite.

    >>> round(entropy([2, 1, 1]) / math.log(2), 6)
    1.5
    """
    found = [float(count) for count in counts]
    if not all(0 <= count < math.inf for count in found):
        raise ValueError(f"counts are zero or more, got {[count for count in found if not 0 <= count < math.inf][:3]}")
    total = math.fsum(found)
    shares = (count / total for count in found if count)
    return max(0.0, -math.fsum(share * math.log(share) for share in shares if share))


def effective_number(counts: Iterable[float]) -> float:
    """How many equally frequent kinds would be as varied: e to the Shannon entropy (Hill 1973, the number of order 1).

    Returns:
        1 for one kind, n for n equally frequent kinds, 0 for none.

    >>> round(effective_number([5, 5, 5, 5, 0]), 6)
    4.0
    """
    found = list(counts)
    return math.exp(entropy(found)) if any(found) else 0.0


def distinct_n(texts: Sequence[str], n: int = 2) -> float:
    """Share of runs of n words that are different from all others (Li et al. 2016, distinct-n), over all texts.

    Words are what white space divides, in lower case; no run reaches over the end of a text.

    Returns:
        Different runs over all runs, 0 to 1; NaN where no text has n words.

    Raises:
        ValueError: n is below 1.

    >>> distinct_n(["a b a b", "A b"], n=2)
    0.5
    """
    if n < 1:
        raise ValueError(f"n is 1 or more, got {n}")
    codes = Words(texts).runs(n).codes
    return len(np.unique(codes)) / len(codes) if len(codes) else math.nan
