"""Reading the fields of a row: the right type, or the reason why not."""

from collections.abc import Mapping, Sequence

from curation.errors import BadRow
from curation.importers.rows import kind_of
from curation.methods import Json, Row


def text(row: Row, field: str) -> str:
    """The text of a field, empty where the field is missing or null.

    >>> text({"output": "Red"}, "output"), text({}, "input")
    ('Red', '')
    """
    value = row.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRow(f'"{field}" is {kind_of(value)}, not text')
    return value


def required(row: Row, field: str) -> str:
    """The text of a field that has to be there, empty or not."""
    if row.get(field) is None:
        raise BadRow(f'"{field}" is missing')
    return text(row, field)


def question(row: Row, field: str) -> str:
    """The text that asks: it may not be empty."""
    found = text(row, field)
    if not found.strip():
        raise BadRow("the instruction is empty")
    return found


def items(row: Row, field: str) -> Sequence[Json]:
    """The list in a field, empty where the field is missing or null."""
    value = row.get(field)
    if value is None:
        return []
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise BadRow(f'"{field}" is {kind_of(value)}, not a list')
    return value


def inner(value: Json, field: str) -> Row:
    """An object inside a field."""
    if not isinstance(value, Mapping):
        raise BadRow(f'"{field}" holds {kind_of(value)}, not an object')
    return value


def truth(row: Row, field: str) -> bool:
    """True or false; tables give it as a word."""
    value = row.get(field)
    words: dict[Json, bool] = {"true": True, "false": False}
    found = words.get(value.lower()) if isinstance(value, str) else value
    if not isinstance(found, bool):
        raise BadRow(f'"{field}" is {kind_of(value)}, not true or false')
    return found


def has_list(row: Row, field: str) -> bool:
    """Whether a field holds a list."""
    return isinstance(row.get(field), list)


def category_of(row: Row) -> str:
    """The task type that a row gives itself, empty where it gives none; classification goes before a subject.

    >>> category_of({"category": "open_qa"}), category_of({"category": "maths", "is_classification": True})
    ('open_qa', 'classification')
    """
    is_classification, category = row.get("is_classification"), row.get("category")
    if is_classification is True:
        return "classification"
    if isinstance(category, str):
        return category
    return "generation" if is_classification is False else ""
