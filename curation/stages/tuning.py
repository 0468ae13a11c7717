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
from curation.stages.borders import Suggestion, suggestions
from curation.stages.histogram import Spread, quantiles, spread
from curation.store import Workspace
from curation.store.labelled import list_labelled, read_coded, stamp
from curation.store.signals import list_measured, read_numbers

Kind = Literal["number", "label"]
State = tuple[int, int, int, int]


@dataclass(frozen=True)
class Choice:
    """A measured signal: whether it is a number or a label, its unit and how many samples have been looked at."""

    signal: str
    kind: Kind
    unit: str
    samples: int


@dataclass(frozen=True)
class Picture:
    """How a number signal is spread: bars, quantiles, and bounds to choose by what they remove."""

    spread: Spread
    quantiles: list[tuple[float, float]]
    suggestions: list[Suggestion]


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
        unit = SIGNALS[name].unit if name in SIGNALS else ""
        found[name] = Choice(name, kind, unit, measured[name].samples)
    return found


def groupings(workspace: Workspace) -> tuple[str, ...]:
    """By what samples can be told apart, and what conditions look at: origin, method, label signals, topics."""
    return _groupings(workspace, stamp(workspace))


def column(workspace: Workspace, choice: Choice) -> Column:
    """The values of a signal by sample number, NaN or no label where there is none. Do not write into it.

    It is read once and kept until a run touches the workspace or the number of samples changes.
    """
    return _column(workspace, choice, stamp(workspace))


def picture(workspace: Workspace, choice: Choice) -> Picture:
    """How a number signal is spread; kept as `column` keeps it, so that a bound can move without a new look at it."""
    return _picture(workspace, choice.signal, choice.samples, stamp(workspace))


def labels(workspace: Workspace, grouping: str) -> Labels:
    """The labels of every sample; kept as `column` keeps them."""
    return _labels(workspace, grouping, stamp(workspace))


def misfits(workspace: Workspace, recipe: Recipe, measured: dict[str, Choice]) -> dict[str, str]:
    """The rules that cannot be applied, by signal, each with the reason."""
    labelled = groupings(workspace) if any(rule.when for rule in recipe.rules) else ()
    reasons = {rule.signal: _misfit(rule, measured, labelled) for rule in recipe.rules}
    return {signal: reason for signal, reason in reasons.items() if reason}


def removal(workspace: Workspace, recipe: Recipe, measured: dict[str, Choice]) -> Outs:
    """Which samples each rule of a recipe would remove; those that cannot be applied are left out."""
    odd = misfits(workspace, recipe, measured)
    rules = [rule for rule in recipe.rules if rule.signal not in odd]
    state = stamp(workspace)
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


@lru_cache(maxsize=48)
def _picture(workspace: Workspace, signal: str, measured: int, state: State) -> Picture:
    numbers = _numbers(workspace, signal, measured, state)
    return Picture(spread(numbers), quantiles(numbers), suggestions(numbers))


@lru_cache(maxsize=24)
def _labels(workspace: Workspace, grouping: str, _state: State) -> Labels:
    return read_coded(workspace, grouping)
