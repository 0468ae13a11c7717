"""Generate, clicked as a reader does; what counts is what the store holds afterwards."""

from pathlib import Path
from typing import Literal, get_origin

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.errors import ModelError
from curation.facets import Facets
from curation.generators import GENERATORS
from curation.model import Endpoint
from curation.sample import Collected, Origin, Sample
from curation.stages import generating
from curation.stages.endpoints import write_endpoints
from curation.store import Workspace, open_workspace
from curation.store.browse import count
from curation.store.samples import add_samples, count_samples
from pages._parts.facet_bar import STATE as FACETS

ROOT = Path(__file__).resolve().parents[2]
TABLES = sorted((ROOT / "sample_data" / "tables").glob("*.csv"))


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    samples = [Sample(f"Describe a {thing}.", output="It is fine.") for thing in ("tree", "river", "road")]
    samples.append(Sample("Sort these numbers.", "3, 1, 2", "1, 2, 3"))
    add_samples(ws, "run", [Collected(one, Origin("test", "here", one.id)) for one in samples])
    return ws


def opened(method: str = "") -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20).switch_page("pages/generate.py")
    if method:
        page.session_state["generate.method"] = method
    page.run()
    assert not page.exception
    return page


def start(page: AppTest, ws: Workspace, key: str = "generate.start") -> AppTest:
    page.button(key=key).click().run()
    for run in runs.running(ws, "generate"):
        runs.wait(run, 20)
    page.run()
    assert not page.exception
    return page


@pytest.mark.usefixtures("ws")
@pytest.mark.parametrize("name", GENERATORS)
def test_every_option_of_every_method_has_a_widget_with_its_description(name: str) -> None:
    page = opened(name)
    widgets = [*page.number_input, *page.selectbox, *page.toggle, *page.multiselect, *page.text_input]
    widgets += [*page.get("button_group")]
    helps = [widget.proto.help for widget in widgets]
    for option, field in GENERATORS[name].model_fields.items():
        assert field.description
        assert any(field.description in given for given in helps), option
        if get_origin(field.annotation) is Literal:
            assert page.selectbox(key=f"generate.{name}.{option}").value == field.default


@pytest.mark.usefixtures("ws")
def test_bounds_of_an_option_bind_its_widget() -> None:
    page = opened("paraphrase")
    least = page.number_input(key="generate.paraphrase.per_sample")
    assert (least.min, least.value) == (1, 1)
    assert page.number_input(key="generate.paraphrase.limit").min == 0


def test_templates_on_an_empty_workspace_preview_then_make(ws: Workspace) -> None:
    page = opened()
    assert page.selectbox(key="generate.templates.path.ours").value.name == "sentiment.csv"
    page.button(key="generate.preview").click().run()
    assert count_samples(ws) == 0
    assert any("At most" in one.value for one in page.markdown)
    start(page, ws)
    assert count(ws, Facets(methods=("templates",))) > 0
    assert any(" new, 0 were there already" in one.value for one in page.text)
    page.button(key="generate.table").click().run()
    assert page.title[0].value == "Review"
    assert page.session_state[FACETS] == Facets(methods=("templates",)).to_query()


@pytest.mark.usefixtures("ws")
def test_choosing_a_table_of_ours_chooses_its_task() -> None:
    page = opened()
    for table in TABLES:
        page.selectbox(key="generate.templates.path.ours").set_value(table).run()
        assert page.selectbox(key="generate.templates.task").value == table.stem
        page.button(key="generate.preview").click().run()
        assert not page.error
        assert any("At most" in one.value for one in page.markdown)


def test_a_table_that_does_not_fit_the_task_says_so(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    page = opened()
    page.segmented_control(key="generate.templates.path.way").set_value("A path on this computer").run()
    assert page.button(key="generate.start").disabled
    page.text_input(key="generate.templates.path.path").set_value(str(tmp_path / "t.csv")).run()
    page.button(key="generate.preview").click().run()
    assert "has no column" in page.error[0].value
    start(page, ws)
    assert any("has no column" in one.value for one in page.text)
    assert count_samples(ws) == 0


def test_the_pool_is_what_matches_the_filters(filled: Workspace) -> None:
    page = opened("paraphrase")
    page.session_state[FACETS] = Facets(text="river").to_query()
    page.run()
    assert any("1 samples" in one.value for one in page.markdown)
    start(page, filled)
    assert count(filled, Facets(methods=("paraphrase",))) == count(
        filled, Facets(methods=("paraphrase",), text="river")
    )
    assert count(filled, Facets(methods=("paraphrase",))) == 1


def test_inputs_are_varied_where_the_answer_can_be_computed(filled: Workspace) -> None:
    start(opened("input_variation"), filled)
    assert count(filled, Facets(methods=("input_variation",), text="sort these numbers")) == 3


@pytest.mark.usefixtures("ws")
def test_without_a_model_the_way_leads_to_the_settings() -> None:
    page = opened("ask")
    assert "No model is set up" in page.info[0].value
    assert page.get("page_link")


def test_a_model_that_fails_shows_the_reason_and_what_to_do(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ModelError("Main cannot be reached. Check the address.", "unreachable")

    monkeypatch.setattr(generating, "ask", fail)
    write_endpoints(ws, [Endpoint("Main", "http://127.0.0.1:9/v1", "small")])
    page = opened("ask")
    assert page.button(key="generate.ask.start").disabled
    page.text_area(key="generate.ask.prompt").set_value("Say it.").run()
    start(page, ws, "generate.ask.start")
    assert any("cannot be reached" in one.value for one in page.text)
    assert page.get("page_link")
    assert count_samples(ws) == 0
