"""Fits a value to a JSON Schema: changes wrong types where nothing is lost, then checks the whole."""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from curation.errors import BadRow
from curation.prompts import Json

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?", re.ASCII)
"""Short enough that no digit is lost."""
KINDS = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


def fitted(value: Json, schema: str) -> Json:
    """The value with its types changed to those of the schema where that loses nothing.

    Args:
        value: any JSON, with no more levels than can be walked.
        schema: JSON Schema as text, one of ours; "" for any JSON.

    Raises:
        BadRow: it does not fit; the reason names the field.

    >>> fitted({"words": "3"}, '{"properties": {"words": {"type": "integer"}}}')
    {'words': 3}
    """
    if not schema:
        return value
    check = _checker(schema)
    changed = _changed(value, cast(Json, check.schema))
    error = next(iter(check.iter_errors(changed)), None)
    if error is not None:
        raise BadRow(_worded(error.validator, error.validator_value, error.absolute_path, error.message))
    return changed


@lru_cache(maxsize=64)
def _checker(schema: str) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(schema))


def _changed(value: Json, schema: Json) -> Json:
    if not isinstance(schema, dict):
        return value
    if isinstance(value, dict):
        fields = schema.get("properties")
        known = fields if isinstance(fields, dict) else {}
        return {name: _changed(child, known.get(name)) for name, child in value.items()}
    if isinstance(value, list):
        return [_changed(child, schema.get("items")) for child in value]
    return _named(_typed(value, schema.get("type")), schema.get("enum"))


def _typed(value: Json, kind: Json) -> Json:
    """One value as the kind that is asked for, where it says the same."""
    if isinstance(value, str):
        return _from_text(value.strip(), kind, value)
    if kind == "integer" and isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if kind == "string" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


def _from_text(text: str, kind: Json, value: str) -> Json:
    if kind == "boolean" and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if kind in ("integer", "number") and NUMBER.fullmatch(text):
        return _typed(cast(float, json.loads(text)), kind)
    return value


def _named(value: Json, allowed: Json) -> Json:
    """One of the allowed words, where it differs in case and outer white space alone."""
    if not isinstance(value, str) or not isinstance(allowed, list) or value in allowed:
        return value
    same = [word for word in allowed if isinstance(word, str) and word.casefold() == value.strip().casefold()]
    return same[0] if len(same) == 1 else value


def _worded(keyword: str, wanted: Json, path: Sequence[str | int], message: str) -> str:
    """The reason for a reader: where and what, short and without the whole answer."""
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".") or "the answer"
    if keyword == "type":
        kinds = wanted if isinstance(wanted, list) else [wanted]
        return f"{place[:100]} is not {' or '.join(KINDS.get(str(kind), str(kind)) for kind in kinds)}"
    said = message if len(message) <= 200 else f"…{message[-200:]}"
    return f"{place[:100]}: {said}"
