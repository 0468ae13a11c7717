"""What the Map page draws: where each sample lies, what colour it gets, and what the colours stand for."""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from curation.recipe import Recipe
from curation.stages.curating import current_recipe
from curation.stages.frames import Frame, Places, frame_of, in_steps
from curation.stages.planning import plan
from curation.store import Workspace
from curation.store.charts import COLUMNS, count_values, label_codes
from curation.store.maps import read_positions
from curation.store.samples import count_samples
from curation.store.signals import list_measured, read_numbers

Numbers = NDArray[np.int32]
Codes = NDArray[np.uint8]
Kind = Literal["label", "number"]

MOST_LABELS = 8
"""Labels that get a colour of their own; more cannot be told apart."""
SHADES = 254
"""Codes 0 to 253 are shades of a scale from low to high."""
OTHER, NONE = 254, 255
"""Codes of points whose label has no colour of its own, and of those that have none."""
SPLIT = "split"
NO_COLOUR = {"neighbour_sample"}
"""Signals whose number is a name: it has no high and no low."""


@dataclass(frozen=True)
class Entry:
    """One line of a legend: the code of its points, what they are called, and how many are shown."""

    code: int
    name: str
    samples: int


@dataclass(frozen=True)
class Picture:
    """The points of a map in drawing order: those outside the filters first, then those that are shown.

    Args:
        numbers: of the samples (n,).
        places: where they lie (n, 2), in steps from the lower left; both axes have the same scale.
        outside: how many of them the filters leave out.
        codes: what colours they get (n,): the place of a label, or a shade; `OTHER` and `NONE`.
        entries: what the codes stand for where they are labels.
        limits: the values of the first and the last shade where they are numbers.
        frame: where the steps lie in the map's own units.
    """

    numbers: Numbers
    places: Places
    outside: int
    codes: Codes
    entries: tuple[Entry, ...] = ()
    limits: tuple[float, float] | None = None
    frame: Frame = field(default_factory=Frame)

    @property
    def shown(self) -> Numbers:
        """Numbers of the samples that the filters leave."""
        return self.numbers[self.outside :]

    @cached_property
    def stamp(self) -> str:
        """A short name for which points lie where and are shown, whatever their colours."""
        digest = blake2b(f"{self.outside}".encode(), digest_size=8)
        digest.update(self.numbers.tobytes())
        digest.update(self.places.tobytes())
        return digest.hexdigest()


@dataclass(frozen=True)
class Title:
    """What a part of the map is called, and the middle of it in steps."""

    name: str
    samples: int
    x: int
    y: int


def colours(workspace: Workspace) -> dict[str, Kind]:
    """What points can be coloured by, in the order to show: state, where they are from, split, labels, numbers."""
    measured = list_measured(workspace)
    labels = sorted((name for name in measured if measured[name].labels), key=lambda name: (name != "cluster", name))
    numbers = sorted(name for name in measured if measured[name].numbers and name not in NO_COLOUR)
    columns = [name for name in COLUMNS if name == "state" or count_values(workspace, name)]
    found: dict[str, Kind] = dict.fromkeys([*columns, SPLIT, *labels], "label")
    return found | dict.fromkeys(numbers, "number")


Labels = tuple[Numbers, list[str]]
"""One code per sample by number (-1 for none) and the names that the codes stand for."""


def picture_of(
    workspace: Workspace, key: str, shown: Numbers, colour: tuple[str, Kind], labels: Labels | None = None
) -> Picture:
    """The points of a map as they are to be drawn.

    Args:
        workspace: where to look.
        key: the map.
        shown: numbers of the samples that match, ascending.
        colour: one of `colours`, and what that says about it.
        labels: labels to colour them by instead.

    Raises:
        NotReady: the colour is the split, and nothing is in that could be split.
    """
    numbers, positions = read_positions(workspace, key)
    is_shown = np.zeros(count_samples(workspace), np.bool_)
    is_shown[shown] = True
    inside = is_shown[numbers]
    outside = len(inside) - int(inside.sum())
    frame = frame_of(positions)
    places = in_steps(positions, frame)
    if outside:
        order = np.concatenate([np.flatnonzero(~inside), np.flatnonzero(inside)])
        numbers, places = numbers[order], places[order]
    name, kind = colour
    if kind == "number":
        codes, limits = _shades(read_numbers(workspace, name)[numbers], outside)
        return Picture(numbers, places, outside, codes, limits=limits, frame=frame)
    codes, entries = _entries(labels or _labels(workspace, name), numbers, outside)
    return Picture(numbers, places, outside, codes, entries, frame=frame)


