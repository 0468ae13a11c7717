"""Coverage on the Diversity page, clicked as a reader does."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.facets import Facets
from curation.stages import referencing
from curation.store.browse import count
from curation.store.references import read_looks
from curation.store.samples import count_samples
from pages._parts.facet_bar import STATE
from pages._parts.generate_seeds import CHOSEN
from tests.dashboard import ROOT
from tests.pages.filled import MODEL, filled_workspace

KEY = "diversity.coverage"


class Constant:
    """An embedder that knows what is stored, and gives one vector to everything else."""

    name, revision = "constant", MODEL

    def embed_batches(self, texts):
        import numpy as np

        if texts:
            yield np.arange(len(texts)), np.tile(np.eye(8, dtype=np.float32)[0], (len(texts), 1))


@pytest.fixture
def ws(tmp_path, monkeypatch):
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    monkeypatch.setattr(referencing, "chosen_embedder", lambda _workspace: Constant())
    opened = filled_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def page(**state):
    opened = AppTest.from_file(ROOT / "app.py", default_timeout=30).switch_page("pages/diversity.py")
    opened.session_state["diversity.view"] = "Coverage"
    for key, value in state.items():
        opened.session_state[key.replace("__", ".")] = value
    opened.run()
    assert not opened.exception
    return opened


def compare(opened, ws):
    opened.button(key=f"{KEY}.start").click().run()
    for run in runs.running(ws, "reference"):
        runs.wait(run, 30)
    opened.run()
    assert not opened.exception
    return opened


def texts(opened):
    kinds = (opened.text, opened.markdown, opened.caption, opened.info, opened.success, opened.error, opened.subheader)
    return "\n".join(str(one.value) for found in kinds for one in found).replace("\\", "")


def test_an_origin_is_compared_with_and_any_distance_is_a_look_up(ws):
    opened = page()
    opened.radio(key=f"{KEY}.kind").set_value("An origin in the workspace").run()
    opened.selectbox(key=f"{KEY}.origin").set_value("seeds.jsonl").run()
    compare(opened, ws)
    look = read_looks(ws)[0]
    assert (look.name, look.samples) == ("seeds.jsonl", 20)
    opened.slider(key=f"{KEY}.distance").set_value(1.0).run()
    shares = {one.label: one.value for one in opened.metric}
    covered = float(shares["Covered of 20 items"].rstrip("%"))
    opened.slider(key=f"{KEY}.distance").set_value(0.0).run()
    shares = {one.label: one.value for one in opened.metric}
    assert float(shares["Covered of 20 items"].rstrip("%")) <= covered
    assert "Two-sample test" in texts(opened)
    opened.slider(key=f"{KEY}.distance").set_value(0.3).run()
    opened.button(key=f"{KEY}.far").click().run()
    narrowed = Facets.from_query(opened.session_state[STATE])
    assert narrowed.ranges[0][0] == look.signal
    assert 0 < count(ws, narrowed) <= 20
    opened.button(key=f"{KEY}.forget").click().run()
    assert read_looks(ws) == []
    assert not opened.exception


def test_what_is_not_covered_becomes_the_seeds_of_a_run(ws):
    opened = page()
    opened.radio(key=f"{KEY}.kind").set_value("An origin in the workspace").run()
    opened.selectbox(key=f"{KEY}.origin").set_value("seeds.jsonl").run()
    compare(opened, ws)
    opened.slider(key=f"{KEY}.distance").set_value(0.0).run()
    opened.button(key=f"{KEY}.generate").click().run()
    assert not opened.exception
    numbers, about = opened.session_state[CHOSEN]
    assert numbers
    assert all(number % 2 == 0 for number in numbers), "seeds.jsonl holds every other sample"
    assert "seeds.jsonl" in about
    assert opened.title[0].value == "Generate"


def test_rows_of_a_file_become_samples_only_after_a_yes(ws, tmp_path):
    path = tmp_path / "logs.jsonl"
    path.write_text(json.dumps({"instruction": "Fix my bike.", "input": "", "output": "Sure."}), encoding="utf-8")
    opened = page()
    opened.radio(key=f"{KEY}.kind").set_value("A file").run()
    assert opened.button(key=f"{KEY}.start").disabled
    opened.text_input(key=f"{KEY}.path").set_value(str(path)).run()
    compare(opened, ws)
    before = count_samples(ws)
    opened.slider(key=f"{KEY}.distance").set_value(0.0).run()
    opened.button(key=f"{KEY}.generate").click().run()
    assert count_samples(ws) == before
    opened.button(key=f"{KEY}.adopt").click().run()
    assert count_samples(ws) == before + 1
    assert opened.session_state[CHOSEN][0] == (before,)


@pytest.mark.usefixtures("ws")
def test_what_cannot_be_read_or_compared_is_said(tmp_path):
    opened = page()
    opened.radio(key=f"{KEY}.kind").set_value("A file").run()
    opened.text_input(key=f"{KEY}.path").set_value(str(tmp_path / "none.jsonl")).run()
    assert opened.error
    assert not opened.exception


def test_people_wrote_everything_so_nothing_is_left_to_compare(ws):
    opened = page()
    opened.button(key=f"{KEY}.start").click().run()
    at_once = texts(opened)  # a run that ends at once is told at once, and not again
    for run in runs.running(ws, "reference"):
        runs.wait(run, 30)
    assert "No sample is left to compare" in at_once + texts(opened.run())


def test_an_empty_cell_of_the_grid_can_be_generated(ws):
    opened = page(**{"diversity.coverage.way": "Grid of two labels", "diversity.grid.rows": "verb"})
    opened.selectbox(key="diversity.grid.columns").set_value("cluster").run()
    assert "Empty cells" in texts(opened)
    opened.session_state["diversity.grid.empty"] = ("write", "rivers, bread")
    opened.run()
    opened.button(key="diversity.grid.generate").click().run()
    assert not opened.exception
    assert opened.session_state[CHOSEN][0]
    assert "write and rivers, bread" in opened.session_state[CHOSEN][1]
    assert opened.title[0].value == "Generate"
    assert "Chosen on another page" in opened.radio(key="generate.seeds").options
    assert count_samples(ws) == 40
