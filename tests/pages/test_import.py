"""The Import page: nothing is written before the preview, every refusal is named, uploads do not stay."""

import json
import tempfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.store import Workspace, open_workspace
from curation.store.samples import count_samples, read_origins, read_samples

APP = str(Path(__file__).resolve().parents[2] / "app.py")
ROWS = [{"instruction": "Name a colour.", "output": "Red"}, {"instruction": "Name a fruit.", "output": 7}]
LINES = "\n".join(json.dumps(row) for row in ROWS).encode()


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "w.duckdb"
    monkeypatch.setenv("SIFT_WORKSPACE", str(path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    opened = open_workspace(path)
    yield opened
    opened.close()


def _page() -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30).run().switch_page("pages/import.py").run()
    assert not at.exception
    assert at.title[0].value == "Import"
    return at


def _named(at: AppTest, place: str) -> AppTest:
    at.segmented_control(key="import.way").set_value("A path or a name on the Hub").run()
    at.text_input[0].set_value(place).run()
    assert not at.exception
    return at


def _imported(at: AppTest, ws: Workspace) -> AppTest:
    at.button(key="import.start").click().run()
    for run in runs.running(ws):
        runs.wait(run, 20)
    at.run()
    assert not at.exception
    return at


def test_an_upload_is_previewed_imported_and_removed(ws: Workspace, tmp_path: Path) -> None:
    at = _page()
    at.file_uploader[0].set_value(("pool.jsonl", LINES, "application/json")).run()
    assert not at.exception
    assert count_samples(ws) == 0
    assert list(at.dataframe[0].value["answer"]) == ["Red"]
    assert list(at.dataframe[1].value["reason"]) == ['"output" is a number, not text']
    at.text_input[1].set_value("cc0-1.0").run()
    _imported(at, ws)
    assert "2 read, 1 new, 0 repeated, 1 refused." in [text.value for text in at.text]
    assert list(at.dataframe[0].value["place"]) == ["line 2"]
    assert [(o.source, o.licence) for _, o in read_origins(ws, 0)] == [("pool.jsonl", "cc0-1.0")]
    assert not list(tmp_path.glob("sift-upload-*"))
    assert {"import.measure", "import.embed"} <= {button.key for button in at.button}


def test_columns_of_an_unknown_table_are_mapped(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Frage,Antwort,Fach\nWer?,Ada,Kunst\n", "utf-8")
    at = _named(_page(), str(path))
    boxes = {box.label: box for box in at.selectbox}
    assert boxes["Layout"].value == "mapped"
    boxes["Answer"].set_value("Antwort")
    boxes["Task type"].set_value("Fach").run()
    assert list(at.dataframe[0].value["answer"]) == ["Ada"]
    _imported(at, ws)
    assert read_samples(ws, [0])[0].output == "Ada"
    assert [(o.source, o.category) for _, o in read_origins(ws, 0)] == [("odd.csv", "Kunst")]


def test_another_layout_can_be_chosen(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "pool.jsonl"
    path.write_bytes(LINES)
    at = _named(_page(), str(path))
    assert at.selectbox[0].value == "alpaca"
    at.selectbox[0].set_value("sharegpt").run()
    assert not at.exception
    assert "would be refused" in at.warning[0].value
    assert count_samples(ws) == 0


@pytest.mark.parametrize("content", [b"", b"\x80\x04\x95", b"PK\x03\x04 broken", b"\x00\x01", b"[1, 2"])
def test_a_damaged_file_is_one_sentence(ws: Workspace, content: bytes) -> None:
    """T11: refused by content; nothing is written and there is no button to import it."""
    at = _page()
    at.file_uploader[0].set_value(("![x](http://a.example).jsonl", content, "")).run()
    assert not at.exception
    assert len(at.error) == 1
    assert "![x](" not in at.error[0].value
    assert not [button for button in at.button if button.key == "import.start"]
    assert count_samples(ws) == 0


def test_a_path_that_is_not_there(ws: Workspace, tmp_path: Path) -> None:
    at = _named(_page(), str(tmp_path / "missing.jsonl"))
    assert "There is no file" in at.error[0].value
    assert count_samples(ws) == 0
