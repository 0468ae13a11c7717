"""Guidelines: written, in versions, beside the sample on Review, safe whatever they hold."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation.facets import Facets
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.guidelines import TEMPLATE, publish
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions
from curation.store.guidelines import read_guidelines
from curation.store.queues import waiting
from curation.store.samples import add_samples
from pages._parts.guidelines_text import as_markdown

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "![x](http://127.0.0.1:1/leak) <img src=x> [a](javascript:b) :red[c] $d$ :material/home: https://evil.example"


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = open_workspace(tmp_path / "w.duckdb")
    add_samples(opened, "run", [Collected(Sample(f"Task {n}."), Origin("t", "h", str(n))) for n in range(4)])
    yield opened
    opened.close()


def opened(name: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    page.switch_page(f"pages/{name}.py").run()
    assert not page.exception
    return page


def test_the_first_version_is_written_from_a_template(ws: Workspace) -> None:
    page = opened("guidelines")
    assert page.text_area(key="guidelines.text").value == TEMPLATE
    page.text_area(key="guidelines.text").set_value("# Mine\n- Be kind.")
    page.button(key="guidelines.save").click().run()
    found = read_guidelines(ws)
    assert found is not None
    assert (found.version, found.text) == (1, "# Mine\n- Be kind.")
    assert "Version 1 is in force" in page.success[0].value


def test_decisions_of_earlier_versions_are_asked_again(ws: Workspace) -> None:
    publish(ws, "One.", "ann")
    add_decisions(ws, [0, 1], Decision("accept", "me"))
    publish(ws, "Two.", "ann")
    page = opened("guidelines")
    assert "2 decisions were made before version 2" in page.warning[0].value
    page.button(key="guidelines.again").click().run()
    assert waiting(ws, "open", Facets(), "me").tolist() == [0, 1, 2, 3]
    assert "2 samples are asked again" in page.success[0].value
    assert not page.warning


def test_versions_are_compared(ws: Workspace) -> None:
    publish(ws, "Same.\nOld.", "ann")
    publish(ws, "Same.\nNew.", "ann")
    page = opened("guidelines")
    page.segmented_control(key="guidelines.view").set_value("Versions").run()
    assert page.code[0].value == "  Same.\n- Old.\n+ New."
    page.selectbox(key="guidelines.version").select(1).run()
    assert page.code[0].value == "Same.\nOld."


def test_they_stand_beside_the_sample_on_review(ws: Workspace) -> None:
    publish(ws, f"# Rules\n- **Accept** what is {HOSTILE}", "ann")
    page = opened("review")
    page.segmented_control(key="review.side").set_value("Guidelines").run()
    [shown] = [one.value for one in page.markdown if "Rules" in one.value]
    assert "**Accept**" in shown
    assert "](http" not in shown


def test_from_review_a_sample_is_written_by_hand_with_the_guidelines_beside_it(ws: Workspace) -> None:
    publish(ws, "# Rules", "ann")
    page = opened("review")
    page.segmented_control(key="review.side").set_value("Guidelines").run()
    page.button(key="review.write").click().run()
    assert not page.exception
    assert not page.warning
    assert page.title[0].value == "Generate"
    assert any(one.value == "#### Rules" for one in page.markdown)
    assert [one.label for one in page.text_area][:3] == ["Instruction", "Input", "Answer"]


def test_t1_t2_nothing_but_headings_lists_quotations_and_bold_words_is_read_as_markdown() -> None:
    shown = as_markdown("\n".join(f"{mark}{HOSTILE}" for mark in ("", "# ", "- ", "1. ", "> ", "    ", "**b** *i* ")))
    bare = re.sub(r"\\.", "", shown.replace("\u200c", ""))
    assert not re.search(r"[\[\]<`$:_~|!]", bare)
    assert "**b** *i*" in shown
    assert "\u200c\\:" in shown
    assert as_markdown("a\n\n---\n===") == "a  \n\n" + as_markdown("---") + "\n" + as_markdown("===")
