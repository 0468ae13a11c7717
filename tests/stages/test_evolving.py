"""Evolution, variants of a domain and refinement over HTTP: stored, traced back to the seeds, never bought twice."""

import pytest

from curation.generators import EvolInstruct, PromptEvolution, Refinement
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.practice import NAME
from curation.stages.seeds import read_seeds
from curation.stages.synthesis import Order, synthesis_job
from curation.store import open_workspace
from curation.store.asked import read_yield
from curation.store.candidates import count_rules, read_rounds
from curation.store.samples import add_samples, count_samples, read_origins, read_samples

ANSWER = "It is a good text about people and how they use small things. It has a short list of practical ideas."
METHODS = [EvolInstruct(rounds=3), PromptEvolution(variants=2, check=True), Refinement()]


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    made = [
        Collected(
            Sample(f"Explain {thing} to {who}.", output=f"{thing.capitalize()}: {ANSWER}"),
            Origin("s", "s", thing + who),
        )
        for thing in ("rain", "chess", "bread", "tides")
        for who in ("a child", "a farmer", "a judge")
    ]
    add_samples(opened, "import-1", made)
    yield opened
    opened.close()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_everything_made_is_stored_with_a_way_back_to_the_seeds(workspace, method):
    order = Order(method, NAME, tuple(range(12)))
    run_now(workspace, synthesis_job(workspace, order))
    run = next(run for run, _ in read_origins(workspace, 12))
    found, total = read_yield(workspace, run), count_samples(workspace)
    assert found.kept == total - 12 >= 4
    assert (
        found.proposed
        == found.kept + sum(count_rules(workspace, run).values())
        == method.wanted(read_seeds(workspace, range(12)))
    )
    ids = {sample.id: number for number, sample in enumerate(read_samples(workspace, range(total)))}
    for number in range(12, total):
        steps, at = 0, number
        while at >= 12:
            origin = read_origins(workspace, at)[0][1]
            assert origin.method == method.name
            at, steps = ids[origin.parents[0]], steps + 1
        assert 1 <= steps <= len(read_rounds(workspace, run))
    run_now(workspace, synthesis_job(workspace, order))
    assert count_samples(workspace) == total
    sent = workspace.execute("SELECT key FROM outcomes WHERE problem <> 'not sent'")
    keys = [key for (key,) in sent]
    assert len(keys) == len(set(keys))
