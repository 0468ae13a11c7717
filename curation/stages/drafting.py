"""Changing the recipe that is being tuned: bounds, labels, conditions, presets and files."""

from collections.abc import Sequence

from pydantic import ValidationError

from curation.errors import BadRecipe
from curation.recipe import Recipe, Rule, When, read_recipe

LARGEST = 1_000_000
"""Bytes of a recipe file; a real one has a few hundred."""


def with_bounds(recipe: Recipe, signal: str, least: float | None, most: float | None) -> Recipe:
    """The recipe with these bounds on a number; without the rule where both are open.

    Raises:
        BadRecipe: the lower bound is above the upper one.
    """
    if least is None and most is None:
        return recipe.without_rule(signal)
    try:
        return recipe.with_rule(Rule(signal=signal, least=least, most=most, when=_when(recipe, signal)))
    except ValidationError as error:
        raise BadRecipe(f"At least {least:g} and at most {most:g} keeps nothing: swap the bounds.") from error


def with_labels(recipe: Recipe, signal: str, labels: Sequence[str]) -> Recipe:
    """The recipe with these labels as the ones to keep; without the rule where none is named."""
    if not labels:
        return recipe.without_rule(signal)
    return recipe.with_rule(Rule(signal=signal, words=tuple(labels), when=_when(recipe, signal)))


def with_condition(recipe: Recipe, signal: str, about: str, labels: Sequence[str]) -> Recipe:
    """The recipe with the rule on a signal only for samples with one of these labels; for all where none is named.

    >>> recipe = with_condition(with_bounds(Recipe(), "words", 3, None), "words", "task_type", ["open"])
    >>> recipe.rules[0].when
    When(signal='task_type', words=('open',))
    >>> with_condition(recipe, "words", "task_type", []).rules[0].when
    """
    rule = recipe.rule(signal)
    if rule is None:
        return recipe
    when = When(signal=about, words=tuple(labels)) if labels else None
    return recipe.with_rule(rule.model_copy(update={"when": when}))


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


def undone(texts: Sequence[str], empty: str) -> int | None:
    """Which recipe was in force before the one that is, so that undoing again goes further back.

    To put the one before in force again is how a recipe is undone, so it takes the undone one from the history.

    Args:
        texts: the recipes that were in force, the latest first.
        empty: the recipe that was in force before all of them.

    Returns:
        Its place in `texts`, -1 for the empty one, None where that is in force already.

    >>> undone(["b", "c", "b", "a"], ""), undone(["a", "b", "a"], ""), undone(["", "a"], "")
    (3, -1, None)
    """
    history = [-1]
    said = dict(enumerate(texts)) | {-1: empty}
    for place in reversed(range(len(texts))):
        if len(history) > 1 and said[history[-2]] == said[place]:
            history.pop()
        else:
            history.append(place)
    return history[-2] if len(history) > 1 else None


def _when(recipe: Recipe, signal: str) -> When | None:
    """The condition stays when a bound moves."""
    rule = recipe.rule(signal)
    return rule.when if rule else None
