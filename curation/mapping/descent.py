"""The moves of UMAP: every point is pulled by its neighbours and pushed away by points drawn at random.

As in umap-learn, but every point moves by where the others were when the epoch began, and draws from a generator of
its own. So it makes no difference which thread moves which point: parallel, and the same bytes each time.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from curation.computing.compiled import compiled_loosely, inlined
from curation.computing.processor import cores
from curation.mapping.graph import Floats, Graph, Ints

Edges = tuple[NDArray[np.int64], Ints, Floats, Floats]
"""First edge of each row, other end, epochs between two pulls, epoch of the next pull."""
States = NDArray[np.uint64]
Pace = tuple[np.float32, np.float32, np.float32, np.float32]
"""a and b of the curve, the epoch, and the length of its steps."""
_PUSHES = 5
"""Random points that push per pull, as in umap-learn."""
_PART = 2048
"""Rows that a thread moves in one go."""
_FARTHEST = np.float32(4)
"""The longest step along an axis, as in umap-learn."""


@dataclass(frozen=True)
class Descent:
    """How points move.

    Args:
        bend: a and b of the curve 1 / (1 + a d^(2 b)) that turns a distance d on the map into closeness.
        epochs: how often every point moves.
        speed: of the first epoch; it falls to 0.
        threads: how many work; 0 for as many as there are cores. The result is the same.
        progress: called with (epochs done, epochs); what it raises stops the work.
    """

    bend: tuple[float, float]
    epochs: int
    speed: float = 1.0
    threads: int = 0
    progress: Callable[[int, int], None] | None = None


def spread_out(positions: Floats, graph: Graph, seeds: States, how: Descent) -> Floats:
    """Where points are after all epochs, float32 of shape (n, 2).

    Args:
        positions: float32 of shape (n, 2): where points begin. Those that the graph is about are the last ones; the
            ones before stay where they are and push.
        graph: who is pulled towards whom, by row of `positions`.
        seeds: uint64, one for each point that moves.
        how: how points move.
    """
    edges, states = _edges(graph, how.epochs), _scrambled(seeds)
    moved = len(seeds)
    still = len(positions) - moved
    parts = [(low, min(low + _PART, moved), still) for low in range(0, moved, _PART)]
    now, following = positions.copy(), positions.copy()
    with ThreadPoolExecutor(min(len(parts), how.threads or cores())) as workers:
        for epoch in range(how.epochs):
            pace = (np.float32(epoch), np.float32(how.speed * (1 - epoch / how.epochs)))
            step = (np.float32(how.bend[0]), np.float32(how.bend[1]), *pace)
            list(workers.map(partial(_move, (now, following), edges, states, step), parts))
            now, following = following, now
            if how.progress is not None:
                how.progress(epoch + 1, how.epochs)
    return now


def _edges(graph: Graph, epochs: int) -> Edges:
    """How often each edge pulls: the heaviest in every epoch; what would pull less than once is left out."""
    heaviest = graph.weight.max(initial=np.float32(1e-12))
    pulls = graph.weight >= heaviest / epochs
    before = np.concatenate([[0], np.cumsum(pulls)])
    every = (heaviest / graph.weight[pulls]).astype(np.float32)
    return before[graph.first].astype(np.int64), graph.other[pulls], every, every.copy()


def _scrambled(seeds: States) -> States:
    """Seeds whose bits are well mixed (splitmix64), none of them 0."""
    mixed = seeds * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed ^ (mixed >> np.uint64(31))) | np.uint64(1)


@inlined
def _power(base: np.float32, exponent: np.float32) -> np.float32:
    """A power of a number above 0 to about four digits, from polynomials for log2 and exp2 on the bits of a float."""
    bits = np.float32(base).view(np.int32)
    part = np.int32((bits & 0x7FFFFF) | 0x3F800000).view(np.float32)
    log = np.float32(0.0439286278) * part - np.float32(0.409475586)
    log = log * part + np.float32(1.61017755)
    log = log * part - np.float32(3.52021884)
    log = log * part + np.float32(5.06975632)
    log = log * part - np.float32(2.79415368)
    wanted = exponent * (log + np.float32((bits >> 23) - 127))
    whole = np.floor(wanted)
    rest = wanted - whole
    exp = np.float32(0.0136839829) * rest + np.float32(0.0517177355)
    exp = exp * rest + np.float32(0.241621323)
    exp = exp * rest + np.float32(0.692969551)
    exp = exp * rest + np.float32(1.0000036)
    return np.float32(np.int32((np.int32(whole) + 127) << 23).view(np.float32) * exp)


@inlined
def _pull(square: np.float32, a: np.float32, b: np.float32) -> np.float32:
    power = _power(square, b)
    return np.float32(-2) * a * b * power / (square * (a * power + np.float32(1)))


@inlined
def _push(square: np.float32, a: np.float32, b: np.float32) -> np.float32:
    return np.float32(2) * b / ((np.float32(0.001) + square) * (a * _power(square, b) + np.float32(1)))


@inlined
def _step(slope: np.float32, way: np.float32) -> np.float32:
    return min(_FARTHEST, max(-_FARTHEST, slope * way))


@inlined
def _next(state: np.uint64) -> np.uint64:
    """The next number of a generator (xorshift64)."""
    state ^= state << np.uint64(13)
    state ^= state >> np.uint64(7)
    return state ^ (state << np.uint64(17))


@compiled_loosely
def _move(planes: tuple[Floats, Floats], edges: Edges, states: States, step: Pace, part: tuple[int, int, int]) -> None:
    """Move the points of a part once: gradients as in section 3.2 of McInnes, Healy, Melville 2018."""
    now, following = planes
    first, other, every, due = edges
    a, b, epoch, pace = step
    low, high, still = part
    among, tiny = np.uint64(still if still else len(now)), np.float32(1e-12)
    for row in range(low, high):
        x, y, state = now[still + row, 0], now[still + row, 1], states[row]
        for edge in range(first[row], first[row + 1]):
            if due[edge] > epoch:
                continue
            due[edge] += every[edge]
            dx, dy = x - now[other[edge], 0], y - now[other[edge], 1]
            slope = _pull(dx * dx + dy * dy + tiny, a, b)
            x, y = x + _step(slope, dx) * pace, y + _step(slope, dy) * pace
            for _ in range(_PUSHES):
                state = _next(state)
                drawn = np.int64(((state >> np.uint64(32)) * among) >> np.uint64(32))
                dx, dy = x - now[drawn, 0], y - now[drawn, 1]
                slope = _push(dx * dx + dy * dy + tiny, a, b)
                x, y = x + _step(slope, dx) * pace, y + _step(slope, dy) * pace
        following[still + row, 0], following[still + row, 1] = x, y
        states[row] = state
