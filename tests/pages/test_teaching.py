"""What my decisions say, on Filters; judges against people, on Generate."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from curation.facets import Facets
from curation.judges import Adherence
from curation.recipe import read_recipe
from curation.sample import Collected, Decision, Origin, Sample, Score
from curation.stages.teaching import WORTH
from curation.stages.verdicts import show_as_signals
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples
from curation.store.scores import add_scores
from curation.store.signals import read_numbers, write_column
from pages._parts.filters_draft import DRAFT
from pages._parts.filters_views import TEACHING
from pages._parts.generate_judge import AGAINST
from pages._parts.generate_start import JUDGE

ROOT = Path(__file__).resolve().parents[2]
COUNT, DECIDED = 160, 120
WORDS = np.random.default_rng(3).integers(1, 60, COUNT)


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    path = tmp_path / "w.duckdb"
    monkeypatch.setenv("SIFT_WORKSPACE", str(path))
    opened = open_workspace(path)
    rows = [Sample(f"Ask {n} <b>*now*</b>.", output="word " * int(words)) for n, words in enumerate(WORDS)]
    add_samples(opened, "run", [Collected(row, Origin("alpaca", "a", str(n))) for n, row in enumerate(rows)])
    numbers = np.arange(COUNT, dtype=np.int32)
    write_column(opened, "words", numbers, WORDS)
    write_column(opened, "links", numbers, np.random.default_rng(9).normal(size=COUNT))
    yield opened
    opened.close()


def decide(workspace, accepted):
    numbers = np.arange(len(accepted))
    add_decisions(workspace, numbers[accepted].tolist(), Decision("accept", "Ada"))
    add_decisions(workspace, numbers[~accepted].tolist(), Decision("reject", "Ada"))


def judge(workspace):
    asked = Adherence()
    ids = [str(row[0]) for row in workspace.execute("SELECT id FROM samples ORDER BY seq")]
    values = np.where(WORDS >= 20, 4, 2)
    scores = [
        Score(one, asked.criteria()[0], float(value), "so", "m", one) for one, value in zip(ids, values, strict=True)
    ]
    add_scores(workspace, "r", asked.name, asked.version(), scores)
    show_as_signals(workspace, asked, "mean")


def opened(page, **state):
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page(f"pages/{page}.py")
    for name, value in state.items():
        test.session_state[name.replace("__", ".")] = value
    test.run()
    assert not test.exception
    return test


def said(test):
    kinds = ("info", "success", "markdown", "caption", "warning")
    return "\n".join(str(one.value) for kind in kinds for one in test.get(kind))


def test_a_bound_is_put_into_the_draft_and_samples_into_the_queue(workspace):
    decide(workspace, WORDS[:DECIDED] + np.random.default_rng(0).integers(-4, 4, DECIDED) >= 20)
    test = opened("filters", filters__view=TEACHING)
    assert "foretells your decisions" in said(test)
    assert "when Words in the answer is higher" in said(test)
    test.button(key="teaching.put.least.words").click().run()
    assert not test.exception
    (rule,) = read_recipe(test.session_state[DRAFT]).rules
    assert (rule.signal, rule.most) == ("words", None)
    assert rule.least == pytest.approx(20, abs=8)
    assert test.button(key="teaching.put.least.words").disabled
    test.button(key="teaching.next").click().run()
    worth = read_numbers(workspace, WORTH)
    chosen = np.flatnonzero(np.isfinite(worth))
    assert len(chosen) == COUNT - DECIDED
    assert chosen.min() == DECIDED
    assert test.session_state["facets"] == Facets(ranges=((WORTH, 1, len(chosen)),)).to_query()


def test_without_sense_or_with_too_few_it_says_so(workspace):
    assert "decided on 0 of 50" in said(opened("filters", filters__view=TEACHING))
    decide(workspace, np.random.default_rng(5).random(DECIDED) < 0.6)
    test = opened("filters", filters__view=TEACHING)
    assert "Nothing that is measured foretells your decisions" in said(test)
    assert "review them at random" in said(test)
    assert not [button for button in test.button if button.key == "teaching.next"]


def test_a_judge_is_compared_with_people_and_its_bound_drafted(workspace):
    state = {"generate__what": JUDGE, "generate__judge__view": AGAINST}
    assert "No judge has judged anything yet" in said(opened("generate", **state))
    judge(workspace)
    assert "decided on 0 of the judged samples" in said(opened("generate", **state))
    decide(workspace, WORDS[:DECIDED] >= 20)
    test = opened("generate", **state)
    assert "4 agrees best with people" in said(test)
    (table,) = (one.value for one in test.dataframe if "κ" in one.value.columns)
    yes = int((WORDS[:DECIDED] >= 20).sum())
    assert table["accepted"].tolist() == [f"{yes} of {DECIDED}"] * len(table)
    test.button(key="judge_check.put").click().run()
    (rule,) = read_recipe(test.session_state[DRAFT]).rules
    assert (rule.least, rule.most) == (4, None)
    cell = test.button(key="judge_check.cell.accepted.yes")
    assert f"{yes:,}" in cell.label
    cell.click().run()
    assert not test.exception
    facets = Facets.from_query(test.session_state["facets"])
    assert facets.states == ("accepted",)
    assert facets.ranges[0][1:] == (4, None)
