"""The collapse watch on the run view, and generations on the Diversity page."""

from random import Random

import pytest
from streamlit.testing.v1 import AppTest

from curation.sample import Candidate, Collected, Origin, Sample
from curation.stages.measuring import measure
from curation.stages.watching import BATCH
from curation.store import open_workspace
from curation.store.candidates import add_candidates
from curation.store.plans import Plan, add_plan
from curation.store.runs import end_run, start_run
from curation.store.samples import add_samples
from pages._parts.generate_start import RUNS, VIEW
from tests.dashboard import ROOT

WORDS = [f"word{at}" for at in range(300)]


@pytest.fixture
def ws(tmp_path, monkeypatch):
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = open_workspace(tmp_path / "w.duckdb")
    seeds = [Collected(Sample(f"Name {word}.", output="x"), Origin("f", "people", word)) for word in WORDS[:6]]
    add_samples(opened, "import", seeds)
    yield opened
    opened.close()


def candidate(text, ref, parent):
    return Candidate(Sample(text, output=f"{text} indeed"), Origin("m", "small", ref, model="small", parents=(parent,)))


def run_of(ws, stable, collapsed):
    chance = Random(4)
    run = start_run(ws, "generate", "self_instruct", '{"endpoint": "Practice model"}')
    add_plan(ws, run, Plan({"method": "self_instruct"}, [0, 1]))
    texts = [" ".join(chance.choices(WORDS, k=12)) for _ in range(stable * BATCH)]
    texts += [f"write a poem about {at}" for at in range(collapsed * BATCH)]
    parent = Sample("Name word0.", output="x").id
    add_candidates(ws, run, [candidate(text, f"r{at}", parent) for at, text in enumerate(texts)])
    end_run(ws, run, "done", "made")
    return run


def runs_page():
    opened = AppTest.from_file(ROOT / "app.py", default_timeout=30).switch_page("pages/generate.py")
    opened.session_state[VIEW] = RUNS
    opened.run()
    assert not opened.exception
    return opened


def said(kind):
    return " ".join(str(one.value) for one in kind)


def test_a_planted_collapse_is_told_in_words_with_what_to_do(ws):
    run_of(ws, 6, 3)
    opened = runs_page()
    assert "The model repeats itself more and more" in said(opened.error)
    assert "Stop the run" in said(opened.error)
    assert "write a poem" in said(opened.error)
    assert "count as written by people" in said(opened.warning)


def test_a_stable_run_and_a_short_one_give_no_alarm(ws):
    run_of(ws, 7, 0)
    opened = runs_page()
    assert "no sign of a collapse" in said(opened.success)
    run_of(ws, 2, 0)
    opened = runs_page()
    assert "known after 5" in said(opened.caption)
    assert not opened.error


def test_generations_side_by_side(ws):
    measure(ws, lambda _done, _of: None)
    run_of(ws, 3, 3)

    def generations():
        opened = AppTest.from_file(ROOT / "app.py", default_timeout=30).switch_page("pages/diversity.py")
        opened.session_state["diversity.view"] = "Generations"
        opened.run()
        assert not opened.exception
        return opened

    opened = generations()
    assert "Samples by generation: 0: 6, 1: 150" in said(opened.caption)
    assert "Too few samples of generation 0" in said(opened.caption)
    assert "count as written by people" in said(opened.warning)
