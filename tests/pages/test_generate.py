"""Generate, clicked as a reader does; what counts is what the store holds afterwards."""

from datetime import datetime
from pathlib import Path
from typing import Literal, get_origin

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.facets import Facets
from curation.generators import GENERATORS, MODEL_GENERATORS
from curation.model import Endpoint
from curation.practice import PRACTICE_MODEL
from curation.sample import Collected, Origin, Sample
from curation.stages.endpoints import write_endpoints
from curation.stages.practice import NAME as PRACTICE
from curation.stages.writing import METHOD
from curation.store import Workspace
from curation.store.browse import count
from curation.store.candidates import count_kept, count_rules
from curation.store.runs import Run, end_run, recent_runs
from curation.store.samples import add_samples, count_samples, read_origins, read_samples
from pages._parts.facet_bar import STATE as FACETS
from pages._parts.generate_choice import BY_HAND, BY_RULE, WAY, WITH_MODEL
from pages._parts.generate_runs import _titles
from pages._parts.generate_start import RUNS, VIEW

ROOT = Path(__file__).resolve().parents[2]
TABLES = sorted((ROOT / "sample_data" / "tables").glob("*.csv"))
NOBODY = Endpoint("Nobody", "http://127.0.0.1:9/v1", "small")


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    samples = [Sample(f"Describe a {thing}.", output="It is fine.") for thing in ("tree", "river", "road")]
    samples.append(Sample("Sort these numbers.", "3, 1, 2", "1, 2, 3"))
    add_samples(ws, "run", [Collected(one, Origin("test", "here", one.id)) for one in samples])
    return ws


def opened(method: str = "") -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).switch_page("pages/generate.py")
    if method:
        way = BY_RULE if method in GENERATORS else WITH_MODEL
        page.session_state[WAY] = way
        page.session_state["generate.method.rule" if way == BY_RULE else "generate.method.model"] = method
    page.run()
    assert not page.exception
    return page


def press(page: AppTest, ws: Workspace, key: str = "generate.start") -> Run:
    """Press a button that starts a run, wait for its end, and give it."""
    page.button(key=key).click().run()
    for run in runs.running(ws, "generate"):
        runs.wait(run, 30)
    page.run()
    assert not page.exception
    return recent_runs(ws)[0]


def texts(page: AppTest) -> str:
    """Everything that the page says in words."""
    kinds = (page.text, page.markdown, page.caption, page.success, page.info, page.warning, page.error, page.subheader)
    return "\n".join(str(one.value) for found in kinds for one in found).replace("\\", "")


@pytest.mark.usefixtures("ws")
@pytest.mark.parametrize("name", [*GENERATORS, *MODEL_GENERATORS])
def test_every_option_of_every_method_has_a_widget_with_its_description(name: str) -> None:
    page = opened(name)
    methods = {**GENERATORS, **MODEL_GENERATORS}
    widgets = [*page.number_input, *page.selectbox, *page.toggle, *page.multiselect, *page.text_input, *page.text_area]
    widgets += [*page.get("button_group")]
    helps = [widget.proto.help for widget in widgets]
    for option, field in methods[name].model_fields.items():
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


@pytest.mark.usefixtures("ws")
def test_without_samples_the_way_leads_to_the_sample_project() -> None:
    page = opened()
    assert "the workspace is empty" in texts(page)
    assert page.get("page_link")
    assert page.button(key="generate.start").disabled
    page.session_state[VIEW] = RUNS
    page.run()
    assert "Nothing has been generated yet" in texts(page)


def test_the_practice_model_makes_samples_that_say_so(filled: Workspace) -> None:
    page = opened("self_instruct")
    assert "no data to train on" in texts(page)
    assert [one.value for one in page.metric][-1] == "free"
    page.number_input(key="generate.self_instruct.target").set_value(5).run()
    page.button(key="generate.preview").click().run()
    assert "samples kept of" in texts(page)
    assert count_samples(filled) == 4
    run = press(page, filled)
    kept, samples = count_kept(filled, run.id)
    assert (run.status, run.method) == ("done", "self_instruct")
    assert kept >= 5
    assert count_samples(filled) == 4 + samples
    assert read_origins(filled, 4)[0][1].model == PRACTICE_MODEL
    assert page.session_state[VIEW] == RUNS
    assert f"{kept:,} kept" in texts(page)
    page.button(key="generate.table").click().run()
    assert page.title[0].value == "Review"
    assert page.session_state[FACETS] == Facets(runs=(run.id,)).to_query()
    assert count(filled, Facets(runs=(run.id,))) == samples
    page.button(key=f"facets.run.{run.id}").click().run()
    assert page.session_state[FACETS] == ""


