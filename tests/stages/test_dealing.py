"""What is asked of the splits, what came of it, and why it is not the same."""

import numpy as np
import pytest

from curation.errors import NotReady
from curation.recipe import Splits
from curation.sample import Collected, Origin, Sample
from curation.stages.dealing import Size, Tally, deal
from curation.store import open_workspace
from curation.store.pairs import Edges, write_pairs
from curation.store.samples import add_samples
from curation.store.signals import write_labels

COUNT = 200


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    rows = [
        Collected(Sample(f"Question {i} " + "x" * i, output="A"), Origin("csv", f"{'ab'[i % 2]}.csv", f"line {i}"))
        for i in range(COUNT)
    ]
    add_samples(opened, "run", rows)
    yield opened
    opened.close()


def chained(workspace, members: int) -> None:
    """Near-duplicates of the first so many in a row."""
    a = np.arange(members - 1, dtype=np.int32)
    write_pairs(workspace, "m", "prompt", (0.7, COUNT), Edges(a, a + 1, np.full(members - 1, 0.95, np.float32)))


def test_counts_are_exact_and_the_rest_is_divided(workspace):
    splits = Splits(shares=(("train", 0.75), ("dev", 0.25)), counts=(("gold", 7), ("test", 33)))
    dealt = deal(workspace, range(COUNT), splits)
    assert dealt.sizes == {"train": Size(120, 120), "test": Size(33, 33), "dev": Size(40, 40), "gold": Size(7, 7)}
    assert list(dealt.sizes) == ["train", "test", "dev", "gold"]
    assert dealt.ties == {"near-duplicates": Tally(0, 0), "equal prompts": Tally(0, 0), "relatives": Tally(0, 0)}


def test_a_group_that_is_too_large_is_named_as_the_reason(workspace):
    chained(workspace, 120)
    splits = Splits(shares=(("train", 0.5), ("test", 0.5)))
    dealt = deal(workspace, list(reversed(range(COUNT))), splits)
    held, other = sorted(dealt.sizes.values(), key=lambda size: -size.got)
    assert (held.asked, held.got, other.asked, other.got) == (100, 120, 100, 80)
    for size in (held, other):
        assert (
            "One group of 120 samples that belong together (near-duplicates; for example “Question 119 xxx"
            in size.reason
        )
        assert "is larger than" in size.reason
        assert "…”" in size.reason
    assert dealt.ties["near-duplicates"] == Tally(119, 0)
    assert dealt.threshold == pytest.approx(0.9)


@pytest.mark.parametrize("members", [2, 20, 90])
def test_a_group_that_fits_changes_no_size(workspace, members):
    chained(workspace, members)
    dealt = deal(workspace, range(COUNT), Splits())
    assert [(size.got, size.reason) for size in dealt.sizes.values()] == [(180, ""), (10, ""), (10, "")]


@pytest.mark.parametrize("by", ["origin", "language"])
def test_a_label_of_choice_is_spread_evenly(workspace, by):
    write_labels(workspace, "language", dict.fromkeys(range(40), "de"))
    dealt = deal(workspace, range(COUNT), Splits(by=by))
    found = [list(dealt.assignment.values())[i] for i in (range(0, COUNT, 2) if by == "origin" else range(40))]
    shares = {name: found.count(name) / len(found) for name in dealt.sizes}
    assert shares == {"train": 0.9, "validation": 0.05, "test": 0.05}


def test_without_a_label_and_with_one_that_is_not_measured_the_sizes_stay(workspace):
    for by in ("", "nothing of the kind"):
        assert [size.got for size in deal(workspace, range(COUNT), Splits(by=by)).sizes.values()] == [180, 10, 10]


def test_the_order_of_the_samples_changes_nothing(workspace):
    """N10."""
    chained(workspace, 9)
    forward = deal(workspace, range(COUNT), Splits(seed=4, by="origin")).assignment
    assert deal(workspace, list(reversed(range(COUNT))), Splits(seed=4, by="origin")).assignment == forward


def test_more_than_there_is(workspace):
    with pytest.raises(NotReady, match="200 go out"):
        deal(workspace, range(COUNT), Splits(shares=(("train", 1.0),), counts=(("test", 200),)))
