"""What lies inside a shape that was drawn on the map."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from curation.errors import BadInput
from curation.stages.frames import STEPS, Places
from curation.stages.looking import Numbers, Picture

Mode = Literal["new", "add", "remove"]
MODES: dict[str, Mode] = {"new": "new", "add": "add", "remove": "remove"}
GRAIN = 16
"""Corners are rounded to sixteenths of a step: then every product below is exact in a double."""
FARTHEST = 2.0**17
CELL = 256
"""Steps along a cell of the grid that settles most points of a lasso."""
MOST_CORNERS = 5_000


@dataclass(frozen=True)
class Shape:
    """A lasso (three corners or more), a box (two opposite corners) or a click (one), in steps of the map.

    Args:
        kind: which of them.
        corners: where (k, 2).
        reach: how far from a click the nearest point may lie, in steps.
    """

    kind: Literal["lasso", "box", "click"]
    corners: NDArray[np.float64]
    reach: float = 0.0


def read_shape(drawn: Mapping[str, object]) -> Shape:
    """A shape as the browser sends it: kind, corners [[x, y], …] in steps, reach.

    Raises:
        BadInput: it is no shape.
    """
    try:
        corners = np.asarray(drawn["corners"], np.float64)
        reach = float(str(drawn.get("reach", 0)))
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("What was drawn on the map could not be read; draw it again.") from error
    least, most = {"lasso": (3, MOST_CORNERS), "box": (2, 2), "click": (1, 1)}.get(str(drawn.get("kind")), (1, 0))
    shaped = corners.ndim == 2 and corners.shape[1] == 2 and least <= len(corners) <= most
    if not shaped or not np.isfinite(corners).all() or not math.isfinite(reach):
        raise BadInput("What was drawn on the map could not be read; draw it again.")
    kinds: dict[int, Literal["lasso", "box", "click"]] = {3: "lasso", 2: "box", 1: "click"}
    return Shape(kinds[least], rounded(corners), reach)


def rounded(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corners (k, 2) in steps as shapes have them."""
    found: NDArray[np.float64] = np.rint(corners.clip(-FARTHEST, FARTHEST) * GRAIN) / GRAIN
    return found


def selected(picture: Picture, shape: Shape, before: Numbers, mode: Mode) -> Numbers:
    """Numbers that are selected after a shape was drawn, ascending; what the filters leave out is never hit (I7)."""
    places, shown = picture.places[picture.outside :], picture.shown
    hit = shown[inside(shape, places)]
    if mode == "add":
        return np.union1d(before, hit)
    return np.setdiff1d(before, hit) if mode == "remove" else np.sort(hit)


def inside(shape: Shape, places: Places) -> NDArray[np.intp]:
    """Rows of the places (n, 2) that a shape holds; a click holds the nearest one within its reach, or none."""
    if shape.kind == "lasso":
        return _in_lasso(shape.corners, places)
    if shape.kind == "box":
        return _in_box(shape.corners, places)
    return _nearest(shape.corners[0], shape.reach, places)


def _in_box(corners: NDArray[np.float64], places: Places) -> NDArray[np.intp]:
    """A box holds its edges."""
    low, high = np.ceil(corners.min(axis=0)), np.floor(corners.max(axis=0))
    x, y = places[:, 0], places[:, 1]
    return np.flatnonzero((x >= low[0]) & (x <= high[0]) & (y >= low[1]) & (y <= high[1]))


def _nearest(at: NDArray[np.float64], reach: float, places: Places) -> NDArray[np.intp]:
    reachable = np.array([at - reach, at + reach])
    rows = _in_box(reachable, places)
    distances = ((places[rows].astype(np.float64) - at) ** 2).sum(axis=1)
    is_near = len(rows) and float(distances.min()) <= reach**2
    return rows[[int(distances.argmin())]] if is_near else rows[:0]


def _in_lasso(corners: NDArray[np.float64], places: Places) -> NDArray[np.intp]:
    """Points that the outline winds around at least once, so a loop that crosses itself holds all that it encircles.

    Most points are settled by their cell of a coarse grid: where the outline does not pass through a cell, all of it
    is inside or all of it is outside. Only points in the other cells are looked at one by one.
    """
    is_crossed = _crossed(corners)
    middles = (np.indices(is_crossed.shape).reshape(2, -1).T * CELL + CELL // 2).astype(np.uint16)
    table = _is_encircled(corners, middles).astype(np.uint8)
    table[is_crossed.ravel()] = 2
    found = table[(places[:, 0] // CELL).astype(np.intp) * len(is_crossed) + places[:, 1] // CELL]
    unsettled = np.flatnonzero(found == 2)
    found[unsettled] = _is_encircled(corners, places[unsettled])
    return np.flatnonzero(found)


def _crossed(corners: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Cells that the outline may pass through: those around a point on it, for points at most half a cell apart."""
    ends = np.roll(corners, -1, axis=0)
    counts = (np.abs(ends - corners).max(axis=1) // (CELL // 2)).astype(np.intp) + 1
    edges = np.repeat(np.arange(len(corners)), counts)
    along = (np.arange(len(edges)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[edges]
    on = corners[edges] + along[:, None] * (ends - corners)[edges]
    cells = np.floor(on / CELL).astype(np.intp)
    across = STEPS // CELL + 1
    is_crossed = np.zeros((across + 2, across + 2), np.bool_)
    near = cells[((cells >= -1) & (cells <= across)).all(axis=1)] + 1
    for right in (-1, 0, 1):
        for up in (-1, 0, 1):
            x, y = (near + np.array([right, up])).clip(0, across + 1).T
            is_crossed[x, y] = True
    return is_crossed[1:-1, 1:-1]


def _is_encircled(corners: NDArray[np.float64], places: Places) -> NDArray[np.bool_]:
    """Whether the outline winds around each place (n, 2).

    A crossing counts where low ≤ y < high, which puts a point on the lower or left edge inside and one on the upper or
    right edge outside: two lassos that share an edge never share a point. With the points ordered by y each edge looks
    only at those beside it, so the work follows the height of the outline, not its number of corners.
    """
    order = np.argsort(places[:, 1], kind="stable")
    x, y = places[order, 0].astype(np.float64), places[order, 1].astype(np.float64)
    ends = np.roll(corners, -1, axis=0)
    starts = np.searchsorted(y, np.minimum(corners[:, 1], ends[:, 1]))
    stops = np.searchsorted(y, np.maximum(corners[:, 1], ends[:, 1]))
    winding = np.zeros(len(order), np.int16)
    for (ax, ay), (bx, by), start, stop in zip(corners, ends, starts, stops, strict=True):
        side = (bx - ax) * (y[start:stop] - ay) - (x[start:stop] - ax) * (by - ay)
        if by > ay:
            winding[start:stop] += side > 0
        else:
            winding[start:stop] -= side < 0
    is_in = np.zeros(len(order), np.bool_)
    is_in[order] = winding != 0
    return is_in