def test_what_was_dropped_is_listed_with_reasons(filled: Workspace) -> None:
    page = opened("self_instruct")
    page.number_input(key="generate.self_instruct.target").set_value(40).run()
    run = press(page, filled)
    rules = count_rules(filled, run.id)
    assert rules
    assert "Dropped, and why" in texts(page)
    group = next(one for one in page.get("button_group") if one.key == f"generate.dropped.{run.id}.rule")
    assert len(group.options) == 1 + len(rules)
    rows = next(frame.value for frame in page.dataframe if "reason" in frame.value)
    assert len(rows) == min(50, sum(rules.values()))
    page.session_state[f"generate.round.{run.id}"] = 1
    page.run()
    first = next(frame.value for frame in page.dataframe if "reason" in frame.value)
    assert set(first["round"]) == {1}
    page.button(key=f"generate.dropped.{run.id}.round").click().run()
    assert len(next(frame.value for frame in page.dataframe if "reason" in frame.value)) == len(rows)


def test_a_cap_pauses_and_a_higher_one_goes_on(filled: Workspace) -> None:
    page = opened("self_instruct")
    page.number_input(key="generate.caps.tokens").set_value(4000).run()
    run = press(page, filled)
    assert run.status == "paused"
    assert "Budget reached" in texts(page)
    page.number_input(key=f"generate.resume.{run.id}.tokens").set_value(1_000_000).run()
    page.number_input(key=f"generate.resume.{run.id}.samples").set_value(20).run()
    again = press(page, filled, f"generate.resume.{run.id}")
    assert (again.id, again.status) == (run.id, "done")
    assert count_kept(filled, run.id)[0] == 20


def test_an_interrupted_run_is_offered_for_resumption(filled: Workspace) -> None:
    page = opened("alpaca")
    page.number_input(key="generate.caps.samples").set_value(10).run()
    run = press(page, filled)
    end_run(filled, run.id, "interrupted")
    later = opened()
    assert "Sift ended while it was at work" in texts(later)
    assert press(later, filled, f"progress.resume.{run.id}").status == "done"
    assert later.session_state[VIEW] == RUNS


def test_an_endpoint_that_nobody_answers_at_says_so(filled: Workspace) -> None:
    write_endpoints(filled, [NOBODY])
    page = opened("ask")
    assert page.selectbox(key="generate.endpoint").options == ["Nobody: small", "Practice model, built in"]
    assert page.button(key="generate.start").disabled
    page.text_area(key="generate.ask.prompt").set_value("Say it.").run()
    page.button(key="generate.preview").click().run()
    assert "cannot be reached" in page.error[0].value.replace("\\", "")
    run = press(page, filled)
    assert run.status in ("paused", "failed")
    assert "cannot be reached" in texts(page)
    assert count_samples(filled) == 4


def test_a_price_that_is_not_known_is_said(filled: Workspace) -> None:
    write_endpoints(filled, [Endpoint("Far", "https://models.example/v1", "unheard-of")])
    page = opened("self_instruct")
    assert [one.value for one in page.metric][-1] == "unknown"
    assert "No price is known" in texts(page)


def test_a_method_that_starts_from_nothing_runs_in_an_empty_workspace(ws: Workspace) -> None:
    page = opened("magpie_style")
    assert "starts from nothing" in texts(page)
    page.number_input(key="generate.caps.samples").set_value(3).run()
    assert press(page, ws).status == "done"
    assert count_samples(ws) == 3


@pytest.mark.usefixtures("ws")
def test_documents_are_named_by_their_path_and_a_missing_one_is_said(tmp_path: Path) -> None:
    page = opened("document_backtranslation")
    assert page.button(key="generate.start").disabled
    path = page.text_input(key="generate.document_backtranslation.path.path")
    path.set_value(str(tmp_path / "none.txt")).run()
    assert not page.exception
    assert "none.txt" in texts(page)
    assert page.button(key="generate.start").disabled
    (tmp_path / "some.txt").write_text("Gulls eat almost anything that the tide leaves behind. " * 40)
    path.set_value(str(tmp_path / "some.txt")).run()
    assert not page.button(key="generate.start").disabled


