"""What people say about pairs: events that are only ever added, the newest counts, the same twice is one."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from curation.errors import NotReady
from curation.sample import Collected, Origin, Sample
from curation.store import Workspace, open_workspace
from curation.store.pair_labels import Said, add_pair_label, pair_verdicts, undo_pair_label
from curation.store.pairs import Edges
from curation.store.ranks import read_ranks
from curation.store.samples import add_samples


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "w.duckdb")
    yield workspace
    workspace.close()


def test_the_newest_label_of_a_pair_counts_in_whichever_order_it_is_given(ws: Workspace) -> None:
    add_pair_label(ws, Said(3, 7, "duplicate", "me"))
    add_pair_label(ws, Said(7, 3, "distinct", "you"))
    add_pair_label(ws, Said(1, 2, "duplicate", "me"))
    assert pair_verdicts(ws) == {(3, 7): False, (1, 2): True}


def test_n6_the_same_event_twice_is_one(ws: Workspace) -> None:
    for _ in range(2):
        assert add_pair_label(ws, Said(0, 1, "duplicate", "me", "press")) == "press"
    add_pair_label(ws, Said(0, 2, "distinct", "me", "press"))
    assert ws.execute("SELECT count(*) FROM pair_labels") == [(1,)]
    assert undo_pair_label(ws, "me") == (0, 1)
    assert pair_verdicts(ws) == {}
    with pytest.raises(NotReady):
        undo_pair_label(ws, "me")


def test_undo_is_an_event_and_brings_back_what_was_said_before(ws: Workspace) -> None:
    add_pair_label(ws, Said(0, 1, "duplicate", "me"))
    add_pair_label(ws, Said(0, 1, "distinct", "me"))
    add_pair_label(ws, Said(0, 2, "distinct", "you"))
    undo_pair_label(ws, "me")
    assert pair_verdicts(ws) == {(0, 1): True, (0, 2): False}
    assert ws.execute("SELECT label FROM pair_labels ORDER BY seq") == [
        ("duplicate",), ("distinct",), ("distinct",), ("undo",)
    ]  # fmt: skip


def preferred(ws: Workspace) -> list[int]:
    """The samples that a person chose to stay, the latest last."""
    chosen = read_ranks(ws).preferred
    return [int(sample) for sample in np.argsort(chosen) if chosen[sample]]


def test_of_a_pair_the_sample_chosen_last_is_preferred(ws: Workspace) -> None:
    add_samples(ws, "run", [Collected(Sample(f"Task {n}."), Origin("t", "t", str(n))) for n in range(10)])
    add_pair_label(ws, Said(5, 2, "keep a", "me"))
    assert preferred(ws) == [5]
    add_pair_label(ws, Said(2, 5, "keep a", "me"))
    add_pair_label(ws, Said(8, 9, "keep b", "me"))
    assert preferred(ws) == [2, 9]
    undo_pair_label(ws, "me")
    undo_pair_label(ws, "me")
    assert preferred(ws) == [5]
    assert pair_verdicts(ws) == {}


def test_a_pair_is_two_samples(ws: Workspace) -> None:
    with pytest.raises(ValueError, match="no label"):
        add_pair_label(ws, Said(1, 1, "duplicate", "me"))


def test_labels_find_their_pairs_also_by_copies() -> None:
    edges = Edges(
        np.array([0, 0, 1], np.int32), np.array([1, 2, 2], np.int32), np.full(3, 0.9, np.float32),
        np.array([[0, 4], [0, 5], [2, 6]], np.int32),
    )  # fmt: skip
    assert edges.together([]).tolist() == [False, False, False]
    assert edges.together([(2, 0), (9, 1)]).tolist() == [False, True, False]
    assert edges.together([(4, 1), (1, 6)]).tolist() == [True, False, True]
    assert edges.with_apart([(4, 1)]) is edges
    assert edges.with_apart([(4, 0)]).copies.tolist() == [[0, 5], [2, 6]]
    assert edges.with_apart([(4, 5)]).copies.tolist() == [[0, 4], [2, 6]]
