"""The recipe: which samples are in, decided by bounds on what was measured. One TOML file says it all."""

from curation.recipe.bounds import Column, Outs, applies, fails, outs, passes, reason, unknown_signals
from curation.recipe.labels import Labels
from curation.recipe.mixture import ORDERS, Mixture, mixture_of
from curation.recipe.presets import PRESETS
from curation.recipe.record import PREFERENCES, Duplicates, Preference, Recipe, Rule, When
from curation.recipe.selection import Selection
from curation.recipe.shape import Shape
from curation.recipe.splits import Splits, splits_of
from curation.recipe.text import read_recipe, write_recipe
from curation.recipe.wording import in_words

__all__ = [
    "ORDERS",
    "PREFERENCES",
    "PRESETS",
    "Column",
    "Duplicates",
    "Labels",
    "Mixture",
    "Outs",
    "Preference",
    "Recipe",
    "Rule",
    "Selection",
    "Shape",
    "Splits",
    "When",
    "applies",
    "fails",
    "in_words",
    "mixture_of",
    "outs",
    "passes",
    "read_recipe",
    "reason",
    "splits_of",
    "unknown_signals",
    "write_recipe",
]
