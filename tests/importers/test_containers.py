"""Tables, Parquet, Excel, gzip and data set folders: read row by row, damaged ones refused in words."""

import csv
import gzip
import io
from datetime import date

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet as pq

from curation.errors import BadFile
from curation.importers import open_rows, opening
from curation.importers.caps import MAX_CELL, MAX_COLUMNS, MAX_LINE_BYTES
from curation.importers.containers import hugging_face
from curation.sample import Refusal

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=20)
TABLE = [{"instruction": "Name a colour.", "output": "Red"}, {"instruction": "Say, slowly", "output": 'a "b"\nc'}]


def items(path, data=None):
    if data is not None:
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(open_rows(str(path)).items)


def as_csv(rows, delimiter=","):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize(("delimiter", "kind"), [(",", "CSV"), (";", "CSV"), ("\t", "TSV")])
def test_a_table_is_read_whatever_its_delimiter(tmp_path, delimiter, kind):
    path = tmp_path / "rows.json"
    assert items(path, "\n" + as_csv(TABLE, delimiter)) == [("line 3", TABLE[0]), ("line 4", TABLE[1])]
    assert open_rows(str(path)).kind == kind


@settings(max_examples=40, deadline=None)
@given(st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS}), min_size=1, max_size=4), st.booleans())
def test_tables_come_back_as_they_were_written(tmp_path_factory, rows, is_packed):
    """T21: control characters, NUL and bidirectional marks too."""
    data = as_csv(rows).encode()
    got = items(tmp_path_factory.mktemp("x") / "t", gzip.compress(data) if is_packed else data)
    assert [row for _, row in got] == rows


