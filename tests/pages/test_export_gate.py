"""The gate on the Export page: what blocks keeps the button shut, a reason opens it, and no hostile text is read."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.facets import Facets
from curation.sample import Collected, Origin, Sample
from curation.stages.gate import MARK
from curation.stages.measuring import measure
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.recipes import read_exports
from curation.store.samples import add_samples
from tests.dashboard import ROOT

HOSTILE = "![x](http://canary.example/leak)"
SECRET = "ada.byron@lovelace-letters.net"


def put(ws: Workspace, *samples: Sample, licence: str = "cc0-1.0") -> None:
    rows = [Collected(one, Origin("alpaca", "a.json", f"line {i}", licence=licence)) for i, one in enumerate(samples)]
    add_samples(ws, "run", rows)
    measure(ws, lambda _done, _requested: None)


def shown() -> AppTest:
    page = AppTest.from_file(ROOT / "app.py", default_timeout=60).run().switch_page("pages/export.py").run()
    assert not page.exception
    return page


def lines(page: AppTest) -> list[str]:
    return [one.label for one in page.expander if " · " in one.label]


def test_i19_a_reason_for_every_line_that_blocks_opens_the_button(ws: Workspace) -> None:
    put(
        ws,
        Sample("Who?", output=f"{HOSTILE} {SECRET}"),
        Sample("Nothing.", output=""),
        Sample("Name one.", output="Red"),
    )
    page = shown()
    assert [line.rsplit(" · ", 1)[0] for line in lines(page)][:2] == ["Personal data and keys · 1", "Empty fields · 1"]
    assert any("2 lines hold the export back" in one.value for one in page.warning)
    assert page.button(key="export.start").disabled
    page.text_input(key="export.gate.personal_data.reason").set_value("invented").run()
    assert page.button(key="export.start").disabled
    page.text_input(key="export.gate.empty_fields.reason").set_value("   ").run()
    assert page.button(key="export.start").disabled, "white space is no reason"
    page.text_input(key="export.gate.empty_fields.reason").set_value("the format leaves it out").run()
    assert not page.error
    assert any("2 lines go out for a reason" in one.value for one in page.info)
    page.button(key="export.start").click().run()
    for run in runs.running(ws):
        runs.wait(run, 30)
    manifest = json.loads((Path(read_exports(ws)[0].folder) / "manifest.json").read_text())
    given = {row["check"]: row["reason"] for row in manifest["gate"] if "reason" in row}
    assert given == {"personal_data": "invented", "empty_fields": "the format leaves it out"}


def test_t1_t26_examples_are_masked_and_no_text_from_outside_is_read_as_marks(ws: Workspace) -> None:
    put(ws, Sample("Who?", output=f"{HOSTILE} {SECRET}"), licence=f"cc-by-nd-4.0 {HOSTILE}")
    put(ws, Sample("Name one.", output="Red"), licence="CC-BY-ND-4.0")
    page = shown()
    assert any(f"{HOSTILE} [e-mail]" in text.value for text in page.text)
    said = [*page.markdown, *page.text, *page.error, *page.warning, *page.caption]
    assert not any(SECRET in one.value for one in said)
    assert not any("![x](" in one.value for one in page.markdown)


def test_show_these_samples_opens_them(ws: Workspace) -> None:
    put(ws, Sample("Nothing.", output=""), Sample("Name one.", output="Red"))
    page = shown()
    page.button(key="export.gate.empty_fields.show").click().run()
    assert numbers_of(ws, Facets(labels=((MARK, "Empty fields"),))).tolist() == [0]


def test_nothing_that_blocks_is_said_in_green(ws: Workspace) -> None:
    put(ws, Sample("Name one.", output="Red"), Sample("Name two.", output="Red and blue"))
    page = shown()
    assert any(one.value == "Nothing holds the export back." for one in page.success)
    assert not page.button(key="export.start").disabled
    assert lines(page)[0] == "Benchmarks not compared · 2 · worth knowing"


def test_who_may_not_export_sees_no_line(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    put(ws, Sample("Nothing.", output=""), Sample("Name one.", output="Red"))
    monkeypatch.setattr("pages._parts.export_gate.examine", None)
    monkeypatch.setattr("curation.store.people.refusal", lambda *_: "You cannot export.")
    page = shown()
    assert lines(page) == []
    assert page.button(key="export.start").disabled
