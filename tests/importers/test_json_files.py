"""JSON lines and JSON arrays: what is read, what is refused and with which words."""

import gzip
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.errors import BadFile
from curation.importers import open_rows
from curation.importers.caps import MAX_CELL, MAX_COLUMNS, MAX_DEPTH, MAX_LINE_BYTES
from curation.sample import Refusal

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
ROWS = st.lists(st.dictionaries(TEXTS, TEXTS | st.integers() | st.booleans() | st.none()), min_size=1, max_size=5)
SETTINGS = settings(max_examples=40, deadline=None)


def written(tmp_path, data: bytes | str, name="rows.bin"):
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def items(tmp_path, data):
    return list(open_rows(written(tmp_path, data)).items)


@SETTINGS
@given(ROWS)
def test_json_lines_come_back_as_they_were_written(tmp_path_factory, rows):
    """T21: every text that is not half a surrogate pair, NUL and bidirectional marks too."""
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    got = items(tmp_path_factory.mktemp("x"), lines)
    assert got == [(f"line {number}", row) for number, row in enumerate(rows, 1)]


@SETTINGS
@given(ROWS, st.sampled_from([None, 1]), st.booleans())
def test_a_json_array_comes_back_as_it_was_written(tmp_path_factory, rows, indent, is_packed):
    data = json.dumps(rows, indent=indent).encode()
    got = items(tmp_path_factory.mktemp("x"), gzip.compress(data) if is_packed else data)
    assert got == [(f"row {number}", row) for number, row in enumerate(rows, 1)]


@SETTINGS
@given(st.binary(max_size=200) | st.text(st.sampled_from('[]{}",:\\ \nab1'), max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused_and_never_a_crash(tmp_path_factory, data):
    with suppress(BadFile):
        items(tmp_path_factory.mktemp("x"), data)


def test_the_container_is_told_by_content_not_by_name(tmp_path):
    assert open_rows(written(tmp_path, '{"a": "b"}\n', "rows.parquet")).kind == "JSON lines"
    assert open_rows(written(tmp_path, ' [{"a": "b"}]', "rows.csv")).kind == "JSON array"


def test_columns_are_those_of_the_first_rows_in_order(tmp_path):
    assert open_rows(written(tmp_path, '{"b": 1}\n{"a": 1, "b": 2}\n')).columns == ("b", "a")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"a": "b" "c"}', "not valid JSON at column 11: expecting ',' delimiter"),
        ('{"a": 1,}', "not valid JSON at column 9: a comma before the closing bracket; delete the comma"),
        ("{a: 1}", 'not valid JSON at column 2: a field name has to stand in double quotes: "name"'),
        ('{"a": NaN}', "NaN is not JSON; write null or a text"),
        ('{"a": -Infinity}', "-Infinity is not JSON; write null or a text"),
        ("[1]", "the row is a list, not an object with named fields"),
        ("3", "the row is a number, not an object with named fields"),
        ('{"a": "x\\ud800"}', 'lone surrogate \\ud800 at position 1 in "a"'),
        ('{"\\udfff": 1}', 'lone surrogate \\udfff at position 0 in "a field name"'),
        ('{"a": ' + "[" * 100_000 + "}", f"nested deeper than {MAX_DEPTH} levels (cap on depth)"),
        (
            '{"a": ' + "[" * 64 + "]" * 64 + "}",
            '"a" is nested deeper than 64 levels (cap on depth)',
        ),
        (
            json.dumps({"a": "x" * (MAX_CELL + 1)}),
            '"a" has 1,048,577 characters, 1,048,576 are allowed (cap on one text)',
        ),
        (
            json.dumps(dict.fromkeys(map(str, range(MAX_COLUMNS + 1)))),
            "10,001 fields in one object, 10,000 are allowed (cap on columns)",
        ),
        ('{"a": "' + "x" * MAX_LINE_BYTES + '"}', "longer than 8,388,608 bytes (cap on one line)"),
        ('{"a": ' + "1" * 5000 + "}", None),
    ],
)
def test_a_bad_line_is_refused_with_its_place_and_the_others_go_on(tmp_path, line, reason):
    """T12, T21: the caps on depth, text, line and columns are named; nothing else is lost."""
    got = items(tmp_path, f'{{"n": 1}}\n\n{line}\n{{"n": 2}}\n')
    assert [got[0], got[2]] == [("line 1", {"n": 1}), ("line 4", {"n": 2})]
    assert isinstance(got[1], Refusal)
    assert got[1].place == "line 3"
    assert reason is None or got[1].reason == reason


def test_nesting_up_to_the_cap_is_read(tmp_path):
    deep = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert not isinstance(items(tmp_path, f'{{"a": {deep}}}')[0], Refusal)


def test_a_pair_of_surrogates_is_one_character(tmp_path):
    assert items(tmp_path, '{"a": "\\ud83d\\ude00"}') == [("line 1", {"a": "😀"})]


def test_a_byte_order_mark_is_left_out(tmp_path):
    assert items(tmp_path, b'\xef\xbb\xbf{"a": 1}\n') == [("line 1", {"a": 1})]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"a": 1},\n]', "line 2, column 1: not valid JSON: a comma before the closing bracket; delete the comma"),
        ('[{"a": 1}\n{"a": 2}]', "line 2, column 1: not valid JSON: expecting a comma or the closing bracket ]"),
        ('[\n{"a": 1,\n}]', "line 3, column 1: not valid JSON: a comma before the closing bracket"),
        ('[{"a": NaN}]', "line 1, column 2: not valid JSON: in the row that starts here: NaN is not JSON"),
        ('[{"a": 1}] x', "line 1, column 12: not valid JSON: something follows the closing bracket"),
        ('[{"a": 1}', "line 1, column 10: not valid JSON: expecting a comma or the closing bracket ]"),
        ("[" * 100_000, "nested deeper than 64 levels (cap on depth)"),
        ('[\n<<<<<<< HEAD\n{"a": 1}\n]', "line 2: a merge-conflict marker of Git"),
        ('{"a": 1}\n<<<<<<< HEAD\n', "line 2: a merge-conflict marker of Git"),
        ('<<<<<<< HEAD\n{"a": 1}\n', "line 1: a merge-conflict marker of Git"),
        ('{\n"a": 1\n}', "one JSON object over several lines"),
    ],
)
def test_a_broken_file_is_refused_with_line_and_reason(tmp_path, text, message):
    with pytest.raises(BadFile) as caught:
        items(tmp_path, text)
    assert message in str(caught.value)


def test_text_that_is_not_utf8_is_refused_with_line_and_byte(tmp_path):
    with pytest.raises(BadFile, match=r"line 2: byte 7 is 0xe9, which is not UTF-8"):
        items(tmp_path, b'{"a": 1}\n{"a":"\xe9"}\n')


def test_an_empty_array_has_no_rows(tmp_path):
    assert items(tmp_path, "[ ]") == []


def test_an_array_over_the_cap_on_files_read_whole_is_refused(tmp_path, monkeypatch):
    """T12."""
    monkeypatch.setattr("curation.importers.containers.text.MAX_WHOLE_BYTES", 10)
    with pytest.raises(BadFile, match=r"more than 10 bytes .cap on files read whole.. Write one object per line"):
        items(tmp_path, '[{"a": "0123456789"}]')


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_over_the_cap_on_bytes_is_refused(tmp_path, monkeypatch, pack):
    """T12."""
    monkeypatch.setattr("curation.importers.containers.text.MAX_BYTES", 1000)
    with pytest.raises(BadFile, match=r"too large .cap on bytes: 1,000"):
        items(tmp_path, pack(b'{"a": 1}\n' * 1000))