def test_a_row_of_another_width_is_refused_and_the_others_go_on(tmp_path):
    got = items(tmp_path / "t.csv", 'a,b\n"two\nlines",2\n3\n4,5,6\n7,8\n')
    assert got == [
        ("line 2", {"a": "two\nlines", "b": "2"}),
        Refusal("line 4", "the row has 1 cells, the header has 2"),
        Refusal("line 5", "the row has 3 cells, the header has 2"),
        ("line 6", {"a": "7", "b": "8"}),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('a,b\n"open,2\n3,4\n', "t.csv, line 3: unexpected end of data. Check that every quoted cell"),
        ('a,b\n"x"y,2\n', "t.csv, line 2: ',' expected after '\"'"),
        ("a,b,a\n1,2,3\n", 'the column "a" is there twice'),
        ("a,b\n", "t.csv has a header line and no rows below it."),
        ("a,b\n1,2\n<<<<<<< HEAD\n3,4\n", "line 3: a merge-conflict marker of Git"),
        (f"a,b\n1,{'x' * MAX_LINE_BYTES}\n", "line 2: longer than 8,388,608 bytes (cap on one line)"),
        (f"a,b\n1,{'x' * (MAX_CELL + 1)}\n", "line 2: a cell of more than 1,048,576 characters (cap on one text)"),
        (",".join(map(str, range(MAX_COLUMNS + 1))) + "\n", "10,001 columns, 10,000 are allowed (cap on columns)"),
        ("just some words\nand more\n", "holds no rows that can be told apart"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line(tmp_path, text, message):
    with pytest.raises(BadFile) as caught:
        items(tmp_path / "t.csv", text)
    assert message in str(caught.value)


def test_a_header_of_one_known_word_is_a_table(tmp_path):
    assert items(tmp_path / "t", "instruction\nName a colour.\n") == [("line 2", {"instruction": "Name a colour."})]


def test_parquet_gives_rows_as_json_values(tmp_path):
    table = pa.table(
        {
            "instruction": ["Name a colour.", "Say \x00‮"],
            "when": [date(2024, 5, 1), None],
            "score": [float("nan"), 1.5],
            "turns": [[{"role": "user"}], []],
            "raw": [b"\xff", b""],
        }
    )
    pq.write_table(table, tmp_path / "x.csv")
    assert items(tmp_path / "x.csv") == [
        ("row 1", {"instruction": "Name a colour.", "when": "2024-05-01", "score": None,
                   "turns": [{"role": "user"}], "raw": None}),
        ("row 2", {"instruction": "Say \x00‮", "when": None, "score": 1.5, "turns": [], "raw": None}),
    ]  # fmt: skip


def test_a_parquet_file_cut_short_is_refused(tmp_path):
    pq.write_table(pa.table({"a": ["x"] * 100}), tmp_path / "x")
    with pytest.raises(BadFile, match="the Parquet file is damaged"):
        items(tmp_path / "x", (tmp_path / "x").read_bytes()[:-20])


def test_a_parquet_dictionary_bomb_stops_at_the_cap_on_bytes(tmp_path, monkeypatch):
    """T12: a file of some kilobytes that would unpack to many megabytes."""
    monkeypatch.setattr("curation.importers.containers.parquet.MAX_BYTES", 20_000_000)
    pq.write_table(pa.table({"a": pa.array(["x" * 100_000] * 500)}), tmp_path / "x")
    assert (tmp_path / "x").stat().st_size < 50_000
    with pytest.raises(BadFile, match="cap on bytes: 20,000,000"):
        items(tmp_path / "x")


def test_too_many_parquet_columns_are_refused(tmp_path, monkeypatch):
    """T12."""
    monkeypatch.setattr("curation.importers.containers.parquet.MAX_COLUMNS", 2)
    pq.write_table(pa.table({"a": ["x"], "b": ["x"], "c": ["x"]}), tmp_path / "x")
    with pytest.raises(BadFile, match="cap on columns"):
        items(tmp_path / "x")


def test_excel_gives_the_first_sheet_with_numbers_as_text(tmp_path):
    book = openpyxl.Workbook()
    table = [["instruction", "output", "n"], ["Add 40 and 2.", 42], [None], ["Is it?", True, 1], ["Alone", None, 2]]
    for cells in table:
        book.active.append(cells)
    book.save(tmp_path / "x.json.xlsx")
    opened = open_rows(str(tmp_path / "x.json.xlsx"))
    assert opened.kind == "Excel"
    assert list(opened.items) == [
        ("row 2", {"instruction": "Add 40 and 2.", "output": "42", "n": ""}),
        ("row 4", {"instruction": "Is it?", "output": True, "n": "1"}),
        ("row 5", {"instruction": "Alone", "output": "", "n": "2"}),
    ]


def test_a_damaged_workbook_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.save(tmp_path / "x.xlsx")
    data = bytearray((tmp_path / "x.xlsx").read_bytes())
    data[100:2000] = bytes(1900)
    with pytest.raises(BadFile, match=r"x\.xlsx"):
        items(tmp_path / "x.xlsx", bytes(data))


def test_a_damaged_gzip_is_refused(tmp_path):
    data = gzip.compress(b'{"a": "some text that is long enough"}\n' * 1000)
    with pytest.raises(BadFile, match="is cut short or damaged"):
        items(tmp_path / "x.gz", data[:-30])


def test_a_folder_of_save_to_disk_is_read_split_by_split(tmp_path):
    from datasets import Dataset, DatasetDict

    part = Dataset.from_list([{"instruction": "Name a colour.", "output": "Red"}])
    part.save_to_disk(tmp_path / "one")
    DatasetDict({"train": part, "test": part}).save_to_disk(tmp_path / "two")
    assert items(tmp_path / "one") == [("row 1", TABLE[0])]
    assert [place for place, _ in items(tmp_path / "two")] == ["train row 1", "test row 1"]
    (tmp_path / "one" / "state.json").write_text("{")
    with pytest.raises(BadFile, match="damaged data set folder"):
        items(tmp_path / "one")


def test_another_folder_is_refused(tmp_path):
    with pytest.raises(BadFile, match="save_to_disk did not write"):
        open_rows(str(tmp_path))


def test_a_hub_name_without_a_network_is_refused_with_what_to_do(monkeypatch):
    import datasets

    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    with pytest.raises(BadFile, match="Check the name and the network, or download the file"):
        open_rows("someone/something-that-is-not-there")


def test_a_hub_name_is_read_through_the_library(monkeypatch):
    """T24: nothing but the name is passed, so code of a data set is never trusted."""
    import datasets

    asked = []

    def fake(*args):
        asked.append(args)
        return datasets.Dataset.from_list([{"a": "b"}])

    monkeypatch.setattr(datasets, "load_dataset", fake)
    opened = open_rows("someone/something")
    assert (opened.kind, list(opened.items), asked) == (
        "Hugging Face Hub", [("row 1", {"a": "b"})], [("someone/something",)],
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["missing.jsonl", "data/missing.csv", "/no/where", "./x", "a\0b", "x" * 300 + "/y" * 9]
)
def test_a_path_with_nothing_there_is_refused_without_asking_the_hub(name):
    assert not hugging_face.looks_like_a_hub_name(name)
    with pytest.raises(BadFile, match=r"no file|cannot be opened"):
        open_rows(name)


def test_rows_stop_at_the_cap_on_rows(tmp_path, monkeypatch):
    """T12."""
    monkeypatch.setattr(opening, "MAX_ROWS", 30)
    with pytest.raises(BadFile, match="more than 30 rows"):
        items(tmp_path / "x", '{"a": 1}\n' * 31)
