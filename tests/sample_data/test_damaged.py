"""The damaged files do have the defect that EXPECTED.json states: checked on the bytes, with the standard library."""

import json
import pickletools
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "sample_data" / "damaged"
EXPECTED = json.loads((FOLDER / "EXPECTED.json").read_text(encoding="utf-8"))
BY_LINE = ["bad_line.jsonl", "unquoted_keys.jsonl", "wrong_types.jsonl", "too_deep.jsonl"]
FIELDS = ["instruction", "input", "output"]
DEEPEST = 64
"""Lists and objects inside one another that an import takes at most (T12)."""


def content(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def is_good(line):
    """Whether a line is an Alpaca row of text that is not nested too deep."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        return False
    return all(isinstance(row[field], str) for field in FIELDS) and depth(row) <= DEEPEST


def test_every_file_is_expected_and_no_other():
    assert {path.name for path in FOLDER.iterdir()} - {"EXPECTED.json"} == set(EXPECTED)
    assert len(EXPECTED) == 10
    assert len({entry["defect"] for entry in EXPECTED.values()}) == 10


@pytest.mark.parametrize("name", EXPECTED)
def test_an_entry_says_what_becomes_of_its_file(name):
    entry = EXPECTED[name]
    assert set(entry) == {"defect", "good_rows", "refused", "whole_file_refused"}
    assert entry["whole_file_refused"] is (name not in BY_LINE)
    assert (entry["good_rows"] > 0) is (name in BY_LINE)
    assert bool(entry["refused"]) is (name in BY_LINE)


@pytest.mark.parametrize("name", BY_LINE)
def test_exactly_the_stated_lines_are_bad(name):
    lines = content(name).splitlines()
    bad = [{"line": number} for number, line in enumerate(lines, 1) if not is_good(line)]
    assert bad == EXPECTED[name]["refused"]
    assert len(lines) - len(bad) == EXPECTED[name]["good_rows"]


def test_not_utf8_is_latin_1():
    data = (FOLDER / "not_utf8.jsonl").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode()
    rows = [json.loads(line) for line in data.decode("latin-1").splitlines()]
    assert "châtaigne rôtie" in rows[1]["output"]


def test_bad_line_lacks_one_quotation_mark():
    line = content("bad_line.jsonl").splitlines()[2]
    assert line.count('"') % 2 == 1
    assert is_good(line.replace('"output": ', '"output": "'))


def test_trailing_comma_is_the_only_defect():
    text = content("trailing_comma.json")
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    assert len(json.loads(re.sub(r",\s*\]", "]", text))) == 3


def test_merge_conflict_can_be_resolved_to_either_side():
    text = content("merge_conflict.json")
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    sides = [re.sub(r"<<<<<<< .*\n([^=]*)=======\n([^>]*)>>>>>>> .*\n", side, text) for side in (r"\1", r"\2")]
    ours, theirs = map(json.loads, sides)
    assert len(ours) == len(theirs) == 3
    assert ours != theirs


def test_git_lfs_pointer_has_the_three_lines_of_one():
    version, oid, size = content("git_lfs_pointer.json").splitlines()
    assert version == "version https://git-lfs.github.com/spec/v1"
    assert re.fullmatch(r"oid sha256:[0-9a-f]{64}", oid)
    assert re.fullmatch(r"size [1-9]\d*", size)


def test_unquoted_keys_become_good_rows_once_quoted():
    lines = content("unquoted_keys.jsonl").splitlines()
    unquoted = re.compile(r"(?<=[{ ])(instruction|input|output):(?= )")
    assert all(is_good(re.sub(unquoted, r'"\1":', line)) for line in lines)


def test_wrong_types_are_valid_json_and_of_several_kinds():
    rows = [json.loads(line) for line in content("wrong_types.jsonl").splitlines()]
    kinds = {type(row[field]) for row in rows for field in FIELDS}
    assert kinds == {str, int, bool, list, type(None)}


def test_truncated_is_the_start_of_an_array():
    text = content("truncated.json")
    assert text.startswith("[")
    with pytest.raises(json.JSONDecodeError, match="Unterminated string") as caught:
        json.loads(text)
    before = text[: text.rindex("{")].rstrip(" \n,")
    assert len(json.loads(before + "]")) == 3
    assert caught.value.pos > len(before)


def test_pickle_is_one_by_content_and_can_run_nothing():
    data = (FOLDER / "pickle_named.jsonl").read_bytes()
    assert data.startswith(b"\x80\x04")
    names = {opcode.name for opcode, _, _ in pickletools.genops(data)}
    assert "STOP" in names
    runs_code = {
        "GLOBAL",
        "STACK_GLOBAL",
        "REDUCE",
        "BUILD",
        "INST",
        "OBJ",
        "NEWOBJ",
        "NEWOBJ_EX",
        "EXT1",
        "EXT2",
        "EXT4",
    }
    assert names.isdisjoint(runs_code)


def test_too_deep_is_nested_past_the_cap():
    depths = [depth(json.loads(line)) for line in content("too_deep.jsonl").splitlines()]
    assert depths == [1, 1, 201, 1, 1]
    assert max(depths) > DEEPEST


def test_all_files_are_small():
    assert all(path.stat().st_size < 4096 for path in FOLDER.iterdir())
