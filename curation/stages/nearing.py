"""Which bounds of the recipe in force a sample only just keeps: that is where a person's word counts most."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.recipe import Rule
from curation.stages.curating import current_recipe
from curation.stages.known import known_values
from curation.store import Workspace
from curation.store.labelled import stamp
from curation.store.signals import read_numbers

CLOSE = 0.03
"""Near: at most this share of all samples lies between the value and the bound."""


@dataclass(frozen=True)
class Near:
    """A value within a bound and close to it.

    Args:
        signal: what is bounded.
        value: of the sample.
        bound: the lowest or highest value that is kept.
        is_least: whether the bound is the lowest one.
        between: the share of all measured samples with values from the bound up to this one, 0 to 1.
    """

    signal: str
    value: float
    bound: float
    is_least: bool
    between: float


def near_bounds(workspace: Workspace, number: int, close: float = CLOSE) -> list[Near]:
    """The bounds that a sample keeps by no more than this share of all samples, closest first.

    What breaks a bound is not here: `store.browse.reasons_of` has it.
    """
    rules = _rules(workspace, workspace.changes)
    if not rules:
        return []
    values = dict(known_values(workspace, number))
    found = [near for rule in rules for near in _near(workspace, rule, values.get(rule.signal))]
    return sorted((near for near in found if near.between <= close), key=lambda near: near.between)


def _near(workspace: Workspace, rule: Rule, value: float | str | None) -> list[Near]:
    if not isinstance(value, float):
        return []
    known = _sorted(workspace, rule.signal, stamp(workspace))
    found = []
    for bound, is_least in ((rule.least, True), (rule.most, False)):
        if bound is not None and (value >= bound if is_least else value <= bound):
            low, high = sorted((bound, value))
            ranks = np.searchsorted(known, low, "left"), np.searchsorted(known, high, "right")
            found.append(Near(rule.signal, value, bound, is_least, float(ranks[1] - ranks[0]) / max(1, len(known))))
    return found


@lru_cache(maxsize=2)
def _rules(workspace: Workspace, _changes: int) -> list[Rule]:
    return [rule for rule in current_recipe(workspace).rules if not rule.words]


@lru_cache(maxsize=32)
def _sorted(workspace: Workspace, signal: str, _stamp: tuple[int, ...]) -> NDArray[np.float64]:
    values = read_numbers(workspace, signal)
    return np.sort(values[np.isfinite(values)])
