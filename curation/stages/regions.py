"""A part of a map that a run is aimed at, and how many of the samples that it made have come to lie there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from curation.errors import NotReady
from curation.methods import Json
from curation.stages.enclosed import MODES, Mode, Shape, inside, rounded
from curation.stages.frames import Floats, Frame, frame_of, in_steps
from curation.store import Workspace
from curation.store.maps import list_maps, read_positions
from curation.store.origins import first_made_by
from curation.store.plans import read_plan

Numbers = NDArray[np.int32]
DIRECTIONS = 48
"""Sides of an outline around points."""
MIDDLE = 0.9
"""The share of the points that lies inside it: a few far ones do not draw it over the whole map."""
MARGIN = 0.01
"""How far it lies from them, as a share of the side of the map."""


@dataclass(frozen=True)
class Region:
    """A part of a map.

    Args:
        map: the key of the map.
        parts: outlines in the map's own units, in the order in which they were drawn; each says whether it begins anew,
            adds or takes out.
    """

    map: str
    parts: tuple[tuple[Mode, tuple[tuple[float, float], ...]], ...]

    def to_json(self) -> dict[str, Json]:
        """As it is kept with the plan of a run."""
        parts: list[Json] = [[mode, [[x, y] for x, y in corners]] for mode, corners in self.parts]
        return {"map": self.map, "parts": parts}

    @staticmethod
    def from_json(kept: Json) -> "Region | None":
        """What `to_json` gave; None for nothing."""
        if not isinstance(kept, dict):
            return None
        parts = cast(list[tuple[str, list[tuple[float, float]]]], kept["parts"])
        return Region(
            str(kept["map"]),
            tuple((MODES[mode], tuple((float(x), float(y)) for x, y in corners)) for mode, corners in parts),
        )


@dataclass(frozen=True)
class Landed:
    """Where the samples that a run made lie.

    Args:
        region: what it was aimed at.
        made: samples that nobody had before the run.
        inside: numbers of those that lie in the region.
        placed: how many of them are on the map.
        others: the share of the other samples on the map that lies in the region, to compare with.
    """

    region: Region
    made: int
    inside: tuple[int, ...]
    placed: int
    others: float

    @property
    def share(self) -> float:
        """Of those that are on the map, how many lie in the region; 0 where none is."""
        return len(self.inside) / self.placed if self.placed else 0.0

    def sentence(self) -> str:
        """The share in words."""
        if not self.placed:
            return "None of its new samples is on the map yet."
        return (
            f"{len(self.inside):,} of {self.placed:,} new samples ({self.share:.0%}) lie in the region that it was "
            f"aimed at; of the others on the map, {self.others:.1%} do."
        )


def drawn_region(key: str, frame: Frame, drawn: Sequence[tuple[Mode, Shape]]) -> Region | None:
    """What was drawn on a map as a region; None where that was no line around something."""
    shapes = [(mode, _outline(shape)) for mode, shape in drawn if shape.kind != "click"]
    if not shapes or len(shapes) < len(drawn):
        return None
    return Region(key, tuple((mode, _pairs(frame.positions(corners))) for mode, corners in shapes))


def region_around(key: str, frame: Frame, positions: NDArray[np.float32]) -> Region:
    """The region around nine in ten of these positions (n, 2), at least one: the nearest to their middle."""
    far = np.linalg.norm(positions - np.median(positions, axis=0), axis=1)
    near = positions[far <= np.quantile(far, MIDDLE, method="higher")].astype(np.float64)
    turn = 2 * np.pi / DIRECTIONS
    ways = np.column_stack([np.cos(np.arange(DIRECTIONS) * turn), np.sin(np.arange(DIRECTIONS) * turn)])
    far_out = np.array([(near @ way).max() for way in ways]) + MARGIN * frame.side
    # Each corner is where two neighbouring lines meet that touch the points from outside.
    aside = (np.roll(far_out, -1) - far_out * np.cos(turn)) / np.sin(turn)
    corners = far_out[:, None] * ways + aside[:, None] * np.column_stack([-ways[:, 1], ways[:, 0]])
    return Region(key, (("new", _pairs(corners)),))


def is_inside(region: Region, positions: NDArray[np.float32], frame: Frame) -> NDArray[np.bool_]:
    """Which positions (n, 2) lie in a region; the frame is that of all positions of the map."""
    places = in_steps(positions, frame)
    held = np.zeros(len(places), np.bool_)
    for mode, corners in region.parts:
        found = inside(Shape("lasso", rounded(frame.steps(np.array(corners)))), places)
        if mode == "new":
            held[:] = False
        held[found] = mode != "remove"
    return held


def region_of(workspace: Workspace, run: str) -> Region | None:
    """What a run was aimed at; None where it was aimed at nothing."""
    plan = read_plan(workspace, run)
    return Region.from_json(plan.what.get("region")) if plan else None


def landed(workspace: Workspace, run: str) -> Landed | None:
    """Where the samples of a run lie; None where it was aimed at nothing.

    Raises:
        NotReady: the map is not there any more.
    """
    region = region_of(workspace, run)
    if region is None:
        return None
    if region.map not in {one.id for one in list_maps(workspace)}:
        raise NotReady("The map on which this run was aimed at a region is not there any more.")
    made = first_made_by(workspace, run)
    numbers, positions = read_positions(workspace, region.map)
    held, is_new = is_inside(region, positions, frame_of(positions)), np.isin(numbers, made)
    rest = ~is_new
    others = float(held[rest].mean()) if rest.any() else 0.0
    return Landed(region, len(made), tuple(numbers[held & is_new].tolist()), int(is_new.sum()), others)


def _outline(shape: Shape) -> Floats:
    if shape.kind == "lasso":
        return shape.corners
    (left, bottom), (right, top) = shape.corners.min(axis=0), shape.corners.max(axis=0)
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)])


def _pairs(corners: Floats) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in corners)
