"""docs/formats.md has a row for every format, with the columns that it writes by default."""

import re
from pathlib import Path

import pytest

from curation.exporters import FORMATS

DOC = (Path(__file__).parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")
ROWS = {found[1]: found[2].split(" | ") for found in re.finditer(r"^\| `(\w+)` \| (.+) \|$", DOC, re.MULTILINE)}


def test_every_format_has_a_row_in_the_order_shown():
    assert list(ROWS) == list(FORMATS)
    assert all(len(row) == 3 and all(cell.strip() for cell in row) for row in ROWS.values())


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("parquet", "csv")])
def test_a_row_names_the_columns(name):
    """Parquet and CSV have those of a sample."""
    named = re.findall(r"`(\w+)`", ROWS[name][0])
    columns = list(FORMATS[name]().columns())
    assert named[: len(columns)] == columns


@pytest.mark.parametrize("name", FORMATS)
def test_a_row_says_what_the_page_says_of_who_reads_it(name):
    assert ROWS[name][1].replace("`", "") == FORMATS[name].read_by
