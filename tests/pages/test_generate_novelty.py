"""After a run the Generate page says how new it is."""

from pages._parts import generate_novelty
from tests.pages.test_generate import RUNS, VIEW, filled, opened, press, texts

__all__ = ["filled"]


def test_a_run_shows_how_new_it_is(filled, monkeypatch):
    page = opened("self_instruct")
    page.number_input(key="generate.self_instruct.target").set_value(5).run()
    press(page, filled)
    page = opened()
    page.session_state[VIEW] = RUNS
    page.run()
    numbers = {one.label: one.value for one in page.metric}
    assert numbers["New verb–object pairs"].endswith("%")
    assert 0 <= float(numbers["Nearest seed, median"]) < 1
    assert "compared with 4 seed instructions" in texts(page)
    monkeypatch.setattr(generate_novelty, "is_quick", lambda *_: False)
    page = opened()
    page.session_state[VIEW] = RUNS
    page.run()
    assert "How new it is" not in texts(page)
    button = next(one for one in page.button if one.label == "Measure how new it is")
    button.click().run()
    assert "How new it is" in texts(page)
    page.run()
    assert "How new it is" in texts(page), "what was measured stays"
    assert not page.exception


def test_a_run_without_seeds_has_nothing_to_compare(ws):
    page = opened("ask")
    page.text_area(key="generate.ask.prompt").set_value("Name a river.").run()
    press(page, ws)
    page = opened()
    page.session_state[VIEW] = RUNS
    page.run()
    assert "started from no samples" in texts(page)
