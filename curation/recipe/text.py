"""A recipe as a TOML file: read with the place of every mistake, written to the same bytes every time."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from curation.errors import BadRecipe
from curation.methods import Json
from curation.recipe.record import Recipe, Rule
from curation.recipe.splits import USUAL

_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")
_HEADER = re.compile(r"\s*\[\s*(.+?)\s*\]\s*(?:#.*)?$")
_WORDED = {
    "extra_forbidden": "is not a key that a recipe knows",
    "float_type": "is not a number",
    "int_type": "is not a whole number",
    "string_type": "is not text",
    "tuple_type": "is not a list",
    "model_type": "is not a table",
    "finite_number": "is not a finite number",
    "string_too_short": "is empty",
    "too_short": "is empty",
    "missing": "is missing",
}


def read_recipe(text: str) -> Recipe:
    r"""Read a recipe from TOML.

    Raises:
        BadRecipe: the text is not TOML, or a key or value does not belong in a recipe; names line and key.

    >>> read_recipe('[rules.words]\nleast = 3').rules
    (Rule(signal='words', least=3.0, most=None, words=(), when=None),)
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadRecipe(f"The recipe is not valid TOML: {error}.") from error
    try:
        return Recipe.model_validate({**table, "rules": _rules(text, table.get("rules", {}))})
    except ValidationError as error:
        raise _worded(text, error, ()) from error


def write_recipe(recipe: Recipe) -> str:
    r"""Write a recipe as TOML. Equal recipes give equal bytes, and reading them gives the recipe back.

    >>> print(write_recipe(Recipe(rules=(Rule(signal="words", least=3),), formats=("alpaca",))).split("\n\n")[-1])
    [rules.words]
    least = 3
    <BLANKLINE>
    """
    lines = [f"formats = {_value(recipe.formats)}"]
    lines += _table("duplicates", _duplicates(recipe))
    for name in ("selection", "mixture"):  # written where they say something, so that older recipes stay the same
        said = getattr(recipe, name).model_dump(exclude_defaults=True)
        lines += _table(name, said) if said else []
    lines += _table("splits", _splits(recipe))
    for rule in recipe.rules:
        name = f"rules.{_key(rule.signal)}"
        lines += _table(name, rule.model_dump(exclude={"signal", "when"}, exclude_defaults=True))
        lines += _table(f"{name}.when", rule.when.model_dump()) if rule.when else []
    return "\n".join(lines) + "\n"


def _duplicates(recipe: Recipe) -> dict[str, Json]:
    """What older recipes could say, always, and what came later where it is not the usual: so theirs stay the same."""
    always = recipe.duplicates.model_dump(include={"threshold", "field", "unless"})
    return always | recipe.duplicates.model_dump(exclude=set(always), exclude_defaults=True)


def _splits(recipe: Recipe) -> dict[str, Json]:
    """In the form that older recipes have where it can say all."""
    said = recipe.splits.model_dump(exclude={"shares", "counts"}, exclude_defaults=True)
    said["seed"] = recipe.splits.seed
    tables = recipe.splits.model_dump(include={"shares", "counts"})
    if recipe.splits.is_usual:
        return {name: tables["shares"][name] for name in USUAL} | {"seed": said.pop("seed")} | said
    return said | {name: table for name, table in tables.items() if table}


def _rules(text: str, tables: Json) -> list[Rule]:
    if not isinstance(tables, Mapping):
        raise BadRecipe('Recipe: "rules" is not a table. Write one "[rules.<signal>]" for each signal.')
    return [_rule(text, signal, bounds) for signal, bounds in tables.items()]


def _rule(text: str, signal: str, bounds: Json) -> Rule:
    if not isinstance(bounds, Mapping) or "signal" in bounds:
        raise BadRecipe(f'{_place(text, ("rules", signal))} is not a table of "least", "most" or "words".')
    try:
        return Rule.model_validate({**bounds, "signal": signal})
    except ValidationError as error:
        raise _worded(text, error, ("rules", signal)) from error


def _worded(text: str, error: ValidationError, above: tuple[str, ...]) -> BadRecipe:
    """The first mistake, as one sentence with its place."""
    first = error.errors(include_url=False)[0]
    inside = tuple(part for part in first["loc"] if isinstance(part, str))
    said = first["msg"].removeprefix("Value error, ").replace("Input should", "should")
    return BadRecipe(f"{_place(text, (*above, *inside))} {_WORDED.get(first['type'], said)}.")


def _place(text: str, path: tuple[str, ...]) -> str:
    """`line 4, "rules.words.least"`: the line where it can be told, the key always."""
    name = ".".join(path)
    line = next((number for number, key in _keys(text) if key == path), 0)
    shown = f'"{name}"' if name else "The recipe:"
    return f"Recipe, line {line}: {shown}" if line else f"Recipe: {shown}" if name else shown


def _keys(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every line that opens a table or sets a key, with the whole key."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            table = _parts(header[1])
            yield number, table
        elif "=" in line:
            yield number, (*table, *_parts(line.split("=", 1)[0]))


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


def _table(name: str, values: Mapping[str, Json]) -> list[str]:
    """A table, and after it those that are inside it."""
    inside = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    own = {key: value for key, value in values.items() if value is not None and key not in inside}
    lines = ["", f"[{name}]", *(f"{_key(key)} = {_value(value)}" for key, value in own.items())]
    return lines + [line for key, value in inside.items() for line in _table(f"{name}.{key}", value)]


def _key(name: str) -> str:
    return name if _PLAIN_KEY.fullmatch(name) else _value(name)


def _value(value: Json) -> str:
    """One TOML value. A whole number is written without its point: 3, not 3.0."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):  # JSON strings are TOML strings, but for one character that TOML wants escaped
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return repr(value)
