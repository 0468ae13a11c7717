"""Whatever small schema is asked for, the value fits it."""

import json

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.practice.question import Question
from curation.practice.schemas import fitting

NAMES = st.sampled_from(
    [
        "instruction",
        "input",
        "output",
        "label",
        "score",
        "classification",
        "reason",
        "tags",
        "x",
        "items",
        "title",
        "answers",
    ]
)


def bounded(low, high):
    return st.tuples(st.integers(low, high), st.integers(0, 6)).map(lambda pair: (pair[0], pair[0] + pair[1]))


NUMBERS = st.builds(
    lambda kind, bounds, step: {"type": kind, "minimum": bounds[0], "maximum": bounds[1], **step},
    st.sampled_from(["integer", "number"]),
    bounded(-20, 20),
    st.sampled_from([{}, {"multipleOf": 1}]),
)
TEXTS = st.builds(lambda bounds: {"type": "string", "minLength": bounds[0], "maxLength": bounds[1]}, bounded(0, 300))
SIMPLE = st.one_of(
    NUMBERS,
    TEXTS,
    st.sampled_from(
        [
            {"type": "string"},
            {"type": "integer"},
            {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
            {"type": "integer", "exclusiveMinimum": 3},
            {"type": "number", "maximum": -5},
            {"type": "number", "minimum": 0, "maximum": 1, "multipleOf": 0.25},
            {"type": "boolean"},
            {"type": "null"},
            {"type": ["string", "null"]},
            {"enum": ["a", 1, None]},
            {"const": 5},
            {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            {"oneOf": [{"type": "string"}, {"type": "boolean"}]},
            {"allOf": [{"type": "integer", "minimum": 2}, {"maximum": 4}]},
            {"$ref": "#/$defs/mark"},
            {},
        ]
    ),
)


def larger(inner):
    fields = st.dictionaries(NAMES, inner, max_size=4)
    return st.one_of(
        st.builds(
            lambda properties, closed: {
                "type": "object",
                "properties": properties,
                "required": list(properties),
                **({"additionalProperties": False} if closed else {}),
            },
            fields,
            st.booleans(),
        ),
        st.builds(
            lambda items, bounds: {"type": "array", "items": items, "minItems": bounds[0], "maxItems": bounds[1]},
            inner,
            bounded(0, 3),
        ),
    )


SCHEMAS = st.recursive(SIMPLE, larger, max_leaves=6)
DEFS = {"$defs": {"mark": {"type": "integer", "minimum": 1, "maximum": 5}}}


@settings(max_examples=150, deadline=None)
@given(SCHEMAS, st.integers(0, 99))
def test_the_value_fits(schema, luck):
    schema = {**schema, **DEFS}
    value = fitting(Question((("user", "Rate the answer."),), schema, True, str(luck)), schema)
    jsonschema.validate(json.loads(json.dumps(value)), schema)


def filled(schema, text="Rate the answer."):
    return fitting(Question((("user", text),), schema, True), schema)


def test_a_schema_that_holds_itself_ends():
    node = {"type": "object", "properties": {"next": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]}}}
    schema = {"$ref": "#/$defs/node", "$defs": {"node": {**node, "required": ["next"]}}}
    jsonschema.validate(filled(schema), schema)


def test_as_many_as_the_question_asks_for():
    schema = {"type": "object", "properties": {"tasks": {"type": "array", "items": {"type": "string"}}}}
    made = filled(schema, "Write 12 new tasks.")["tasks"]
    assert len(made) == 12
    assert len(set(made)) > 8


def test_no_two_alike_where_they_must_differ():
    schema = {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True, "minItems": 2}
    assert sorted(filled(schema)) == ["a", "b"]


@pytest.mark.parametrize("first", [{"type": "string"}, {"type": "integer"}])
def test_a_tuple(first):
    schema = {"type": "array", "prefixItems": [first, {"type": "boolean"}], "items": False}
    jsonschema.validate(filled(schema), schema)


def test_marks_are_more_often_high_than_low():
    schema = {"type": "object", "properties": {"score": {"type": "integer", "minimum": 1, "maximum": 5}}}
    scores = [fitting(Question((("user", f"Rate {place}."),), schema), schema)["score"] for place in range(200)]
    assert set(scores) >= {2, 3, 4, 5}
    assert sum(scores) / len(scores) > 3
