"""How an answer must look."""

import json
from collections.abc import Mapping

from curation.prompts import Json


def object_schema(properties: Mapping[str, Json]) -> str:
    """The JSON Schema of an object with exactly these fields, in this order."""
    whole: dict[str, Json] = {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
    return json.dumps(whole)


def texts_schema(*names: str) -> str:
    """The JSON Schema of an object with these texts."""
    return object_schema({name: {"type": "string"} for name in names})