def test_one_prompt_becomes_samples(ws: Workspace) -> None:
    page = opened("ask")
    page.selectbox(key="generate.endpoint").set_value(PRACTICE).run()
    page.text_area(key="generate.ask.prompt").set_value("Name three birds of the coast.").run()
    run = press(page, ws)
    assert run.status == "done"
    assert read_samples(ws, [0])[0].instruction == "Name three birds of the coast."


def test_written_by_hand(ws: Workspace) -> None:
    page = opened()
    page.segmented_control(key=WAY).set_value(BY_HAND).run()
    assert "What makes a good seed" in texts(page)
    turn = page.session_state["generate.write.turn"]
    page.button(key=f"generate.write.{turn}.add").click().run()
    assert "instruction is empty" in page.error[0].value
    page.text_area(key=f"generate.write.{turn}.instruction").set_value("Name a colour.").run()
    page.text_area(key=f"generate.write.{turn}.output").set_value("Red").run()
    page.button(key=f"generate.write.{turn}.add").click().run()
    assert "is in the workspace" in page.success[0].value
    assert read_samples(ws, [0]) == [Sample("Name a colour.", output="Red")]
    assert read_origins(ws, 0)[0][1].source == "me"
    assert page.session_state["generate.write.turn"] != turn
    page.button(key="generate.write.see").click().run()
    assert page.session_state[FACETS] == Facets(methods=(METHOD,)).to_query()


def test_templates_on_an_empty_workspace_preview_then_make(ws: Workspace) -> None:
    page = opened("templates")
    assert page.selectbox(key="generate.templates.path.ours").value.name == "sentiment.csv"
    page.button(key="generate.preview").click().run()
    assert count_samples(ws) == 0
    assert any("At most" in one.value for one in page.markdown)
    run = press(page, ws)
    assert count(ws, Facets(methods=("templates",))) > 0
    assert " new, 0 were there already" in texts(page)
    page.button(key="generate.table").click().run()
    assert page.title[0].value == "Review"
    assert page.session_state[FACETS] == Facets(runs=(run.id,)).to_query()


@pytest.mark.usefixtures("ws")
def test_choosing_a_table_of_ours_chooses_its_task() -> None:
    page = opened("templates")
    for table in TABLES:
        page.selectbox(key="generate.templates.path.ours").set_value(table).run()
        assert page.selectbox(key="generate.templates.task").value == table.stem
        page.button(key="generate.preview").click().run()
        assert not page.error
        assert any("At most" in one.value for one in page.markdown)


def test_a_table_that_does_not_fit_the_task_says_so(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    page = opened("templates")
    page.segmented_control(key="generate.templates.path.way").set_value("A path on this computer").run()
    assert page.button(key="generate.start").disabled
    page.text_input(key="generate.templates.path.path").set_value(str(tmp_path / "t.csv")).run()
    page.button(key="generate.preview").click().run()
    assert "has no column" in page.error[0].value
    press(page, ws)
    assert "has no column" in texts(page)
    assert count_samples(ws) == 0


def test_the_pool_is_what_matches_the_filters(filled: Workspace) -> None:
    page = opened("paraphrase")
    page.session_state[FACETS] = Facets(text="river").to_query()
    page.run()
    assert any("1 samples" in one.value for one in page.markdown)
    press(page, filled)
    assert count(filled, Facets(methods=("paraphrase",))) == count(
        filled, Facets(methods=("paraphrase",), text="river")
    )
    assert count(filled, Facets(methods=("paraphrase",))) == 1


def test_inputs_are_varied_where_the_answer_can_be_computed(filled: Workspace) -> None:
    press(opened("input_variation"), filled)
    assert count(filled, Facets(methods=("input_variation",), text="sort these numbers")) == 3


def test_runs_of_one_second_have_titles_of_their_own() -> None:
    now = datetime(2026, 11, 21)
    twins = [
        Run(f"generate-{end}", "generate", "ask", "{}", "done", 1, 1, 0, "", now, now, now, resume_at=None, seconds=1.0)
        for end in ("00aa", "00bb")
    ]
    assert len(set(_titles(twins).values())) == 2
