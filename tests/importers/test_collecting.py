"""A whole file → samples with their origins, and a look at it before."""

import json
import time

import pytest

from curation.errors import BadFile
from curation.importers import LAYOUTS, Mapped, category_of, collect, guess_mapping, preview
from curation.sample import Collected, Origin, Refusal, Sample

ALPACA = LAYOUTS["alpaca"]()


def written(tmp_path, rows, name="rows.jsonl"):
    path = tmp_path / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return str(path)


def test_samples_come_with_their_place_category_and_licence_and_refusals_in_order(tmp_path):
    rows = [{"instruction": "a", "output": "b", "category": "qa"}, "{", {"instruction": "a", "output": 3}]
    got = list(collect(written(tmp_path, rows), ALPACA, source="my rows", licence="CC0"))
    assert got == [
        Collected(Sample("a", output="b"), Origin("alpaca", "my rows", "line 1", "qa", "CC0")),
        Refusal("line 2", 'not valid JSON at column 2: a field name has to stand in double quotes: "name"'),
        Refusal("line 3", '"output" is a number, not text'),
    ]


def test_every_instance_has_its_own_ref(tmp_path):
    row = {"instruction": "Add.", "instances": [{"output": "1"}, {"output": "2"}], "is_classification": True}
    path = written(tmp_path, [json.dumps([row])])
    origins = [found.origin for found in collect(path, LAYOUTS["self_instruct"](), source="x")]
    assert [(origin.ref, origin.category) for origin in origins] == [
        ("row 1 instance 1", "classification"),
        ("row 1 instance 2", "classification"),
    ]


def test_the_category_comes_from_the_column_that_the_reader_names(tmp_path):
    path = written(tmp_path, [{"q": "a", "kind": 3, "category": "no"}])
    (found,) = collect(path, Mapped(instruction="q", category="kind"), source="x")
    assert found.origin.category == "3"


@pytest.mark.parametrize(
    ("row", "category"),
    [({"category": "qa"}, "qa"), ({"category": 3}, ""), ({"is_classification": False}, "generation"), ({}, "")],
)
def test_the_category_of_a_row(row, category):
    assert category_of(row) == category


def test_a_preview_shows_ten_rows_and_what_becomes_of_them(tmp_path):
    path = written(tmp_path, [{"instruction": str(number), "output": ""} for number in range(30)])
    seen = preview(path)
    assert (seen.kind, seen.columns, seen.layout) == ("JSON lines", ("instruction", "output"), ALPACA)
    assert [found.sample.instruction for found in seen.collected] == [str(number) for number in range(10)]
    assert seen.rows[9] == {"instruction": "9", "output": ""}
    assert seen.collected[0].origin.source == "rows.jsonl"


def test_a_preview_without_a_layout_leaves_the_choice_to_the_reader(tmp_path):
    path = written(tmp_path, [{"Question": "Who?", "Answer": "Ada"}, "{"])
    seen = preview(path)
    assert seen.layout is None
    assert [found.place for found in seen.collected] == ["line 2"]
    chosen = preview(path, guess_mapping(seen.columns, seen.rows))
    assert chosen.collected[0].sample == Sample("Who?", output="Ada")


def test_nothing_can_be_guessed_without_text():
    with pytest.raises(BadFile, match="No column holds text"):
        guess_mapping(["n"], [{"n": 1}])
    with pytest.raises(BadFile, match="could be read"):
        guess_mapping([], [])


def test_a_file_that_breaks_late_is_told_while_reading(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b'{"instruction": "a", "output": "b"}\n' * 100 + b"\xff\n")
    with pytest.raises(BadFile, match="line 101"):
        list(collect(str(path), ALPACA, source="x"))


def test_rows_are_read_as_they_are_asked_for(tmp_path):
    """Memory stays bounded: a preview of a large file does not read it to the end."""
    path = tmp_path / "x"
    path.write_bytes(b'{"instruction": "a", "output": "b"}\n' * 500_000)
    start = time.perf_counter()
    preview(str(path))
    assert time.perf_counter() - start < 0.5
