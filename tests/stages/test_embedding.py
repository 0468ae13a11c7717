"""What the vectors say of each sample is kept as signals; what is stopped keeps what was done."""

import numpy as np
import pytest

from curation.errors import Cancelled
from curation.layouts import Layout
from curation.mapping import centre_distances, neighbours, place
from curation.sample import Collected, Origin, Sample
from curation.stages.embedding import WRITE_EVERY, embed
from curation.stages.mapping import draw_map, seconds_for
from curation.store import open_workspace
from curation.store.maps import list_maps, read_positions
from curation.store.samples import add_samples
from curation.store.signals import list_measured, read_labels, read_numbers
from curation.store.vectors import missing_texts, write_vectors


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_the_distance_to_a_centre_is_that_of_the_mean_direction():
    rows = unit(np.array([[1.0, 0], [0, 1], [1, 0], [-1, 0]]))
    found = centre_distances(rows, np.array([0, 0, 1, 1], np.int32))
    half = 1 - np.sqrt(0.5)
    assert found == pytest.approx([half, half, 1, 1], abs=1e-6)  # the last two cancel out
    assert found.dtype == np.float32
    assert len(centre_distances(rows[:0], np.empty(0, np.int32))) == 0


def test_known_neighbours_give_the_same_map():
    rows = unit(np.random.default_rng(3).normal(size=(40, 8)))
    assert (
        place(rows, Layout(neighbours=10)).tobytes()
        == place(rows, Layout(neighbours=10), found=neighbours(rows, 9)).tobytes()
    )


@pytest.mark.parametrize("count", [1, 2, 30])
def test_a_map_leaves_the_nearest_sample_and_the_distance_to_the_centre(tmp_path, count):
    workspace = open_workspace(tmp_path / "w.duckdb")
    add_samples(
        workspace, "run", [Collected(Sample(f"Name river {n}."), Origin("alpaca", "a", str(n))) for n in range(count)]
    )
    missing = missing_texts(workspace, "toy", "prompt")
    rows = unit(np.random.default_rng(7).normal(size=(count, 6)))
    write_vectors(workspace, "toy", [name for name, _ in missing], rows)
    assert draw_map(workspace, "toy", "prompt") == count
    assert draw_map(workspace, "toy", "prompt") == count  # twice is once
    distance = read_numbers(workspace, "centre_distance")
    assert ((distance >= 0) & (distance <= 2)).all()
    assert "" not in read_labels(workspace, "cluster")
    if count == 1:
        assert "neighbour_sample" not in list_measured(workspace)
    else:
        order = [int(text.split()[-1].rstrip(".")) for _, text in missing]
        cosines = rows[np.argsort(order)] @ rows[np.argsort(order)].T - 3 * np.eye(count)
        assert read_numbers(workspace, "neighbour_sample").tolist() == cosines.argmax(axis=1).tolist()
        assert read_numbers(workspace, "neighbour_similarity") == pytest.approx(cosines.max(axis=1), abs=1e-6)
    workspace.close()


class Toy:
    """An embedding model of a hundred texts a batch that counts what it is given."""

    revision = "toy"

    def __init__(self):
        self.seen = 0

    def embed_batches(self, texts):
        for start in range(0, len(texts), 100):
            some = np.arange(start, min(start + 100, len(texts)))
            self.seen += len(some)
            yield some, unit(np.random.default_rng(start).normal(size=(len(some), 6)))


def stopping(after):
    def step(done, _total):
        if done >= after:
            raise Cancelled("Stopped.")

    return step


@pytest.fixture
def rivers(tmp_path):
    workspace = open_workspace(tmp_path / "w.duckdb")
    add_samples(
        workspace, "run", [Collected(Sample(f"Name river {n}."), Origin("alpaca", "a", str(n))) for n in range(1000)]
    )
    yield workspace
    workspace.close()


def test_embedding_that_is_stopped_keeps_what_is_done_and_goes_on_from_there(rivers):
    assert WRITE_EVERY < 700
    with pytest.raises(Cancelled):
        embed(rivers, Toy(), "prompt", stopping(700))
    assert len(missing_texts(rivers, "toy", "prompt")) == 300
    again = Toy()
    assert embed(rivers, again, "prompt", lambda _done, _total: None) == again.seen == 300
    assert missing_texts(rivers, "toy", "prompt") == []


def test_a_map_that_is_stopped_leaves_the_one_before(rivers):
    embed(rivers, Toy(), "prompt", lambda _done, _total: None)
    draw_map(rivers, "toy", "prompt")
    before = list_maps(rivers), read_positions(rivers, list_maps(rivers)[0].id)[1].tobytes()
    seen = []
    draw_map(rivers, "toy", "prompt", step=lambda done, total: seen.append((done, total)))
    for at in (0, len(seen) // 2, len(seen) - 1):
        calls = iter(range(len(seen)))

        def step(_done, _total, calls=calls, at=at):
            if next(calls) == at:
                raise Cancelled("Stopped.")

        with pytest.raises(Cancelled):
            draw_map(rivers, "toy", "prompt", step=step)
        kept = list_maps(rivers)
        assert [one.id for one in kept] == [one.id for one in before[0]]
        assert read_positions(rivers, kept[0].id)[1].tobytes() == before[1]


def test_the_time_for_a_map_grows_with_the_square():
    assert seconds_for(1000) < 1
    assert 15 < seconds_for(52_002) < 40
    assert 40 * 60 < seconds_for(1_000_000) < 80 * 60
