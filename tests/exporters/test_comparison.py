"""Where two files first differ, told in words."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from curation.exporters.comparison import differing_values, first_difference


def texts(tmp_path: Path, then: bytes, now: bytes) -> str:
    (tmp_path / "then").write_bytes(then)
    (tmp_path / "now").write_bytes(now)
    return first_difference(tmp_path / "then", tmp_path / "now")


def test_line_and_letter(tmp_path: Path) -> None:
    assert texts(tmp_path, b"a\nbcd\n", b"a\nbxd\n") == "first at line 2, letter 2: bcd then, bxd now"
    assert texts(tmp_path, b"a\n", b"a\nb\n") == "first at line 2, letter 1: nothing then, b now"
    assert texts(tmp_path, b"a\r\n", b"a\n") == "first at line 1, letter 2: a\\u000d then, a now"


def test_what_steers_a_terminal_is_shown_as_a_number(tmp_path: Path) -> None:
    """T21."""
    said = texts(tmp_path, "a\x1b[2J\u202eb".encode(), b"a")
    assert said == "first at line 1, letter 2: a\\u001b[2J\\u202eb then, a now"


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    assert texts(tmp_path, b"a\xff", b"a\xfe") == "the same lines in other bytes"


def test_of_a_long_line_only_what_is_around_the_place(tmp_path: Path) -> None:
    said = texts(tmp_path, b"x" * 500 + b"1" + b"y" * 500, b"x" * 500 + b"2" + b"y" * 500)
    assert said.startswith("first at line 1, letter 501: …xxxxxxxxxxxxxxxxxxxx1yyy")
    assert len(said) < 180


def test_rows_of_parquet(tmp_path: Path) -> None:
    then, now = tmp_path / "then.parquet", tmp_path / "now.parquet"
    pq.write_table(pa.table({"a": ["x", "y"]}), then)
    pq.write_table(pa.table({"a": ["x", "z"]}), now)
    assert first_difference(then, now) == 'first at row 2, letter 8: {"a": "y"} then, {"a": "z"} now'
    pq.write_table(pa.table({"a": ["x", "y"]}), now, compression="zstd")
    assert first_difference(then, now) == "the same rows in other bytes"


def test_what_is_no_parquet_is_told(tmp_path: Path) -> None:
    (tmp_path / "then.parquet").write_bytes(b"nothing of the kind")
    assert first_difference(tmp_path / "then.parquet", tmp_path / "now.parquet") == "cannot be read as Parquet"


def test_tables_in_lists_are_told_one_by_one() -> None:
    then, now = {"gate": [{"check": "a", "count": 1}]}, {"gate": [{"check": "a", "count": 2}], "files": 3}
    assert differing_values(then, now) == [("gate[1].count", "1 then, 2 now")]
