"""Pairs that a split tore apart."""

from collections.abc import Iterable, Mapping


def leaks(
    assignment: Mapping[str, str], pairs: Iterable[tuple[str, str, float]], threshold: float
) -> list[tuple[str, str, float]]:
    """The pairs (id, id, similarity) at or above the threshold whose two samples are in different splits.

    A sample without a split is not exported, so a pair with one is no leak.

    >>> leaks({"a": "train", "b": "test", "c": "test"}, [("a", "b", 0.95), ("b", "c", 0.99), ("a", "c", 0.5)], 0.9)
    [('a', 'b', 0.95)]
    """
    return [
        (a, b, similarity)
        for a, b, similarity in pairs
        if similarity >= threshold and a in assignment and b in assignment and assignment[a] != assignment[b]
    ]
