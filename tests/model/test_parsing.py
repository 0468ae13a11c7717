"""F10: what models write when they are asked for JSON, and what becomes of it."""

import contextlib
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.errors import BadRow
from curation.model.parsing import MOST_CHARACTERS, MOST_LEVELS, read_json

SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {
            "label": {"type": "string", "enum": ["Yes", "No"]},
            "words": {"type": "integer"},
            "share": {"type": "number"},
            "good": {"type": "boolean"},
            "text": {"type": "string"},
        },
        "additionalProperties": False,
    }
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=20,
)
ODD = st.text(st.sampled_from("{}[]\"':,\\ \n\u0000`<>/atrueTrueNone01-.eE+xé\ud800"), max_size=60)


@settings(max_examples=50)
@given(ANYTHING, st.booleans())
def test_what_was_written_is_read(value: object, in_ascii: bool) -> None:
    text = json.dumps(value, ensure_ascii=in_ascii)
    assert json.dumps(read_json(text, "")) == json.dumps(value)


@settings(max_examples=50)
@given(
    st.dictionaries(st.text(), ANYTHING),
    st.sampled_from(["Sure!\n```json\n%s\n```\nMore?", "<think>{</think>%s", "%s."]),
)
def test_an_object_is_found_in_what_stands_around_it(value: dict[str, object], around: str) -> None:
    assert json.dumps(read_json(around % json.dumps(value), "")) == json.dumps(value)


@given(st.text() | ODD | st.lists(ODD).map("{".join), st.sampled_from(["", SCHEMA]))
def test_whatever_the_text_nothing_but_bad_row(text: str, schema: str) -> None:
    try:
        json.dumps(read_json(text, schema), ensure_ascii=False).encode()
    except BadRow as error:
        reason = error.reason
    else:
        reason = ""
    assert len(reason) < 400


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('{"words": 3,}', {"words": 3}),
        ('\ufeff{"words": 3}', {"words": 3}),
        ('{"label": "Yes",\n}', {"label": "Yes"}),
        ("{'label': 'No', 'good': True}", {"label": "No", "good": True}),
        ('{\'text\': \'it\\\'s "so"\'}', {"text": 'it\'s "so"'}),
        ('{"text": "True, None,} stays"}', {"text": "True, None,} stays"}),
        ('Here: {"text": "None", "good": False}', {"text": "None", "good": False}),
        ('{"text": "two\nlines"}', {"text": "two\nlines"}),
        ('I thought {hard}, it\'s: {"words": 1}', {"words": 1}),
        ('It is [1]: {"words": 1} and again {"words": 1}', {"words": 1}),
        ('<think>{"words": 9}</think>{"words": 1}', {"words": 1}),
        ('{"words": "3", "share": "0.25", "good": "TRUE", "text": 12}',
         {"words": 3, "share": 0.25, "good": True, "text": "12"}),
        ('{"words": 3.0, "share": 2, "label": " yes "}', {"words": 3, "share": 2, "label": "Yes"}),
        ('{"words": 1, "words": 1}', {"words": 1}),
    ],
)  # fmt: skip
def test_repairs_by_rule(text: str, data: object) -> None:
    assert json.dumps(read_json(text, SCHEMA)) == json.dumps(data)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no JSON"),
        ("I cannot do that.", "no JSON"),
        ('{"words": 3', "no JSON"),
        ('{"words": 1, "words": 2}', '"words" twice'),
        ('{"share": NaN}', "NaN"),
        ('{"share": -Infinity}', "Infinity"),
        ('{"share": 1e999}', "1e999"),
        ('{"words": %s}' % ("9" * 5000), "too many digits"),
        ('{"words": "three"}', "words is not a whole number"),
        ('{"words": "3.5"}', "words is not a whole number"),
        ('{"words": null}', "words is not a whole number"),
        ('{"words": "12345678901234567890"}', "words is not a whole number"),
        ('{"label": "Perhaps"}', "label"),
        ('{"text": "\\ud83d"}', "half of a character"),
        ('{"score": 10}', "score"),
        ('{"words": 1} or {"words": 2}', "different answers"),
        ("[1, 2]", "the answer is not an object"),
        ('```json\n[{"words": 1}]\n```', "the answer is not an object"),
        ("[" * 100_000, "levels"),
        ('{"a":' * 100 + "1" + "}" * 100, "levels"),
    ],
)
def test_what_cannot_be_repaired_says_why(text: str, reason: str) -> None:
    with pytest.raises(BadRow, match=reason):
        read_json(text, SCHEMA)


@pytest.mark.parametrize("around", ["%s", "Here: %s."])
def test_levels_are_bounded(around: str) -> None:
    assert read_json(around % ("[" * MOST_LEVELS + "1" + "]" * MOST_LEVELS), "")
    with pytest.raises(BadRow, match="levels"):
        read_json(around % ("[" * (MOST_LEVELS + 1) + "1" + "]" * (MOST_LEVELS + 1)), "")


UNITS = [
    '{"',
    "{",
    "[",
    '"\\',
    "{'",
    "{}",
    "[{a",
    "{a}",
    '{"a":1}',
    ", ",
    "{{{a}}}",
    "[" * 60 + "a" + "]" * 60,
    "</think>",
]


@pytest.mark.parametrize("unit", UNITS)
def test_the_worst_text_takes_no_long_time(unit: str) -> None:
    """F12: an answer made to keep the reader busy."""
    start = time.process_time()
    with contextlib.suppress(BadRow):
        read_json("x" + (unit * ((MOST_CHARACTERS - 2) // len(unit))), SCHEMA)
    assert time.process_time() - start < 5


def test_a_very_long_text_is_read_strictly_or_not_at_all() -> None:
    with pytest.raises(BadRow, match="no JSON"):
        read_json("{'" * 2_000_000, SCHEMA)
    assert read_json(json.dumps({"text": "a" * 1_000_000}), SCHEMA)
