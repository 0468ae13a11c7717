"""Backtranslation and adapting in a workspace: the real client over HTTP, the practice model, the real embeddings."""

from pathlib import Path

import pytest

from curation.generators import MODEL_GENERATORS
from curation.practice import PRACTICE_MODEL
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.practice import NAME
from curation.stages.synthesis import Order, expect, preview, read_order, synthesis_job
from curation.store import open_workspace
from curation.store.candidates import count_kept, count_rules
from curation.store.runs import recent_runs
from curation.store.samples import add_samples, read_origins

THINGS = ["a quiet harbour", "two kinds of bread", "the rules of chess", "how rain forms", "a letter to a landlord"]
LONG = "A harbour is a place where ships are safe from wind and waves, and where goods go from sea to land. "
METHODS = {
    "document_backtranslation": {
        "path": Path(__file__).parents[1] / "documents" / "handbook.md",
        "least_score": 4,
        "least_characters": 100,
        "most_characters": 300,
    },
    "answer_backtranslation": {"least_score": 4},
    "paraphrase_backtranslation": {"ask_model": True},
    "round_trip": {"pivots": ("German", "French"), "one_trip": True},
    "adapt": {"languages": ("German", "Spanish")},
}


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    made = [
        Collected(
            Sample(f"Explain {thing} to a visitor.", output=f"{LONG}This one is {thing}."), Origin("a", "b", thing)
        )
        for thing in THINGS
    ]
    add_samples(opened, "import-1", made)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", METHODS)
def test_a_run_is_stored_as_it_was_said_and_the_second_one_is_free(workspace, name):
    order = Order(MODEL_GENERATORS[name](**METHODS[name]), NAME, tuple(range(len(THINGS))))
    expected = expect(workspace, order)
    seen = preview(workspace, order)
    run_now(workspace, synthesis_job(workspace, order))
    run = next(one.id for one in recent_runs(workspace) if one.kind == "generate")
    kept, _ = count_kept(workspace, run)
    assert kept > 0
    assert kept + sum(count_rules(workspace, run).values()) >= len(seen)
    (origin,) = (origin for origin_run, origin in read_origins(workspace, len(THINGS)) if origin_run == run)
    assert origin.prompt_hash
    assert origin.model == PRACTICE_MODEL
    assert read_order(workspace, run).method == order.method
    sent = count_sent(workspace)
    assert 0.4 <= sent / expected.calls <= 2.5
    run_now(workspace, synthesis_job(workspace, order))
    assert count_sent(workspace) == sent


def count_sent(workspace):
    return workspace.execute("SELECT count(*) FROM outcomes WHERE problem <> 'not sent'")[0][0]
