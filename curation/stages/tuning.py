"""Tuning the rules before they are in force: what every bound would remove, computed from what is measured."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from curation.errors import CurationError
from curation.recipe import Column, Labels, Outs, Recipe, Rule, applies, outs, passes
from curation.signals import SIGNALS
from curation.store import Workspace
from curation.store.labelled import list_labelled, read_coded
from curation.store.runs import recent_runs
from curation.store.samples import count_samples
from curation.store.signals import list_measured, read_numbers

Kind = Literal["number", "label"]
Edge = Literal["least", "most"]
State = tuple[int, tuple[tuple[str, str, int], ...]]
ALL = np.True_


@dataclass(frozen=True)
class Choice:
    """A measured signal: what it says, its unit and how many samples have been looked at."""

    signal: str
    kind: Kind
    label: str
    unit: str
    samples: int


@dataclass(frozen=True)
class Effect:
    """What the rules would do to all samples, leaving near-duplicates and people's decisions aside.

    Args:
        total: samples in the workspace.
        kept: those that pass every rule.
        failing: by signal, how many its rule would remove if it were the only one.
        alone: by signal, how many come back when its rule is dropped.
        left: (signal, samples left) after each rule in order.
    """

    total: int
    kept: int
    failing: dict[str, int]
    alone: dict[str, int]
    left: list[tuple[str, int]]


def choices(workspace: Workspace) -> dict[str, Choice]:
    """Every measured signal by name: the built-in ones in their order, then the others by name."""
    measured = list_measured(workspace)
    order = [*(name for name in SIGNALS if name in measured), *sorted(measured.keys() - SIGNALS.keys())]
    found = {}
    for name in order:
        kind: Kind = "number" if measured[name].numbers or not measured[name].labels else "label"
        if name in SIGNALS:
            kind = SIGNALS[name].kind
        label = SIGNALS[name].label() if name in SIGNALS else name.replace("_", " ").capitalize()
        unit = SIGNALS[name].unit if name in SIGNALS else ""
        found[name] = Choice(name, kind, label, unit, measured[name].samples)
    return found


def unmeasured(workspace: Workspace, measured: dict[str, Choice]) -> int:
    """How many samples lack at least one built-in signal."""
    total = count_samples(workspace)
    return total - min(measured[name].samples if name in measured else 0 for name in SIGNALS)


def groupings(workspace: Workspace) -> tuple[str, ...]:
    """By what samples can be told apart, and what conditions look at: origin, method, label signals, topics."""
    return _groupings(workspace, _state(workspace))


def column(workspace: Workspace, choice: Choice) -> Column:
    """The values of a signal by sample number, NaN or no label where there is none. Do not write into it.

    It is read once and kept until a run touches the workspace or the number of samples changes.
    """
    return _column(workspace, choice, _state(workspace))


def labels(workspace: Workspace, grouping: str) -> Labels:
    """The labels of every sample; kept as `column` keeps them."""
    return _labels(workspace, grouping, _state(workspace))


def misfits(workspace: Workspace, recipe: Recipe, measured: dict[str, Choice]) -> dict[str, str]:
    """The rules that cannot be applied, by signal, each with the reason."""
    labelled = groupings(workspace) if any(rule.when for rule in recipe.rules) else ()
    reasons = {rule.signal: _misfit(rule, measured, labelled) for rule in recipe.rules}
    return {signal: reason for signal, reason in reasons.items() if reason}


def removal(workspace: Workspace, recipe: Recipe, measured: dict[str, Choice]) -> Outs:
    """Which samples each rule of a recipe would remove; those that cannot be applied are left out."""
    odd = misfits(workspace, recipe, measured)
    rules = [rule for rule in recipe.rules if rule.signal not in odd]
    state = _state(workspace)
    columns = {rule.signal: _column(workspace, measured[rule.signal], state) for rule in rules}
    columns |= {rule.when.signal: _labels(workspace, rule.when.signal, state) for rule in rules if rule.when}
    return outs(rules, columns, state[0])


def among(workspace: Workspace, rule: Rule) -> NDArray[np.bool_] | np.bool_:
    """The samples that a rule is about."""
    return applies(rule, {rule.when.signal: labels(workspace, rule.when.signal)} if rule.when else {})


def effect(found: Outs) -> Effect:
    """The numbers of a removal."""
    left = found.left()
    return Effect(found.total, left[-1][1] if left else found.total, found.failing(), found.alone(), left)


def suggested(numbers: NDArray[np.float64], edge: Edge, share: float) -> float | None:
    """The bound nearest to removing this share of the measured values at one edge without removing more.

    Args:
        numbers: one value per sample, NaN where there is none.
        edge: which bound is wanted.
        share: 0 to 1.
    """
    there = numbers[np.isfinite(numbers)]
    if not len(there):
        return None
    if edge == "least":
        return float(np.quantile(there, share, method="lower"))
    return float(np.quantile(there, 1 - share, method="higher"))


def border(numbers: NDArray[np.float64], edge: Edge, bound: float, limit: int = 10) -> tuple[list[int], list[int]]:
    """Samples (just inside, just outside) of a bound, nearest first, equal values by number.

    >>> border(np.array([1.0, 2.0, 3.0, 4.0]), "least", 3, 1)
    ([2], [1])
    """
    with np.errstate(invalid="ignore"):
        inside = numbers >= bound if edge == "least" else numbers <= bound
    outside = np.isfinite(numbers) & ~inside
    return _nearest(numbers, inside, bound, limit), _nearest(numbers, outside, bound, limit)


def sides(rule: Rule, found: Labels, about: NDArray[np.bool_] | np.bool_ = ALL) -> tuple[list[int], list[int]]:
    """Ten samples (kept, removed) by a rule on labels among those it is about, the first ones by number."""
    keep = passes(rule, found)
    inside, outside = np.flatnonzero(keep & found.present() & about), np.flatnonzero(~keep & about)
    return inside[:10].tolist(), outside[:10].tolist()


def _nearest(numbers: NDArray[np.float64], mask: NDArray[np.bool_], bound: float, limit: int) -> list[int]:
    rows = np.flatnonzero(mask)
    nearest: list[int] = rows[np.argsort(np.abs(numbers[rows] - bound), kind="stable")[:limit]].tolist()
    return nearest


def _misfit(rule: Rule, measured: dict[str, Choice], labelled: Collection[str]) -> str:
    choice = measured.get(rule.signal)
    if choice is None:
        return f'There is a rule on "{rule.signal}", which is not measured here.'
    if rule.when and rule.when.signal not in labelled:
        return (
            f'The rule on "{rule.signal}" is about samples by "{rule.when.signal}", of which there are no labels here.'
        )
    try:
        passes(rule, Labels.of([]) if choice.kind == "label" else np.zeros(0))
    except CurationError as error:
        return str(error)
    return ""


def _state(workspace: Workspace) -> State:
    """What changes when samples are added or measured."""
    return count_samples(workspace), tuple((run.id, run.status, run.done) for run in recent_runs(workspace, 3))


def _column(workspace: Workspace, choice: Choice, state: State) -> Column:
    if choice.kind == "label":
        return _labels(workspace, choice.signal, state)
    return _numbers(workspace, choice.signal, choice.samples, state)


@lru_cache(maxsize=8)
def _groupings(workspace: Workspace, _state: State) -> tuple[str, ...]:
    return tuple(list_labelled(workspace))


@lru_cache(maxsize=48)
def _numbers(workspace: Workspace, signal: str, _measured: int, _state: State) -> NDArray[np.float64]:
    values = read_numbers(workspace, signal)
    values.setflags(write=False)
    return values


@lru_cache(maxsize=24)
def _labels(workspace: Workspace, grouping: str, _state: State) -> Labels:
    return read_coded(workspace, grouping)
