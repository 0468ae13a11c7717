"""Axes along which the prompts of a domain differ, the grid of their values, and how full its cells are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Literal

from curation.sample import Origin

Axis = Literal["intent", "specificity", "tone", "persona", "complexity", "edge_case"]
AMBIGUOUS, OUT_OF_SCOPE, ORDINARY = "ambiguous", "out of scope", "none"
_SAID: Mapping[Axis, str] = {
    "intent": "What the user wants the assistant to do: {value}.",
    "specificity": "How specific the prompt is: {value}.",
    "tone": "Its tone: {value}.",
    "persona": "Who writes it: {value}. It is written as such a person would write, and need not say who they are.",
    "complexity": "How demanding it is to answer: {value}.",
    "edge_case": "It is an edge case of this kind: {value}.",
}
_EDGES: Mapping[str, str] = {
    ORDINARY: "It is an ordinary prompt of the domain, with a clear answer.",
    AMBIGUOUS: "It can be understood in more than one way, so that a good answer asks back or names the readings.",
    OUT_OF_SCOPE: "It looks as if it belonged to the domain, but asks for something outside of it, which a good answer "
    "says.",
}


@dataclass(frozen=True)
class Cell:
    """One combination of values, an axis at most once."""

    values: tuple[tuple[Axis, str], ...]

    @property
    def words(self) -> str:
        """The cell as it stands in the category of a sample.

        >>> Cell((("intent", "compare"), ("edge_case", "none"))).words
        'intent: compare; edge case: none'
        """
        return "; ".join(f"{axis.replace('_', ' ')}: {value}" for axis, value in self.values)

    @property
    def description(self) -> str:
        """The cell as a model is told of it, a line for each axis."""
        return "\n".join(f"- {_said(axis, value)}" for axis, value in self.values)

    def value(self, axis: Axis) -> str:
        """The value on an axis, "" where the cell has none."""
        return dict(self.values).get(axis, "")


def cells_of(values: Mapping[Axis, Sequence[str]]) -> list[Cell]:
    """Every combination of these values; an axis without any is left out.

    >>> [cell.words for cell in cells_of({"intent": ("compare", "explain"), "tone": ()})]
    ['intent: compare', 'intent: explain']
    """
    used = [[(axis, value) for value in dict.fromkeys(named)] for axis, named in values.items() if named]
    return [Cell(values) for values in product(*used)] if used else []


def allotted(cells: Sequence[Cell], samples: int, variants: int, seed: int) -> list[list[Cell]]:
    """For each of so many samples the cells of its variants: all cells equally often, or once more than others.

    The cells of one sample differ as long as there are enough.
    """
    order = list(cells)
    Random(f"{seed} cells").shuffle(order)
    return [[order[(at * variants + n) % len(order)] for n in range(variants)] for at in range(samples)]


def grid(cells: Iterable[Cell], origins: Iterable[Origin]) -> dict[Cell, int]:
    """How many samples each cell has, 0 for an empty one, by the category in their origins.

    >>> near, far = cells_of({"intent": ("compare", "explain")})
    >>> grid([near, far], [Origin("prompt_evolution", "m", "1", near.words)])[far]
    0
    """
    counts = Counter(origin.category for origin in origins)
    return {cell: counts[cell.words] for cell in cells}


def crossed(counts: Mapping[Cell, int], rows: Axis, columns: Axis) -> dict[str, dict[str, int]]:
    """A grid as a table of two of its axes: row → column → how many, summed over the other axes.

    >>> cells = cells_of({"intent": ("compare",), "tone": ("warm", "terse"), "complexity": ("low", "high")})
    >>> crossed(dict.fromkeys(cells, 1), "intent", "tone")
    {'compare': {'warm': 2, 'terse': 2}}
    """
    table: dict[str, dict[str, int]] = {}
    for cell, count in counts.items():
        row = table.setdefault(cell.value(rows), {})
        row[cell.value(columns)] = row.get(cell.value(columns), 0) + count
    return table


def _said(axis: Axis, value: str) -> str:
    known = _EDGES.get(value) if axis == "edge_case" else None
    return known or _SAID[axis].format(value=value)
