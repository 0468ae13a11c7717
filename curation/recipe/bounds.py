"""Rules applied to columns of measured values. Nothing is measured here, so a slider can be followed live."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.errors import BadRecipe, NotReady
from curation.recipe.labels import Labels
from curation.recipe.record import Recipe, Rule

Column = NDArray[np.float64] | Labels
Keep = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Outs:
    """Which samples each rule would remove if it were the only one, as bits: a million samples are 125 kB a rule.

    Args:
        signals: the signal of each rule, in the order of the rules.
        total: how many samples there are.
        bits: uint8 of shape (rules, samples / 8), as `numpy.packbits` makes them.
    """

    signals: tuple[str, ...]
    total: int
    bits: NDArray[np.uint8]

    def failing(self) -> dict[str, int]:
        """How many samples each rule would remove if it were the only one."""
        return {signal: _ones(row) for signal, row in zip(self.signals, self.bits, strict=True)}

    def alone(self) -> dict[str, int]:
        """How many samples are removed by this rule alone: those that come back when the rule is dropped."""
        once, more = np.zeros_like(self.bits[:1]), np.zeros_like(self.bits[:1])
        for row in self.bits:
            more |= once & row
            once |= row
        return {signal: _ones(row & ~more) for signal, row in zip(self.signals, self.bits, strict=True)}

    def left(self) -> list[tuple[str, int]]:
        """How many samples are left after each rule, applied one after the other, with the rule's signal."""
        gone = np.bitwise_or.accumulate(self.bits, axis=0)
        return [(signal, self.total - _ones(row)) for signal, row in zip(self.signals, gone, strict=True)]

    def overlap(self) -> NDArray[np.int64]:
        """How many samples two rules both remove: shape (rules, rules), on the diagonal what one removes."""
        both = np.zeros((len(self.bits), len(self.bits)), np.int64)
        for i, row in enumerate(self.bits):
            for j, other in enumerate(self.bits[: i + 1]):
                both[i, j] = both[j, i] = _ones(row & other)
        return both

    def removed(self) -> Keep:
        """Which samples at least one rule removes: booleans of shape (samples,)."""
        return self._unpacked(np.bitwise_or.reduce(self.bits, axis=0))

    def removed_by(self, *signals: str) -> Keep:
        """Which samples each of these rules removes: booleans of shape (samples,)."""
        return self._unpacked(np.bitwise_and.reduce(self.bits[[self.signals.index(one) for one in signals]], axis=0))

    def _unpacked(self, row: NDArray[np.uint8]) -> Keep:
        return np.unpackbits(row, count=self.total).view(np.bool_)


def outs(rules: Sequence[Rule], columns: Mapping[str, Column], total: int) -> Outs:
    """Apply every rule to all samples.

    Args:
        rules: bounds, each with its condition if it has one.
        columns: by signal the values of all samples; labels also for what conditions name.
        total: how many samples there are.

    Raises:
        NotReady: a rule needs a column that is not there.
        BadRecipe: bounds on labels, or words for numbers.

    >>> columns = {"a": np.array([0.0, 0.0, 9.0]), "b": np.array([0.0, 9.0, 9.0])}
    >>> found = outs([Rule(signal="b", least=5), Rule(signal="a", least=5)], columns, 3)
    >>> found.failing(), found.alone(), found.left()
    ({'b': 1, 'a': 2}, {'b': 0, 'a': 1}, [('b', 2), ('a', 1)])
    """
    bits = np.zeros((len(rules), -(-total // 8)), np.uint8)
    for place, rule in enumerate(rules):
        bits[place] = np.packbits(fails(rule, columns))
    return Outs(tuple(rule.signal for rule in rules), total, bits)


def fails(rule: Rule, columns: Mapping[str, Column]) -> Keep:
    """Which samples one rule removes: those to which it applies and whose value does not pass.

    Raises:
        NotReady: a column is not there.
        BadRecipe: bounds on labels, or words for numbers.
    """
    out = ~passes(rule, _column(rule.signal, columns))
    return out & applies(rule, columns) if rule.when else out


def applies(rule: Rule, columns: Mapping[str, Column]) -> Keep | np.bool_:
    """The samples that a rule is about: those that meet its condition, all where it has none.

    Raises:
        NotReady: the condition's labels are not there.
        BadRecipe: the condition names a number.
    """
    if rule.when is None:
        return np.True_
    labels = _column(rule.when.signal, columns)
    if not isinstance(labels, Labels):
        raise BadRecipe(f'The rule on "{rule.signal}" has a condition on "{rule.when.signal}", which is a number.')
    return labels.any_of(rule.when.words)


def passes(rule: Rule, values: Column) -> Keep:
    """Which values a rule's bounds keep. NaN and no label (the signal does not apply) pass every rule.

    Args:
        rule: the bound; its condition is left aside.
        values: floats of shape (samples,), or labels.

    Returns:
        Booleans of shape (samples,).

    Raises:
        BadRecipe: a bound on labels, or words for numbers.

    >>> passes(Rule(signal="words", least=3), np.array([1.0, 3.0, np.nan])).tolist()
    [False, True, True]
    """
    if isinstance(values, Labels):
        return _labels_pass(rule, values)
    if rule.words:
        raise BadRecipe(f'"{rule.signal}" is a number: give its rule "least" or "most", not "words".')
    keep = np.ones(len(values), np.bool_)
    if rule.least is not None:
        keep &= ~(values < rule.least)
    if rule.most is not None:
        keep &= ~(values > rule.most)
    return keep


def reason(rule: Rule, value: float | str) -> str:
    """Why a value does not pass, in a few words; "" where it does.

    >>> reason(Rule(signal="words", least=3), 1.0)
    'words 1 (fewest 3)'
    >>> reason(Rule(signal="language", words=("en", "de")), "fr")
    'language fr (kept: en, de)'
    """
    if isinstance(value, str):
        out = bool(value and rule.words and value not in rule.words)
        return f"{rule.signal} {value} (kept: {', '.join(rule.words)})" if out else ""
    if rule.least is not None and value < rule.least:
        return _broken(rule.signal, value, rule.least, "fewest" if value.is_integer() else "lowest")
    if rule.most is not None and value > rule.most:
        return _broken(rule.signal, value, rule.most, "most" if value.is_integer() else "highest")
    return ""


def unknown_signals(recipe: Recipe, signals: Collection[str]) -> list[str]:
    """The signals that a recipe names and nobody measures, in the recipe's order."""
    return [rule.signal for rule in recipe.rules if rule.signal not in signals]


def _labels_pass(rule: Rule, labels: Labels) -> Keep:
    if rule.least is not None or rule.most is not None:
        raise BadRecipe(f'"{rule.signal}" is a label: give its rule "words", not "least" or "most".')
    if not rule.words:
        return np.ones(labels.total, np.bool_)
    return labels.any_of(rule.words) | ~labels.present()


def _column(signal: str, columns: Mapping[str, Column]) -> Column:
    if signal not in columns:
        raise NotReady(f'The recipe has a rule on "{signal}", which is not measured yet. Measure it first.')
    return columns[signal]


def _broken(signal: str, value: float, bound: float, word: str) -> str:
    shown, limit = f"{value:.12g}", f"{bound:.12g}"
    if f"{value:.4g}" != f"{bound:.4g}" and not value.is_integer():
        shown = f"{value:.4g}"  # short, unless that would hide the difference
    return f"{signal} {shown} ({word} {limit})"


def _ones(row: NDArray[np.uint8]) -> int:
    return int(np.bitwise_count(row).sum(dtype=np.int64))
