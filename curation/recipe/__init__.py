"""The recipe: which samples are in, decided by bounds on what was measured. One TOML file says it all."""

from curation.recipe.bounds import Column, alone, failing, funnel, passes, reason, unknown_signals
from curation.recipe.presets import PRESETS
from curation.recipe.record import Duplicates, Recipe, Rule, Splits
from curation.recipe.text import read_recipe, write_recipe

__all__ = [
    "PRESETS",
    "Column",
    "Duplicates",
    "Recipe",
    "Rule",
    "Splits",
    "alone",
    "failing",
    "funnel",
    "passes",
    "read_recipe",
    "reason",
    "unknown_signals",
    "write_recipe",
]
