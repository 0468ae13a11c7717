"""What a plan chose against random samples: computed by a run, kept, and never shown for another plan."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from curation.diversity.metrics import METRICS
from curation.errors import NotReady
from curation.runs import run_now
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.measuring import measure
from curation.stages.subset import CHOSEN, RANDOM, compute, subset_job, subset_numbers
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples

COUNT, VARIED = 800, 200
INSIDE = np.arange(COUNT, dtype=np.int32)
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "inlet", "jetty", "kelp", "larch")


def nothing(_done: int, _requested: int) -> None:
    """A step that nobody watches."""


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """Two hundred varied instructions, then six hundred that hardly differ."""
    opened = open_workspace(tmp_path / "w.duckdb")
    chance = np.random.default_rng(3)
    varied = [f"Explain {' '.join(chance.choice(WORDS, 8))} {at}." for at in range(VARIED)]
    alike = [f"Write a poem about the very same river {at}." for at in range(COUNT - VARIED)]
    made = (Sample(text, output=f"Answer {at}") for at, text in enumerate(varied + alike))
    add_samples(opened, "run", [Collected(one, Origin("test", "here", one.instruction)) for one in made])
    yield opened
    opened.close()


def test_the_varied_samples_are_told_from_random_ones_and_a_random_choice_is_not(ws):
    chosen = INSIDE[:VARIED]
    note = compute(ws, "prompt", chosen, INSIDE, nothing)
    assert note.startswith(f"{len(METRICS)} numbers computed for the plan and for random samples, from draws of 50")
    found = {(row.kind, row.metric): row for row in subset_numbers(ws, "prompt", chosen, INSIDE)}
    assert len(found) == 2 * len(METRICS)
    ours, random = found[CHOSEN, "compression"], found[RANDOM, "compression"]
    assert ours.high < random.low  # less can be squeezed out of them
    assert (ours.samples, random.samples, ours.size, random.size) == (VARIED, VARIED, 50, 50)
    drawn = np.sort(np.random.default_rng(1).choice(COUNT, VARIED, replace=False)).astype(np.int32)
    compute(ws, "prompt", drawn, INSIDE, nothing)
    again = {(row.kind, row.metric): row for row in subset_numbers(ws, "prompt", drawn, INSIDE)}
    ours = again[CHOSEN, "compression"]
    assert ours.low <= again[RANDOM, "compression"].high
    assert again[RANDOM, "compression"] == random  # it is about what is in and the size alone


def test_the_numbers_belong_to_one_plan_in_any_order_and_to_one_text(ws):
    chosen = INSIDE[20:100]
    run_now(ws, subset_job(ws, "prompt", chosen, INSIDE))
    rows = subset_numbers(ws, "prompt", chosen, INSIDE)
    assert rows
    assert subset_numbers(ws, "prompt", chosen[::-1].copy(), INSIDE) == rows
    assert subset_numbers(ws, "prompt", INSIDE[20:101], INSIDE) == ()
    assert subset_numbers(ws, "prompt", chosen, INSIDE[:-1]) == ()
    assert subset_numbers(ws, "output", chosen, INSIDE) == ()
    run_now(ws, subset_job(ws, "output", chosen, INSIDE))
    assert subset_numbers(ws, "output", chosen, INSIDE)
    assert subset_numbers(ws, "prompt", chosen, INSIDE) == rows


def test_measuring_makes_them_out_of_date_and_a_decision_alone_does_not(ws):
    chosen = INSIDE[:100]
    compute(ws, "prompt", chosen, INSIDE, nothing)
    rows = subset_numbers(ws, "prompt", chosen, INSIDE)
    add_decisions(ws, [3], Decision("accept", "me"))
    assert subset_numbers(ws, "prompt", chosen, INSIDE) == rows
    measure(ws, nothing)
    assert subset_numbers(ws, "prompt", chosen, INSIDE) == ()


def test_labels_that_half_of_the_samples_have_are_counted_by_half(ws):
    measure(ws, nothing)
    chosen = INSIDE[:VARIED]
    compute(ws, "prompt", chosen, INSIDE, nothing)
    found = {(row.kind, row.metric): row for row in subset_numbers(ws, "prompt", chosen, INSIDE)}
    assert found[RANDOM, "categories"].value is None
    assert found[RANDOM, "categories"].samples == 0
    assert found[RANDOM, "verb_object_number"].samples <= VARIED


def test_what_cannot_be_compared_says_why(ws):
    with pytest.raises(NotReady, match="need 40 samples"):
        compute(ws, "prompt", INSIDE[:39], INSIDE, nothing)
    with pytest.raises(NotReady, match="takes all that is in"):
        compute(ws, "prompt", INSIDE, INSIDE, nothing)