def titles_of(workspace: Workspace, picture: Picture, signal: str = "cluster") -> list[Title]:
    """What the parts of the map that are shown are called, the largest first."""
    codes, names = label_codes(workspace, signal)
    own, places = codes[picture.shown], picture.places[picture.outside :]
    own, places = own[own >= 0], places[own >= 0].astype(np.float64)
    sizes = np.bincount(own, minlength=len(names))
    sums = [np.bincount(own, places[:, axis], minlength=len(names)) for axis in (0, 1)]
    largest = np.argsort(-sizes, kind="stable")
    return [
        Title(names[code], int(sizes[code]), *(round(total[code] / sizes[code]) for total in sums))
        for code in largest.tolist()
        if sizes[code]
    ]


def split_codes(workspace: Workspace, recipe: Recipe) -> tuple[Numbers, list[str]]:
    """As `label_codes`, by the split that an export of what is in would give each sample now.

    Raises:
        NotReady: nothing is in.
    """
    chosen = plan(workspace, ("accepted", "kept"), recipe, practice=True)
    names = [name for name, _ in sorted(chosen.sizes().items(), key=lambda item: -item[1])]
    places = {name: place for place, name in enumerate(names)}
    codes = np.full(count_samples(workspace), -1, np.int32)
    codes[list(chosen.numbers)] = [places[chosen.assignment[sample_id]] for sample_id in chosen.ids]
    return codes, names


def _labels(workspace: Workspace, colour: str) -> Labels:
    if colour == SPLIT:
        return split_codes(workspace, current_recipe(workspace))
    return label_codes(workspace, colour)


def _entries(labels: Labels, numbers: Numbers, outside: int) -> tuple[Codes, tuple[Entry, ...]]:
    """Codes of the labels that are most frequent among what is shown; the most frequent of all keep their colours."""
    codes, names = labels
    own = codes[numbers]
    sizes = np.bincount(own[outside:] + 1, minlength=len(names) + 1)
    none, sizes = int(sizes[0]), sizes[1:]
    largest = [code for code in np.argsort(-sizes, kind="stable")[:MOST_LABELS].tolist() if sizes[code]]
    free = iter([code for code in range(MOST_LABELS) if code not in largest])
    given = {code: code if code < MOST_LABELS else next(free) for code in largest}
    table = np.full(len(names) + 1, OTHER, np.uint8)
    table[-1] = NONE
    table[list(given)] = list(given.values())
    entries = [Entry(given[code], names[code], int(sizes[code])) for code in largest]
    rest = int(sizes.sum()) - sum(entry.samples for entry in entries)
    others = len(np.flatnonzero(sizes)) - len(largest)
    entries += [Entry(OTHER, f"{others:,} others", rest)] if rest else []
    entries += [Entry(NONE, "none", none)] if none else []
    return table[own], tuple(entries)


def _shades(values: NDArray[np.float64], outside: int) -> tuple[Codes, tuple[float, float]]:
    """Shades between the 2nd and the 98th percentile of what is shown, so that a few extremes do not flatten them."""
    there = np.isfinite(values)
    found = values[outside:][there[outside:]]
    low, high = np.percentile(found, [2, 98]).tolist() if len(found) else (0.0, 1.0)
    high = high if high > low else low + 1.0
    codes = np.full(len(values), NONE, np.uint8)
    codes[there] = np.rint((values[there].clip(low, high) - low) * ((SHADES - 1) / (high - low)))
    return codes, (low, high)
