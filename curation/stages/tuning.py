"""Tuning the rules before they are in force: what every bound would remove, computed from what is measured."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from curation.errors import BadRecipe, CurationError
from curation.recipe import Column, Recipe, Rule, alone, failing, funnel, passes, read_recipe
from curation.signals import SIGNALS
from curation.store import Workspace
from curation.store.runs import recent_runs
from curation.store.samples import count_samples
from curation.store.signals import list_measured, read_labels, read_numbers

Kind = Literal["number", "label"]
Edge = Literal["least", "most"]
LARGEST = 1_000_000
"""Bytes of a recipe file; a real one has a few hundred."""


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


def column(workspace: Workspace, choice: Choice) -> Column:
    """The values of a signal by sample number, NaN or "" where there is none. Do not write into it.

    It is read once and kept until a run touches the workspace or the number of samples changes.
    """
    state = tuple((run.id, run.status, run.done) for run in recent_runs(workspace, 3))
    return _column(workspace, choice, count_samples(workspace), state)


def misfits(recipe: Recipe, measured: dict[str, Choice]) -> dict[str, str]:
    """The rules that cannot be applied, by signal, each with the reason."""
    found = {}
    for rule in recipe.rules:
        choice = measured.get(rule.signal)
        if choice is None:
            found[rule.signal] = f'There is a rule on "{rule.signal}", which is not measured here.'
            continue
        try:
            passes(rule, np.zeros(0, object if choice.kind == "label" else float))
        except CurationError as error:
            found[rule.signal] = str(error)
    return found


def effect(workspace: Workspace, recipe: Recipe, measured: dict[str, Choice]) -> Effect:
    """What the rules of a recipe would remove; those that cannot be applied are left out."""
    odd = misfits(recipe, measured)
    rules = [rule for rule in recipe.rules if rule.signal not in odd]
    columns = {rule.signal: column(workspace, measured[rule.signal]) for rule in rules}
    left = funnel(rules, columns)
    total = count_samples(workspace)
    return Effect(total, left[-1][1] if left else total, failing(rules, columns), alone(rules, columns), left)


def with_bounds(recipe: Recipe, signal: str, least: float | None, most: float | None) -> Recipe:
    """The recipe with these bounds on a number; without the rule where both are open.

    Raises:
        BadRecipe: the lower bound is above the upper one.
    """
    if least is None and most is None:
        return recipe.without_rule(signal)
    try:
        return recipe.with_rule(Rule(signal=signal, least=least, most=most))
    except ValidationError as error:
        raise BadRecipe(f"At least {least:g} and at most {most:g} keeps nothing: swap the bounds.") from error


def with_labels(recipe: Recipe, signal: str, labels: Sequence[str]) -> Recipe:
    """The recipe with these labels as the ones to keep; without the rule where none is named."""
    if not labels:
        return recipe.without_rule(signal)
    return recipe.with_rule(Rule(signal=signal, words=tuple(labels)))


def rebased(draft: Recipe, before: Recipe, now: Recipe) -> Recipe:
    """A draft made from one recipe after another one was put in force elsewhere: the draft's rules, the rest as now.

    >>> rebased(Recipe(), Recipe(), Recipe(rules=(Rule(signal="words", least=3),))).rules[0].signal
    'words'
    """
    return now if draft.rules == before.rules else now.model_copy(update={"rules": draft.rules})


def started_from(draft: Recipe, preset: Recipe) -> Recipe:
    """A preset's rules and threshold, with the splits and formats of the draft."""
    return draft.model_copy(update={"rules": preset.rules, "duplicates": preset.duplicates})


def decoded(content: bytes) -> Recipe:
    """A recipe from the bytes of a file.

    Raises:
        BadRecipe: the file is too large, not UTF-8, not TOML, or not a recipe.
    """
    if len(content) > LARGEST:
        raise BadRecipe(f"The file has {len(content):,} bytes; a recipe is a short TOML file.")
    try:
        return read_recipe(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise BadRecipe("The file is not text in UTF-8; a recipe is a TOML file.") from error


def label_counts(labels: Column, limit: int = 200) -> list[tuple[str, int]]:
    """(label, samples), the most frequent first; samples without a label are not counted."""
    counts = Counter(labels.tolist())
    counts.pop("", None)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]


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


def sides(rule: Rule, labels: Column, limit: int = 10) -> tuple[list[int], list[int]]:
    """Samples (kept, removed) by a rule on labels, the first ones by number."""
    keep = passes(rule, labels)
    labelled = labels != ""
    return np.flatnonzero(keep & labelled)[:limit].tolist(), np.flatnonzero(~keep)[:limit].tolist()


def _nearest(numbers: NDArray[np.float64], mask: NDArray[np.bool_], bound: float, limit: int) -> list[int]:
    rows = np.flatnonzero(mask)
    nearest: list[int] = rows[np.argsort(np.abs(numbers[rows] - bound), kind="stable")[:limit]].tolist()
    return nearest


@lru_cache(maxsize=48)
def _column(workspace: Workspace, choice: Choice, _samples: int, _state: tuple[tuple[str, str, int], ...]) -> Column:
    """Cached by workspace, signal, how much is measured, number of samples and the last runs."""
    if choice.kind == "label":
        return np.array(read_labels(workspace, choice.signal), dtype=object)
    values = read_numbers(workspace, choice.signal)
    values.setflags(write=False)
    return values
