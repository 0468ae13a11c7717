"""What the Map page shows: layers of points."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from curation.store import Workspace
from curation.store.charts import label_codes
from curation.store.maps import read_positions
from curation.store.signals import list_measured, read_numbers

Numbers = NDArray[np.int32]
Kind = Literal["label", "number"]

MOST_LABELS = 8
"""Labels that get a colour of their own; more cannot be told apart."""


@dataclass(frozen=True)
class Layer:
    """Points that are drawn alike: numbers (n,), positions (n, 2) and, where they are coloured by it, values (n,)."""

    role: Literal["outside", "rest", "label", "number"]
    name: str
    numbers: Numbers
    positions: NDArray[np.float32]
    values: NDArray[np.float32] | None = None

    def limits(self) -> tuple[float, float]:
        """Ends of a colour scale: the 2nd and 98th percentile, so that a few extremes do not flatten it."""
        if self.values is None or not len(self.values):
            return 0.0, 1.0
        low, high = np.percentile(self.values, [2, 98]).tolist()
        return (low, high) if high > low else (low, low + 1.0)


def colours(workspace: Workspace) -> dict[str, Kind]:
    """What points can be coloured by, in the order to show: state, origin, label signals, number signals."""
    measured = list_measured(workspace)
    labels = sorted((name for name in measured if measured[name].labels), key=lambda name: (name != "cluster", name))
    numbers = sorted(name for name in measured if measured[name].numbers)
    found: dict[str, Kind] = dict.fromkeys(["state", "origin", *labels], "label")
    return found | dict.fromkeys(numbers, "number")


def layers(workspace: Workspace, key: str, shown: Numbers, colour: str, kind: Kind) -> list[Layer]:
    """The points of a map in drawing order: those outside what is shown first, then one layer per colour.

    Args:
        workspace: where to look.
        key: the map.
        shown: numbers of the samples that match, ascending.
        colour: one of `colours`.
        kind: what `colours` says about it.
    """
    numbers, positions = read_positions(workspace, key)
    inside = np.isin(numbers, shown, assume_unique=True)
    outside = Layer("outside", "outside the filters", numbers[~inside], positions[~inside])
    numbers, positions = numbers[inside], positions[inside]
    by = _by_number if kind == "number" else _by_label
    return [layer for layer in (outside, *by(workspace, colour, numbers, positions)) if len(layer.numbers)]


def _by_label(workspace: Workspace, colour: str, numbers: Numbers, positions: NDArray[np.float32]) -> Iterator[Layer]:
    codes, names = label_codes(workspace, colour)
    own = codes[numbers]
    for code, name in enumerate(names[:MOST_LABELS]):
        yield Layer("label", name, numbers[own == code], positions[own == code])
    rest = own >= MOST_LABELS
    yield Layer("rest", f"{max(0, len(names) - MOST_LABELS)} others", numbers[rest], positions[rest])
    yield Layer("rest", "none", numbers[own < 0], positions[own < 0])


def _by_number(workspace: Workspace, colour: str, numbers: Numbers, positions: NDArray[np.float32]) -> Iterator[Layer]:
    values = read_numbers(workspace, colour)[numbers].astype(np.float32)
    there = np.isfinite(values)
    yield Layer("rest", "none", numbers[~there], positions[~there])
    yield Layer("number", colour, numbers[there], positions[there], values[there])
