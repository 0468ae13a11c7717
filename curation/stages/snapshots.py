"""Two states of the data side by side: which samples are in one and not in the other, and what shifts between them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import wilson
from curation.facets import Facets
from curation.recipe import PRESETS, Labels, Recipe
from curation.stages.impact import earlier_recipes
from curation.stages.tuning import choices, labels, removal
from curation.store import Workspace
from curation.store.browse import count_by, numbers_of
from curation.store.decisions import read_verdicts
from curation.store.overview import BINS
from curation.store.recipes import exported_numbers, read_exports
from curation.store.runs import recent_runs
from curation.store.signals import read_numbers

Numbers = NDArray[np.int32]
Kind = Literal["now", "everything", "export", "recipe", "run", "origin"]
IN = Facets(states=("accepted", "kept"))
RUNS = 100
"""So many of the latest runs are looked through."""
SIGNALS = ("verb", "task_type", "cluster", "language", "topic", "category", "origin")
"""By what shares are compared, besides lengths."""
LENGTHS = {"words": "words in the answer", "instruction_words": "words in the instruction"}


@dataclass(frozen=True)
class Snapshot:
    """One state of the data, as it is offered.

    Args:
        kind: what it is a state of.
        name: the id of the export or run, the name of the recipe or origin.
        words: what it is called in front of a reader.
    """

    kind: Kind
    name: str
    words: str


@dataclass(frozen=True)
class Shift:
    """The share of one label on two sides, and the difference second less first with its 95 % interval."""

    label: str
    first: int
    second: int
    share_first: float
    share_second: float
    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, eq=False)
class Sides:
    """Numbers of the samples of two snapshots, ascending."""

    first: Numbers
    second: Numbers

    @cached_property
    def both(self) -> Numbers:
        """Those in both."""
        return np.intersect1d(self.first, self.second, assume_unique=True)

    @cached_property
    def only_first(self) -> Numbers:
        """Those that went out from the first to the second."""
        return np.setdiff1d(self.first, self.second, assume_unique=True)

    @cached_property
    def only_second(self) -> Numbers:
        """Those that came in."""
        return np.setdiff1d(self.second, self.first, assume_unique=True)

    @property
    def stamp(self) -> str:
        """A name for exactly these samples."""
        return sha256(self.first.tobytes() + b"|" + self.second.tobytes()).hexdigest()[:16]


def snapshots(workspace: Workspace) -> list[Snapshot]:
    """What can be compared: now, everything, exports, recipes, runs that brought samples, origins."""
    return [
        Snapshot("now", "", "Now: accepted and kept"),
        Snapshot("everything", "", "Everything collected"),
        *(
            Snapshot("export", one.id, f"Export of {one.made:%Y-%m-%d %H:%M} UTC, {one.samples:,} samples")
            for one in read_exports(workspace)
        ),
        *(Snapshot("recipe", name, f"Recipe {name}") for name in _recipes(workspace)),
        *_runs(workspace),
        *(
            Snapshot("origin", name, f"Origin {name}, {count:,} samples")
            for name, count in count_by(workspace, "origins", Facets())
        ),
    ]


def samples_of(workspace: Workspace, snapshot: Snapshot) -> Numbers:
    """Numbers of the samples of a snapshot, ascending.

    Of an export those that went out (none where it was made before Sift noted that). Of a recipe those that its rules
    and people's decisions leave in: near-duplicates are left aside, as only the recipe in force has them worked out.
    """
    if snapshot.kind == "export":
        return np.asarray(exported_numbers(workspace, snapshot.name), np.int32)
    if snapshot.kind == "recipe":
        return _kept_by(workspace, _recipes(workspace).get(snapshot.name, Recipe()))
    narrowed = {
        "now": IN,
        "run": Facets(runs=(snapshot.name,)),
        "origin": Facets(origins=(snapshot.name,)),
    }.get(snapshot.kind, Facets())
    return numbers_of(workspace, narrowed)


def shifts(workspace: Workspace, signal: str, sides: Sides) -> list[Shift]:
    """How the shares of a signal's labels differ, the largest difference first; none where nothing is measured.

    The interval is the hybrid score interval of Newcombe (1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873), for two
    shares as if each side were a draw of its own.
    """
    found = _binned(workspace, signal) if signal in LENGTHS else labels(workspace, signal)
    one, other = (found.counts_in(_mask(found.total, numbers)) for numbers in (sides.first, sides.second))
    n, m = (int(_mask(found.total, numbers)[np.unique(found.samples)].sum()) for numbers in (sides.first, sides.second))
    if not n or not m:
        return []
    rows = [shift(name, (one[name], n), (other[name], m)) for name in found.names if one[name] or other[name]]
    if signal in LENGTHS:
        return rows
    return sorted(rows, key=lambda row: (-abs(row.difference), row.label))


def shift(label: str, first: tuple[int, int], second: tuple[int, int]) -> Shift:
    """The shift of one label, from (samples with it, all) of each side.

    >>> found = shift("write", (56, 70), (48, 80))
    >>> round(-found.high, 4), round(-found.low, 4)  # Newcombe's example (a): 0.8 less 0.6
    (0.0524, 0.3339)
    """
    (a, n), (b, m) = first, second
    p, q = a / n, b / m
    (l1, u1), (l2, u2) = wilson(a, n), wilson(b, m)
    difference = q - p
    low = difference - math.hypot(q - l2, u1 - p)
    high = difference + math.hypot(u2 - q, p - l1)
    return Shift(label, a, b, p, q, difference, low, high)


def _recipes(workspace: Workspace) -> dict[str, Recipe]:
    return {f"preset {name}": recipe for name, recipe in PRESETS.items()} | earlier_recipes(workspace)


def _runs(workspace: Workspace) -> Iterator[Snapshot]:
    for run in recent_runs(workspace, RUNS):
        if run.kind in ("import", "generate") and run.done:
            yield Snapshot("run", run.id, f"Run {run.kind} {run.method}, {run.started:%Y-%m-%d %H:%M:%S} UTC")


def _kept_by(workspace: Workspace, recipe: Recipe) -> Numbers:
    out = removal(workspace, recipe, choices(workspace)).removed()
    verdicts = read_verdicts(workspace)
    return np.flatnonzero((~out | (verdicts > 0)) & ~(verdicts < 0)).astype(np.int32)


def _binned(workspace: Workspace, signal: str) -> Labels:
    """Lengths as labels, from short to long."""
    values = read_numbers(workspace, signal)
    places = np.searchsorted([low for low, _ in BINS], values, side="right") - 1
    there = np.flatnonzero(np.isfinite(values)).astype(np.int32)
    names = tuple(f"{low:,} or more" if high is None else f"{low:,}–{high:,}" if high > low else f"{low:,}"
                  for low, high in BINS)  # fmt: skip
    return Labels(len(values), there, places[there].astype(np.int32), names)


def _mask(total: int, numbers: Sequence[int] | Numbers) -> NDArray[np.bool_]:
    found = np.zeros(total, np.bool_)
    found[np.asarray(numbers, np.int32)] = True
    return found
