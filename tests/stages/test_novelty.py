"""How new what a run made is, against the samples that it started from."""

import math
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import NotReady
from curation.generators import ModelParaphrase
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.novelty import BARS, is_quick, measure_novelty, novelty
from curation.stages.practice import NAME
from curation.stages.synthesis import Order, synthesis_job
from curation.store import open_workspace
from curation.store.runs import recent_runs
from curation.store.samples import add_samples

TASKS = ["Write a poem about the sea.", "Sort the numbers.", "Explain the rules of chess.", "Name two cities in Peru."]


def test_pairs_that_no_seed_has_are_new_and_each_counts_once():
    found = novelty(["Write a poem."], ["Write a poem on rain.", "Sort the list.", "Please sort the list.", "Why?"])
    assert (found.pairs, found.new_pairs, found.share_new) == (2, 1, 0.5)


@given(st.lists(st.sampled_from(TASKS), max_size=9), st.lists(st.sampled_from([*TASKS, "", "Rain!"]), max_size=9))
def test_every_different_instruction_is_in_one_bar(seeds, kept):
    found = novelty(seeds, kept)
    assert sum(found.bars) == len(found.similarities) == (len(set(kept)) if seeds else 0)
    assert len(found.bars) == BARS
    assert 0 <= found.new_pairs <= found.pairs
    assert math.isnan(found.median) or 0 <= found.median <= 1


def test_a_large_run_is_looked_at_in_equal_steps():
    kept = [f"Describe thing {number}." for number in range(100)]
    found = novelty(TASKS, kept, most=10)
    assert (found.instructions, found.of, len(found.similarities)) == (10, 100, 10)


def test_nothing_to_compare_with_is_no_number():
    assert math.isnan(novelty([], TASKS).median)
    assert math.isnan(novelty(TASKS, []).share_new)


def test_a_run_is_compared_with_the_samples_that_it_started_from(tmp_path):
    with closing(open_workspace(tmp_path / "w.duckdb")) as workspace:
        origin = [Origin("seeds", "seeds.jsonl", f"line {at}") for at in range(len(TASKS))]
        samples = [Collected(Sample(task, output="x"), one) for task, one in zip(TASKS, origin, strict=True)]
        add_samples(workspace, "import", samples)
        method = ModelParaphrase(target=3, most_similarity=1, most_cosine=1, least_meaning=0)
        run_now(workspace, synthesis_job(workspace, Order(method, NAME, (0, 1, 2))))
        run = next(one.id for one in recent_runs(workspace, 5))
        found = measure_novelty(workspace, run)
        assert found.seeds == 3
        assert found.of >= 3
        assert all(0 < one <= 1 for one in found.similarities)
        assert is_quick(workspace, run)
        with pytest.raises(NotReady, match="not written down"):
            measure_novelty(workspace, "import")
