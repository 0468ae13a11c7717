"""After a run of prompt evolution the Generate page shows how full its grid is, and leads to the samples of a cell."""

from curation.store.browse import count
from pages._parts import generate_grid
from tests.pages.test_generate import RUNS, VIEW, filled, opened, press, texts

__all__ = ["filled"]


def looked_at():
    page = opened()
    page.session_state[VIEW] = RUNS
    page.run()
    assert not page.exception
    return page


def test_the_grid_names_what_is_empty_and_a_click_leads_to_the_samples(filled, monkeypatch):
    seen, picked, chose = [], [], []
    monkeypatch.setattr(generate_grid, "clickable", lambda *drawn: (picked.append(drawn[3]), seen.append(drawn[0])))
    monkeypatch.setattr(generate_grid, "choose", chose.append)
    page = opened("prompt_evolution")
    page.number_input(key="generate.prompt_evolution.variants").set_value(2).run()
    press(page, filled)
    page = looked_at()
    assert "45 cells in all" in texts(page)
    squares = seen[-1].data[0]
    assert len(squares.text) == 15
    assert "empty" in squares.text
    for word, symbol in zip(squares.text, squares.marker.symbol, strict=True):
        assert (word == "empty") == (symbol == "square-open")
    for place, word in enumerate(squares.text):
        picked[-1](place)
        if word == "empty":
            assert not chose
        else:
            assert count(filled, chose.pop()) == int(word.strip("<b>/"))
    assert not page.exception


def test_any_two_axes_can_be_chosen(filled, monkeypatch):
    seen = []
    monkeypatch.setattr(generate_grid, "clickable", lambda *drawn: seen.append(drawn[0]))
    run = press(opened("prompt_evolution"), filled)
    page = looked_at()
    page.selectbox(key=f"generate.grid.columns.{run.id}").set_value("edge_case").run()
    assert "ambiguous" in seen[-1].layout.xaxis.ticktext
    page.selectbox(key=f"generate.grid.rows.{run.id}").set_value("edge_case").run()
    assert "ambiguous" in seen[-1].layout.yaxis.ticktext
    assert page.selectbox(key=f"generate.grid.columns.{run.id}").value != "edge_case"
    assert not page.exception


def test_other_runs_show_no_grid(filled):
    press(opened("refinement"), filled)
    assert "How full the grid is" not in texts(looked_at())
