"""Labels, what they say, and which pair comes next."""

from pathlib import Path

import numpy as np
import pytest

from curation.duplicates import OURS
from curation.sample import Collected, Origin, Sample
from curation.stages.calibrating import calibration, next_pair
from curation.stages.comparing import Comparison, comparison
from curation.store import Workspace, open_workspace
from curation.store.pair_labels import Said, add_pair_label, pair_verdicts
from curation.store.pairs import Edges, write_pairs
from curation.store.samples import add_samples

PAIRS = 60


@pytest.fixture
def ws(tmp_path: Path):
    workspace = open_workspace(tmp_path / "w.duckdb")
    rows = [Collected(Sample(f"Name {n} of them"), Origin("test", "here", str(n))) for n in range(2 * PAIRS + 1)]
    add_samples(workspace, "run", rows)
    even = np.arange(0, 2 * PAIRS, 2, dtype=np.int32)
    near = np.linspace(0.71, 0.99, PAIRS).astype(np.float32)
    copies = np.array([[0, 2 * PAIRS]], np.int32)
    write_pairs(workspace, "m", "prompt", (0.7, 2 * PAIRS + 1), Edges(even, even + 1, near, copies))
    yield workspace
    workspace.close()


def found_in(ws: Workspace) -> Comparison:
    found = comparison(ws)
    assert found is not None
    return found


def label(ws: Workspace, n: int, is_same: bool) -> None:
    add_pair_label(ws, Said(2 * n, 2 * n + 1, "duplicate" if is_same else "distinct", "me"))


def test_until_there_are_enough_labels_nothing_is_proposed(ws: Workspace) -> None:
    for n in range(29):
        label(ws, n, n > 20)
    said = calibration(found_in(ws))
    assert (said.proposal, found_in(ws).scorer, said.missing, said.at(0.9)) == (None, OURS, 1, None)
    label(ws, 40, True)
    said = calibration(found_in(ws))
    assert said.proposal is not None
    assert found_in(ws).scorer != OURS
    assert said.proposal.best.f1 > 0.95
    assert 0.8 < said.proposal.best.threshold < 0.86
    assert calibration(found_in(ws)) is said
    assert sum(band.labels for band in said.bands) == 30


def test_labels_of_pairs_that_are_not_stored_do_not_count(ws: Workspace) -> None:
    add_pair_label(ws, Said(1, 2, "duplicate", "me"))
    add_pair_label(ws, Said(1, 2 * PAIRS, "duplicate", "me"))  # a copy of sample 0
    said = calibration(found_in(ws))
    assert said.similarity.tolist() == [np.float32(0.71)]
    assert len(said.labels) == 2


def test_the_next_pair_is_the_nearest_that_nobody_labelled(ws: Workspace) -> None:
    found = found_in(ws)
    first = next_pair(found, [], 0.85)
    assert first is not None
    second = next_pair(found, [(first.a, first.b)], 0.85)
    assert second is not None
    assert second != first
    assert abs(first.similarity - 0.85) <= abs(second.similarity - 0.85) < 0.01


def test_pairs_over_all_similarities_fill_the_bands_alike_and_end(ws: Workspace) -> None:
    for _ in range(30):
        found = found_in(ws)
        labelled = pair_verdicts(ws)
        pair = next_pair(found, labelled, None)
        assert pair is not None
        assert pair == next_pair(found, labelled, None)
        add_pair_label(ws, Said(pair.a, pair.b, "duplicate", "me"))
    assert [band.labels for band in calibration(found_in(ws)).bands] == [5] * 6
    everything = [(2 * n, 2 * n + 1) for n in range(PAIRS)]
    assert next_pair(found_in(ws), everything, None) is None
    assert next_pair(found_in(ws), everything, 0.9) is None
