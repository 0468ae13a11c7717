"""A value that fits a JSON Schema: what its names suggest, within what its keywords allow."""

import math
from collections.abc import Mapping, Sequence
from typing import cast

from curation.practice.fields import choice_for, claim_for, number_for, share_for, text_for
from curation.practice.question import Question
from curation.practice.texts import Made
from curation.prompts import Json

Schema = Mapping[str, Json]
DEEPEST = 12
"""A schema that holds itself is filled no further than this."""


class Filling:
    """Fills one schema for one question."""

    def __init__(self, question: Question, root: Schema) -> None:
        """Keep what references point into."""
        self.question, self.root = question, root
        self.chance = question.chance

    def value(self, schema: Json, name: str = "", made: Made | None = None, depth: int = 0) -> Json:
        """A value for a schema; `made` are the fields beside it."""
        if not isinstance(schema, dict):
            return text_for(name, self.question, made or {})
        plain = self._resolved(schema, depth)
        if "const" in plain:
            return plain["const"]
        if "enum" in plain:
            return choice_for(name, self.question, _listed(plain, "enum"))
        return self._typed(plain, name, made or {}, depth)

    def _typed(self, schema: Schema, name: str, made: Made, depth: int) -> Json:
        kind = _kind(schema, depth)
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return self._array(schema, name, made, depth)
        if kind in {"integer", "number"}:
            return self._number(schema, name, whole=kind == "integer")
        if kind == "boolean":
            return claim_for(name, self.question)
        return None if kind == "null" else self._text(schema, name, made)

    def _resolved(self, schema: Schema, depth: int) -> Schema:
        """The schema with references followed, all parts of `allOf` joined and one of several alternatives taken."""
        for _ in range(DEEPEST):
            if "$ref" in schema:
                schema = {**self._at(str(schema["$ref"])), **_without(schema, "$ref")}
            elif "allOf" in schema:
                schema = _joined([*_schemas(schema, "allOf"), _without(schema, "allOf")])
            elif alternatives := _schemas(schema, "anyOf") or _schemas(schema, "oneOf"):
                # The last one is mostly `null`, which ends what would go on for ever.
                taken = alternatives[-1] if depth > DEEPEST else self.chance.choice(alternatives)
                schema = _joined([_without(schema, "anyOf", "oneOf"), taken])
            else:
                break
        return schema

    def _at(self, reference: str) -> Schema:
        found: Json = dict(self.root)
        for step in reference.removeprefix("#").split("/")[1:]:
            step = step.replace("~1", "/").replace("~0", "~")
            found = found.get(step) if isinstance(found, dict) else None
        return found if isinstance(found, dict) else {}

    def _object(self, schema: Schema, depth: int) -> Json:
        made: dict[str, Json] = {}
        fields = schema.get("properties")
        for name, field in (fields if isinstance(fields, dict) else {}).items():
            if depth <= DEEPEST or name in _listed(schema, "required"):
                made[name] = self.value(field, name, made, depth + 1)
        for name in map(str, _listed(schema, "required")):
            made.setdefault(name, self.value(True, name, made, depth + 1))
        return made

    def _array(self, schema: Schema, name: str, made: Made, depth: int) -> Json:
        first = _schemas(schema, "prefixItems")
        values = [self.value(dict(item), name, made, depth + 1) for item in first]
        low, high = int(_bound(schema, "minItems", 0)), int(_bound(schema, "maxItems", math.inf, most=60))
        wanted = self.question.wanted if depth <= 1 else 0
        count = max(low, min(high, wanted or self.chance.choice((1, 2, 2, 3, 3, 4))))
        count = low if depth > DEEPEST or schema.get("items") is False else count
        for _ in range(8 * count):
            if len(values) >= count:
                break
            value = self.value(schema.get("items", True), name, made, depth + 1)
            if value not in values or not schema.get("uniqueItems"):
                values.append(value)
            if isinstance(value, dict) and value.get("input") == "" and len(values) >= low:
                # A task that needs no input has one answer.
                break
        return values

    def _number(self, schema: Schema, name: str, *, whole: bool) -> Json:
        named = number_for(name, self.question)
        if named is not None:
            return named
        step = _bound(schema, "multipleOf", 1.0 if whole else 0.0)
        low, high = _limits(schema, step)
        share = share_for(name, self.question)
        at = low + (high - low) * (self.chance.random() if share is None else share)
        if step:
            at = min(max(math.ceil(low / step - 1e-9), round(at / step)), math.floor(high / step + 1e-9)) * step
        return round(at) if whole else round(at, 6) if step or low <= round(at, 6) <= high else at

    def _text(self, schema: Schema, name: str, made: Made) -> str:
        text = text_for(name, self.question, made)
        low, high = int(_bound(schema, "minLength", 0)), int(_bound(schema, "maxLength", math.inf, most=1_000_000))
        while len(text) < low:
            text = f"{text} {text_for('', self.question, made)}".strip()
        return text[:high]


def fitting(question: Question, schema: Schema) -> Json:
    """A value that fits the schema in types, bounds, lengths, enums, references and alternatives, not in patterns."""
    return Filling(question, schema).value(dict(schema))


def _kind(schema: Schema, depth: int) -> str:
    kinds = schema.get("type")
    if isinstance(kinds, list):
        named = [str(kind) for kind in kinds]
        return "null" if "null" in named and depth > DEEPEST else named[0] if named else "string"
    if kinds:
        return str(kinds)
    return "object" if "properties" in schema or "required" in schema else "array" if "items" in schema else "string"


def _limits(schema: Schema, step: float) -> tuple[float, float]:
    """The lowest and highest number allowed; where a side is open, 0 to 10 or as far from the other side."""
    beyond = step or 1e-6
    low = max(_bound(schema, "minimum", -math.inf), _bound(schema, "exclusiveMinimum", -math.inf) + beyond)
    high = min(_bound(schema, "maximum", math.inf), _bound(schema, "exclusiveMaximum", math.inf) - beyond)
    if low == -math.inf:
        low = min(0.0, high - 10 * beyond) if high < math.inf else 0.0
    return low, low + 10 * max(1.0, step) if high == math.inf else high


def _bound(schema: Schema, name: str, otherwise: float, most: float = math.inf) -> float:
    value = schema.get(name)
    return min(most, float(value) if isinstance(value, int | float) and not isinstance(value, bool) else otherwise)


def _listed(schema: Schema, name: str) -> Sequence[Json]:
    value = schema.get(name)
    return value if isinstance(value, list) else []


def _schemas(schema: Schema, name: str) -> list[Schema]:
    return [cast(Schema, one) if isinstance(one, dict) else {} for one in _listed(schema, name)]


def _without(schema: Schema, *names: str) -> dict[str, Json]:
    return {name: value for name, value in schema.items() if name not in names}


def _joined(parts: Sequence[Schema]) -> dict[str, Json]:
    whole: dict[str, Json] = {}
    for part in parts:
        fields, more = whole.get("properties"), part.get("properties")
        required = [*_listed(whole, "required"), *_listed(part, "required")]
        both = {**fields, **more} if isinstance(fields, dict) and isinstance(more, dict) else more or fields
        whole |= part
        whole |= {"properties": both} if both else {}
        whole |= {"required": cast(Json, required)} if required else {}
    return whole
