"""Edges → groups: whatever is connected by any kind of edge belongs together."""

from collections.abc import Iterable


def union_groups(n: int, *edges: Iterable[tuple[int, int]]) -> list[int]:
    """Label n items so that two items have one label exactly when a chain of edges connects them.

    Give each kind of edge (near-duplicates, shared parents) as one argument. A label is the smallest index of its
    group, so the order of the edges does not matter. Union by smaller root with path halving (Tarjan and van Leeuwen,
    1984, "Worst-case analysis of set union algorithms").

    Raises:
        IndexError: an edge names an item outside 0 … n - 1.

    >>> union_groups(5, [(0, 3)], [(4, 3)])
    [0, 1, 2, 0, 0]
    """
    parent = list(range(n))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for kind in edges:
        for a, b in kind:
            if min(a, b) < 0 or max(a, b) >= n:
                raise IndexError(f"edge ({a}, {b}) names an item outside 0 … {n - 1}")
            low, high = sorted((root(a), root(b)))
            parent[high] = low
    return [root(item) for item in range(n)]
