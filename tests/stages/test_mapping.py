"""Maps side by side, samples that come later, clusters and their titles."""

import numpy as np
import pytest

from curation import runs
from curation.errors import NotReady
from curation.layouts import Grouping, Layout
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.embedding import PRECISION, chosen_embedder
from curation.stages.mapping import NONE, choose_map, draw_map, found_map, group_map
from curation.stages.naming import Naming, expect_naming, name_job
from curation.stages.placing import place_job, place_new
from curation.stages.practice import NAME as PRACTICE
from curation.store import open_workspace
from curation.store.charts import clusters_of
from curation.store.maps import latest_map, list_maps, read_clusters, read_positions, read_titles, write_titles
from curation.store.samples import add_samples
from curation.store.settings import write_setting
from curation.store.signals import list_measured, read_labels, read_numbers
from curation.store.vectors import missing_texts, write_vectors

CROWDS = ("poem about rain", "bread recipe with rye", "chess opening for white")


def add(workspace, first, count, field="prompt"):
    """Samples in three crowds, number n in crowd n % 3, embedded with crowds far apart."""
    rows = [
        Collected(Sample(f"{CROWDS[n % 3]} {n}", output=f"Answer {n}"), Origin("alpaca", "a", str(n)))
        for n in range(first, first + count)
    ]
    add_samples(workspace, f"run {first}", rows)
    missing = missing_texts(workspace, "toy", field)
    places = np.array([int(text.split()[-1]) for _, text in missing])
    noise = np.stack([np.random.default_rng(int(n)).normal(size=12) for n in places])
    vectors = np.eye(3, 12)[places % 3] + 0.05 * noise
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    write_vectors(workspace, "toy", [key for key, _ in missing], vectors)


@pytest.fixture
def ws(tmp_path):
    workspace = open_workspace(tmp_path / "w.duckdb")
    add(workspace, 0, 90)
    yield workspace
    workspace.close()


def test_maps_lie_side_by_side_and_the_chosen_one_says_what_clusters_are(ws):
    draw_map(ws, "toy", "prompt", (Layout(), Grouping(number=3)))
    first = latest_map(ws)
    add(ws, 0, 0, "output")
    draw_map(
        ws, "toy", "output", (Layout(neighbours=5, min_distance=0.5, metric="euclidean", seed=3), Grouping(number=2))
    )
    second = latest_map(ws)
    assert [one.id for one in list_maps(ws)] == [second.id, first.id]
    assert second.layout == Layout(neighbours=5, min_distance=0.5, metric="euclidean", seed=3)
    assert len(set(read_labels(ws, "cluster"))) == 2
    before = read_positions(ws, first.id)[1].tobytes()
    choose_map(ws, first.id)
    assert latest_map(ws) == first
    assert len(set(read_labels(ws, "cluster"))) == 3
    assert read_positions(ws, first.id)[1].tobytes() == before
    assert {"neighbour_similarity", "neighbour_similarity_output", "neighbour_sample_output"} <= set(list_measured(ws))
    with pytest.raises(NotReady, match="not there any more"):
        choose_map(ws, "gone")


def test_what_comes_later_is_placed_among_its_like_and_nothing_moves(ws):
    draw_map(ws, "toy", "prompt", (Layout(), Grouping(number=3)))
    shown = latest_map(ws)
    _, before = read_positions(ws, shown.id)
    add(ws, 90, 9)
    assert place_new(ws, shown) == 9
    assert place_new(ws, shown) == 0  # twice is once
    after = read_positions(ws, shown.id)
    assert after[1][:90].tobytes() == before.tobytes()
    apart = np.linalg.norm(after[1][90:, None] - before[None], axis=2)
    assert (apart.argmin(axis=1) % 3).tolist() == [n % 3 for n in range(90, 99)]
    assert (latest_map(ws).samples, latest_map(ws).later) == (99, 9)
    labels = read_labels(ws, "cluster")
    assert all(labels[n] == labels[n % 3] for n in range(90, 99))
    assert np.isfinite(read_numbers(ws, "centre_distance")).all()


def test_a_map_of_another_embedding_model_is_not_mixed(ws):
    draw_map(ws, "toy", "prompt")
    with pytest.raises(NotReady, match="made with the embedding model toy"):
        place_job(ws, latest_map(ws).id)


def test_dense_clusters_leave_the_rest_without_one(ws):
    draw_map(ws, "toy", "prompt")
    shown = latest_map(ws)
    found = group_map(ws, shown, Grouping("hdbscan", 10))
    assert found >= 3
    codes = read_clusters(ws, shown.id)[1]
    labels = np.array(read_labels(ws, "cluster"))
    assert (labels[codes < 0] == NONE).all()
    assert (labels[codes >= 0] != NONE).all()
    assert np.isnan(read_numbers(ws, "centre_distance")[codes < 0]).all()
    assert latest_map(ws).grouping.startswith("HDBSCAN")


def test_a_model_names_clusters_once_and_is_named_itself(ws):
    draw_map(ws, "toy", "prompt", (Layout(), Grouping(number=3)))
    shown = latest_map(ws)
    order = Naming(shown.id, PRACTICE)
    assert expect_naming(ws, order).calls == 3
    assert "3 of 3 clusters named" in run_now(ws, name_job(ws, order))
    titles = read_titles(ws, shown.id)
    assert all(maker for _, maker in titles.values())
    assert {title for title, _ in titles.values()} == set(read_labels(ws, "cluster"))
    asked = ws.execute("SELECT count(*) FROM attempts")
    run_now(ws, name_job(ws, order))
    assert ws.execute("SELECT count(*) FROM attempts") == asked  # nothing is bought twice
    assert read_titles(ws, shown.id) == titles


def test_t1_a_hostile_title_stays_text_and_apart_from_others(ws):
    draw_map(ws, "toy", "prompt", (Layout(), Grouping(number=3)))
    shown = latest_map(ws)
    write_titles(ws, shown.id, {0: "'; DROP TABLE maps; --<script>"}, "m")
    choose_map(ws, shown.id)
    rows = clusters_of(ws, shown.id, np.arange(90, dtype=np.int32))
    assert [one.maker for one in rows if "DROP" in one.title] == ["m"]
    assert sum(one.size for one in rows) == 90


def test_numbers_of_another_kind_are_another_space(ws):
    assert chosen_embedder(ws).revision.endswith(" fp32")
    write_setting(ws, PRECISION, "bf16")
    assert chosen_embedder(ws).revision.endswith(" bf16")
    assert missing_texts(ws, chosen_embedder(ws).revision, "prompt")


def test_a_map_is_found_by_its_key(ws):
    draw_map(ws, "toy", "prompt")
    assert found_map(ws, latest_map(ws).id) == latest_map(ws)
    assert not runs.running(ws)
