"""Rules applied to columns of measured values. Nothing is measured here, so a slider can be followed live."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from curation.errors import BadRecipe, NotReady
from curation.recipe.record import Recipe, Rule

Column = NDArray[np.float64] | NDArray[np.str_] | NDArray[np.object_]
Keep = NDArray[np.bool_]


def passes(rule: Rule, values: Column) -> Keep:
    """Which values a rule keeps. NaN and "" (the signal does not apply) pass every rule.

    Args:
        rule: the bound.
        values: shape (samples,); floats, or text for a label.

    Returns:
        Booleans of shape (samples,).

    Raises:
        BadRecipe: a bound on labels, or words for numbers.

    >>> passes(Rule(signal="words", least=3), np.array([1.0, 3.0, np.nan])).tolist()
    [False, True, True]
    """
    if values.dtype.kind in "OU":
        return _labels_pass(rule, values)
    if rule.words:
        raise BadRecipe(f'"{rule.signal}" is a number: give its rule "least" or "most", not "words".')
    numbers = values.astype(np.float64, copy=False)
    keep = np.ones(len(numbers), np.bool_)
    if rule.least is not None:
        keep &= ~(numbers < rule.least)
    if rule.most is not None:
        keep &= ~(numbers > rule.most)
    return keep


def failing(rules: Sequence[Rule], columns: Mapping[str, Column]) -> dict[str, int]:
    """How many samples each rule would remove if it were the only one."""
    return {rule.signal: int((~passes(rule, _column(rule, columns))).sum()) for rule in rules}


def alone(rules: Sequence[Rule], columns: Mapping[str, Column]) -> dict[str, int]:
    """How many samples are removed by this rule alone: those that come back when the rule is dropped.

    >>> columns = {"a": np.array([0.0, 0.0, 9.0]), "b": np.array([0.0, 9.0, 9.0])}
    >>> alone([Rule(signal="a", least=5), Rule(signal="b", least=5)], columns)
    {'a': 1, 'b': 0}
    """
    fails = [~passes(rule, _column(rule, columns)) for rule in rules]
    if not fails:
        return {}
    once = np.sum(fails, axis=0, dtype=np.int64) == 1
    return {rule.signal: int((fail & once).sum()) for rule, fail in zip(rules, fails, strict=True)}


def funnel(rules: Sequence[Rule], columns: Mapping[str, Column]) -> list[tuple[str, int]]:
    """How many samples are left after each rule, applied one after the other, with the rule's signal.

    >>> columns = {"a": np.array([0.0, 0.0, 9.0]), "b": np.array([0.0, 9.0, 9.0])}
    >>> funnel([Rule(signal="b", least=5), Rule(signal="a", least=5)], columns)
    [('b', 2), ('a', 1)]
    """
    left: Keep | None = None
    steps = []
    for rule in rules:
        keep = passes(rule, _column(rule, columns))
        left = keep if left is None else left & keep
        steps.append((rule.signal, int(left.sum())))
    return steps


def reason(rule: Rule, value: float | str) -> str:
    """Why a value does not pass, in a few words; "" where it does.

    >>> reason(Rule(signal="words", least=3), 1.0)
    'words 1 (fewest 3)'
    >>> reason(Rule(signal="language", words=("en", "de")), "fr")
    'language fr (kept: en, de)'
    """
    if isinstance(value, str):
        out = bool(passes(rule, np.array([value], object))[0])
        return "" if out else f"{rule.signal} {value} (kept: {', '.join(rule.words)})"
    if rule.least is not None and value < rule.least:
        return _broken(rule.signal, value, rule.least, "fewest" if value.is_integer() else "lowest")
    if rule.most is not None and value > rule.most:
        return _broken(rule.signal, value, rule.most, "most" if value.is_integer() else "highest")
    return ""


def unknown_signals(recipe: Recipe, signals: Collection[str]) -> list[str]:
    """The signals that a recipe names and nobody measures, in the recipe's order."""
    return [rule.signal for rule in recipe.rules if rule.signal not in signals]


def _labels_pass(rule: Rule, values: Column) -> Keep:
    if rule.least is not None or rule.most is not None:
        raise BadRecipe(f'"{rule.signal}" is a label: give its rule "words", not "least" or "most".')
    if not rule.words:
        return np.ones(len(values), np.bool_)
    kept = {*rule.words, "", None}
    return np.fromiter((value in kept for value in values.tolist()), np.bool_, len(values))


def _column(rule: Rule, columns: Mapping[str, Column]) -> Column:
    if rule.signal not in columns:
        raise NotReady(f'The recipe has a rule on "{rule.signal}", which is not measured yet. Measure it first.')
    return columns[rule.signal]


def _broken(signal: str, value: float, bound: float, word: str) -> str:
    shown, limit = f"{value:.12g}", f"{bound:.12g}"
    if f"{value:.4g}" != f"{bound:.4g}" and not value.is_integer():
        shown = f"{value:.4g}"  # short, unless that would hide the difference
    return f"{signal} {shown} ({word} {limit})"
