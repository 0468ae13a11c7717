"""Two groups on one map: planted overlaps are found."""

import numpy as np
import pytest

from curation.facets import Facets
from curation.layouts import Layout
from curation.sample import Collected, Origin, Sample
from curation.stages.looking import NONE
from curation.stages.overlap import BOTH, ONLY_A, ONLY_B, Group, compare_groups
from curation.stages.sights import GROUPS, Wanted, look
from curation.store import open_workspace
from curation.store.maps import latest_map, write_map
from curation.store.samples import add_samples
from curation.store.signals import write_labels

A, B = Group("origins", "a.jsonl"), Group("origins", "b.jsonl")
CLOUD = 300


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """Clouds of A alone, of A and B (ten to one), and of B alone; then one point of another origin."""
    opened = open_workspace(tmp_path_factory.mktemp("overlap") / "w.duckdb")
    random = np.random.default_rng(0)
    sources, places, clouds = [], [], []
    for cloud, (source, count, middle) in enumerate(
        [("a.jsonl", CLOUD, 0), ("a.jsonl", CLOUD, 20), ("b.jsonl", 30, 20), ("b.jsonl", 30, 40), ("c.jsonl", 1, 40)]
    ):
        sources += [source] * count
        clouds += [cloud] * count
        places.append(random.normal((middle, 0), 1, (count, 2)))
    rows = [Collected(Sample(f"Task {i}", output="x"), Origin("made", s, str(i))) for i, s in enumerate(sources)]
    add_samples(opened, "made", rows)
    numbers = np.arange(len(rows), dtype=np.int32)
    write_map(opened, "made up", "prompt", Layout(), (numbers, np.concatenate(places).astype(np.float32)))
    titles = {0: "left", 1: "middle", 2: "middle", 3: "right", 4: "right"}
    write_labels(opened, "cluster", {i: titles[cloud] for i, cloud in enumerate(clouds)})
    yield opened
    opened.close()


def compared(workspace, within=None):
    shown = latest_map(workspace)
    assert shown
    return compare_groups(workspace, shown.id, (A, B), within or Facets(), workspace.changes)


def test_points_are_told_apart_by_what_lies_around_them(workspace):
    found = compared(workspace)
    assert (found.codes[:CLOUD] == ONLY_A).mean() > 0.98
    assert (found.codes[CLOUD : 2 * CLOUD + 30] == BOTH).mean() > 0.9
    assert (found.codes[2 * CLOUD + 30 : -1] == ONLY_B).mean() > 0.98
    assert found.codes[-1] == -1
    assert found.sizes == (2 * CLOUD, 60)


def test_the_common_part_of_the_densities_is_half(workspace):
    assert compared(workspace).common == pytest.approx(0.5, abs=0.12)


def test_clusters_are_listed_with_both_shares_the_most_different_first(workspace):
    left, right, middle = sorted(compared(workspace).parts, key=lambda part: (part.title == "middle", part.title))
    assert compared(workspace).parts[-1] == middle
    assert (left.title, left.a, left.b, left.where) == ("left", CLOUD, 0, ONLY_A)
    assert (right.title, right.a, right.b, right.where, right.shift) == ("right", 0, 30, ONLY_B, -0.5)
    assert (middle.share_a, middle.share_b, middle.where) == (0.5, 0.5, BOTH)


def test_what_the_filters_leave_out_counts_for_neither(workspace):
    found = compared(workspace, Facets(labels=(("cluster", "left"),)))
    assert found.sizes == (CLOUD, 0)
    assert found.common == 0
    assert [part.title for part in found.parts] == ["left"]


def test_the_map_is_coloured_by_it_and_nothing_is_looked_up_twice(workspace):
    shown = latest_map(workspace)
    assert shown
    wanted = Wanted(Facets(), GROUPS, "label", (A, B))
    sight = look(workspace, shown, wanted)
    assert {entry.name for entry in sight.picture.entries} == {"only a.jsonl", "both", "only b.jsonl", "none"}
    assert (sight.picture.codes == NONE).sum() == 1
    assert look(workspace, shown, wanted) is sight
    write_labels(workspace, "other", {0: "x"})
    assert look(workspace, shown, wanted) is not sight
