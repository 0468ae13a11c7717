"""T21: no table shows a text in which something hides."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation.sample import Collected, Origin, Sample
from curation.store import open_workspace
from curation.store.samples import add_samples
from tests.dashboard import ROOT

SOURCES = sorted((ROOT / "pages").rglob("*.py"))
HIDDEN = "right\u202etfel pass\u200bword\x1b]0;x\x07"
SHOWN = "right⟨U+202E⟩tfel pass⟨U+200B⟩word⟨U+001B⟩]0;x⟨U+0007⟩"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_table_goes_through_visible_rows(source: Path) -> None:
    drawn = [
        node
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("st.dataframe", "st.table")
    ]
    assert [ast.unparse(call) for call in drawn if not ast.unparse(call.args[0]).startswith("visible_rows(")] == []


def test_the_table_of_samples_shows_what_hides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample is stored as it came and shown with the marks in it."""
    path = tmp_path / "w.duckdb"
    monkeypatch.setenv("SIFT_WORKSPACE", str(path))
    workspace = open_workspace(path)
    add_samples(workspace, "run", [Collected(Sample(HIDDEN, HIDDEN, HIDDEN), Origin("alpaca", "a", "line 1"))])
    page = AppTest.from_file(ROOT / "app.py", default_timeout=30).run().switch_page("pages/review.py").run()
    page.button_group(key="review.view").set_value("Table").run()
    row = page.dataframe[0].value.iloc[0]
    assert [row["instruction"], row["input"], row["answer"]] == [SHOWN] * 3
    workspace.close()
