"""JSON Schemas that several methods ask for."""

import json
from collections.abc import Mapping, Sequence

from curation.prompts import Json


def records_schema(name: str, fields: Sequence[str], bounds: Mapping[str, Json] | None = None) -> str:
    """An object whose one field is a list of records with these text fields, and no others, in this order.

    Args:
        name: of the field that holds the list.
        fields: of each record.
        bounds: of the list, for example `{"minItems": 1}`.
    """
    record: dict[str, Json] = {
        "type": "object",
        "properties": {field: {"type": "string"} for field in fields},
        "required": list(fields),
        "additionalProperties": False,
    }
    records: dict[str, Json] = {"type": "array", "items": record}
    whole: dict[str, Json] = {
        "type": "object",
        "properties": {name: records | dict(bounds or {})},
        "required": [name],
        "additionalProperties": False,
    }
    return json.dumps(whole)
