"""How an answer of a fixed shape is asked for, and how the shape is written down.

Servers differ: some force a schema on the model, some only JSON, some nothing. The client finds out which once per
endpoint and goes down: `schema` → `object` → `plain`. What comes back is read by `parsing.py`, whatever was asked.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, cast

from pydantic import BaseModel

from curation.model.parsing import read_json
from curation.prompts import Json
from curation.sample import Message

__all__ = ["FORMS", "Form", "in_words", "read_json", "response_format", "schema_of"]

Form = Literal["schema", "object", "plain"]
FORMS: tuple[Form, ...] = ("schema", "object", "plain")
"""From the strictest to the one that every server knows."""
NOT_SENT = frozenset({"minLength", "maxLength", "uniqueItems", "default", "title"})
"""Keywords that strict servers refuse (https://platform.openai.com/docs/guides/structured-outputs); they are checked
in the answer all the same."""
IN_WORDS = """\
Answer with JSON alone: one JSON object, no other text before or after it. It must fit this JSON Schema:
{schema}"""


def response_format(schema: str, form: Form) -> dict[str, Json] | None:
    """The field `response_format` of a chat completion; None where none is sent.

    >>> response_format('{"type": "object"}', "object")
    {'type': 'json_object'}
    """
    if not schema or form == "plain":
        return None
    if form == "object":
        return {"type": "json_object"}
    sent = _sendable(cast(Json, json.loads(schema)))
    return {"type": "json_schema", "json_schema": {"name": "answer", "schema": sent, "strict": True}}


def in_words(messages: Sequence[Message], schema: str) -> tuple[Message, ...]:
    """The messages with the schema stated at the end of the last one of the user's.

    For `object` and `plain`; servers in object mode also refuse a prompt without the word JSON. Nothing changes without
    a schema.

    >>> in_words([Message("user", "Name a colour.")], '{"type": "object"}')[0].content.splitlines()[0]
    'Name a colour.'
    """
    changed = list(messages)
    if schema:
        last = max(place for place, message in enumerate(changed) if message.role == "user")
        stated = f"{changed[last].content}\n\n{IN_WORDS.format(schema=schema)}"
        changed[last] = replace(changed[last], content=stated)
    return tuple(changed)


def schema_of(model: type[BaseModel]) -> str:
    """The JSON Schema of an answer that a method declares as a pydantic model: strict, and the same text each time.

    Every field is required and no other is allowed, which strict servers insist on; a model in a model is written out
    in its place, except one that holds itself. Keys stand in the order of the fields, because models write in it.

    >>> class Verdict(BaseModel):
    ...     reason: str
    ...     good: bool
    >>> print(schema_of(Verdict)[:60])
    {"properties": {"reason": {"type": "string"}, "good": {"type
    """
    whole = cast(dict[str, Json], model.model_json_schema())
    defined = cast(dict[str, Json], whole.get("$defs", {}))
    return json.dumps(_strict(whole, defined), ensure_ascii=False)


def _sendable(schema: Json) -> Json:
    """The schema without the keywords that strict servers refuse."""
    if not isinstance(schema, dict):
        return schema
    return _within({name: value for name, value in schema.items() if name not in NOT_SENT}, _sendable)


def _strict(schema: Json, defined: dict[str, Json], inside: tuple[str, ...] = ()) -> Json:
    """The schema with references written out, without titles and defaults, and closed to unknown fields."""
    if not isinstance(schema, dict):
        return schema
    name = str(schema.get("$ref", "")).removeprefix("#/$defs/")
    if name in inside:
        raise TypeError(f"{name} holds itself, which an answer cannot")
    if name:
        inside = (*inside, name)
        schema = {**cast(dict[str, Json], defined[name]), **schema}
    kept = {key: value for key, value in schema.items() if key not in {"title", "default", "$ref", "$defs"}}
    fields = kept.get("properties")
    if isinstance(fields, dict):
        kept |= {"required": list(fields), "additionalProperties": False}
    return _within(kept, lambda child: _strict(child, defined, inside))


def _within(schema: dict[str, Json], change: Callable[[Json], Json]) -> dict[str, Json]:
    """The schema with every schema right inside it changed; a field named like a keyword is none."""
    changed = dict(schema)
    for key, value in schema.items():
        if key in {"items", "additionalProperties"}:
            changed[key] = change(value)
        elif key in {"anyOf", "oneOf", "allOf", "prefixItems"} and isinstance(value, list):
            changed[key] = [change(child) for child in value]
        elif key == "properties" and isinstance(value, dict):
            changed[key] = {name: change(child) for name, child in value.items()}
    return changed
