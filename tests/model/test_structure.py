"""Asking for a shape: what is sent in each form, what is said in words, and the schema of a declared answer."""

import json
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from curation.errors import BadRow
from curation.model.structure import FORMS, in_words, read_json, response_format, schema_of
from curation.sample import Message


class Part(BaseModel):
    title: str = Field("", min_length=1, description="What it is called")
    label: Literal["Yes", "No"]
    words: int = Field(ge=0)


class Whole(BaseModel):
    """Several parts."""

    parts: list[Part] = Field(min_length=1, max_length=3)
    first: Part
    note: str | None


def test_a_schema_is_closed_complete_and_written_out() -> None:
    text = schema_of(Whole)
    schema = json.loads(text)
    part = schema["properties"]["parts"]["items"]
    assert "$ref" not in text
    assert "$defs" not in text
    assert schema["required"] == ["parts", "first", "note"]
    assert schema["additionalProperties"] is False
    assert part["required"] == ["title", "label", "words"]
    assert part == schema["properties"]["first"]
    assert "title" in part["properties"]
    assert "default" not in text
    assert schema_of(Whole) == text


def test_an_answer_that_holds_itself_cannot_be_declared() -> None:
    class Tree(BaseModel):
        children: "list[Tree]"

    Tree.model_rebuild(_types_namespace={"Tree": Tree})
    with pytest.raises(TypeError, match="Tree"):
        schema_of(Tree)


def test_what_is_sent_in_each_form() -> None:
    schema = schema_of(Whole)
    assert FORMS == ("schema", "object", "plain")
    assert response_format(schema, "plain") is None
    assert response_format(schema, "object") == {"type": "json_object"}
    assert [response_format("", form) for form in FORMS] == [None, None, None]
    sent = json.loads(json.dumps(response_format(schema, "schema")))
    assert sent["type"] == "json_schema"
    assert sent["json_schema"]["strict"] is True
    part = sent["json_schema"]["schema"]["properties"]["first"]
    assert part["properties"]["title"] == {"description": "What it is called", "type": "string"}
    assert '"minLength": 1' in schema


def test_the_schema_is_said_at_the_end_of_the_last_message_of_the_user() -> None:
    messages = (
        Message("system", "Be brief."),
        Message("user", "One?"),
        Message("assistant", "1"),
        Message("user", "?"),
    )
    said = in_words(messages, '{"type": "object"}')
    assert said[:3] == messages[:3]
    assert said[3].content.startswith("?\n\n")
    assert "JSON" in said[3].content
    assert said[3].content.endswith('{"type": "object"}')
    assert in_words(messages, "") == messages


@settings(max_examples=40)
@given(
    st.builds(
        Whole,
        parts=st.lists(st.builds(Part, title=st.text(min_size=1), words=st.integers(0)), min_size=1, max_size=3),
        first=st.builds(Part, title=st.text(min_size=1), words=st.integers(0)),
    )
)
def test_what_a_model_writes_as_declared_is_read_as_it_was(whole: Whole) -> None:
    data = read_json(whole.model_dump_json(), schema_of(Whole))
    assert Whole.model_validate(data) == whole


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"words": -1}, "words"),
        ({"words": 2.5}, "not a whole number"),
        ({"words": True}, "not a whole number"),
        ({"title": ""}, "title"),
        ({"title": None}, "not text"),
        ({"label": "Maybe"}, "label"),
        ({"extra": 1}, "extra"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_field(change: dict[str, object], reason: str) -> None:
    """T17: an unknown field is refused too."""
    right = {"title": "a", "label": "Yes", "words": 2}
    text = json.dumps({"parts": [right], "first": right | change, "note": None})
    with pytest.raises(BadRow, match=reason):
        read_json(text, schema_of(Whole))


@pytest.mark.parametrize(
    "schema",
    [
        '{"type": ["string", "null"]}',
        '{"anyOf": [{"type": "string"}, {"type": "null"}]}',
        '{"enum": ["3", null]}',
        "{}",
    ],
)
def test_a_value_of_several_types_stays_as_it_is(schema: str) -> None:
    whole = f'{{"properties": {{"a": {schema}}}}}'
    assert read_json('{"a": "3"}', whole) == {"a": "3"}
    assert read_json('{"a": null}', whole) == {"a": None}
