"""docs/recipe.md names every key of a recipe with its default, and no other; its example is a recipe."""

import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from curation.recipe import PRESETS, Recipe, Splits, read_recipe, write_recipe
from curation.recipe.text import _value as in_toml

DOC = (Path(__file__).parents[1] / "docs" / "recipe.md").read_text(encoding="utf-8")
SECTIONS = {found[1]: found[2] for found in re.finditer(r"^## (.+?)\n(.*?)(?=^## |\Z)", DOC, re.MULTILINE | re.DOTALL)}
TOP = "Top of the file"


def parts(kind):
    """The records inside a type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [part for argument in get_args(kind) for part in parts(argument)]


def records(kind, name=""):
    """(title of the section, record) of a record and of all inside it."""
    yield f"`[{name}]`" if name else TOP, kind
    for key, field in kind.model_fields.items():
        for part in parts(field.annotation):
            many = ".<signal>" if key == "rules" else ""
            yield from records(part, f"{name}.{key}{many}".removeprefix("."))


def default(field):
    if field.is_required():
        return "required"
    if isinstance(field.default, BaseModel) or field.default == Splits().shares:
        return "see below"
    return "none" if field.default is None else f"`{in_toml(field.default)}`"


RECORDS = dict(records(Recipe))


@pytest.mark.parametrize("title", RECORDS)
def test_every_key_is_there_with_its_default_and_no_other(title):
    assert title in SECTIONS, f'docs/recipe.md has no section "## {title}"'
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \| .+ \|$", SECTIONS[title], re.MULTILINE))
    assert rows == {key: default(field) for key, field in RECORDS[title].model_fields.items()}


def test_no_section_is_left_of_what_is_gone():
    assert SECTIONS.keys() == RECORDS.keys()


def test_the_example_is_a_recipe():
    recipe = read_recipe(re.search(r"^```toml\n(.*?)^```", DOC, re.MULTILINE | re.DOTALL)[1])
    assert [rule.signal for rule in recipe.rules] == ["words", "language", "output_ratio"]
    assert read_recipe(write_recipe(recipe)) == recipe


def test_every_preset_is_named():
    assert all(f"`{name}`" in DOC for name in PRESETS)


@pytest.mark.parametrize("kind", ["field", "by"])
def test_every_choice_is_named(kind):
    options = get_args(RECORDS["`[duplicates]`"].model_fields[kind].annotation)
    assert all(f'`"{option}"`' in SECTIONS["`[duplicates]`"] for option in options)
