"""Seed expansion over HTTP with the practice model: stored, stopped at a cap, resumed, and paid for once (N2, N3)."""

import pytest

from curation import runs
from curation.generators import ModelInputs, ModelParaphrase, TopicTemplates
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.asking import Caps
from curation.stages.practice import NAME
from curation.stages.synthesis import Order, resume_synthesis, synthesis_job
from curation.store import open_workspace
from curation.store.candidates import count_kept, count_rules
from curation.store.runs import read_run, recent_runs
from curation.store.samples import add_samples, count_samples, read_origins
from tests.stages.test_synthesis import asked_of_all

THINGS = ["harbours", "rye bread", "chess", "rain", "landlords", "bees", "violins", "maps", "snow", "bridges"]
METHODS = [
    ModelParaphrase(target=10, per_seed=1, most_similarity=0.95, most_cosine=1, least_meaning=0, max_tokens=400),
    ModelInputs(target=30, per_seed=3, max_tokens=800),
    TopicTemplates(target=12, per_request=6, max_tokens=800),
]


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    samples = [Sample(f"Summarise the text on {thing}.", f"A text on {thing}.", "Short.") for thing in THINGS]
    add_samples(opened, "import", [Collected(one, Origin("seeds", "s.jsonl", one.id, "editing")) for one in samples])
    yield opened
    opened.close()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_a_run_is_stored_and_the_same_order_again_asks_nothing(workspace, method):
    order = Order(method, NAME, tuple(range(10)))
    run_now(workspace, synthesis_job(workspace, order))
    run = recent_runs(workspace, 1)[0]
    kept, samples = count_kept(workspace, run.id)
    assert kept >= 5
    assert samples == count_samples(workspace) - 10
    assert not [rule for rule in count_rules(workspace, run.id) if rule.startswith("no answer")]
    made = [origin for _, origin in read_origins(workspace, 10)]
    assert {origin.method for origin in made} == {method.name}
    asked = len(asked_of_all(workspace))
    run_now(workspace, synthesis_job(workspace, order))
    assert len(asked_of_all(workspace)) == asked
    assert count_samples(workspace) == 10 + samples


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_a_cap_pauses_it_and_a_higher_one_goes_on_without_paying_twice(workspace, method):
    order = Order(method, NAME, tuple(range(10)), Caps(tokens=2500))
    run = runs.start(workspace, synthesis_job(workspace, order))
    runs.wait(run, 30)
    assert read_run(workspace, run).status == "paused"
    resume_synthesis(workspace, run, Caps())
    runs.wait(run, 30)
    assert read_run(workspace, run).status == "done"
    keys = asked_of_all(workspace)
    assert len(keys) == len(set(keys))
