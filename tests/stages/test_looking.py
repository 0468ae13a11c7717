"""What the map draws: who is shown, which colour, which names."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from curation.facets import Facets
from curation.stages.finding import find_by_meaning
from curation.stages.frames import STEPS, in_steps
from curation.stages.looking import NONE, OTHER, SHADES, colours, picture_of, titles_of
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.maps import latest_map
from curation.store.signals import write_labels
from tests.pages.filled import COUNT, filled_workspace


@pytest.fixture(scope="module")
def ws(tmp_path_factory) -> Iterator[Workspace]:
    path: Path = tmp_path_factory.mktemp("looking") / "w.duckdb"
    workspace = filled_workspace(path)
    write_labels(workspace, "twelve", {i: f"label {i % 12:02}" for i in range(36)})
    yield workspace
    workspace.close()


def seen(ws, facets=None, colour="state"):
    shown = latest_map(ws)
    assert shown
    return picture_of(ws, shown.id, numbers_of(ws, facets or Facets()), (colour, colours(ws)[colour]))


def test_what_the_filters_leave_out_comes_first_and_is_not_shown(ws):
    facets = Facets(states=("accepted", "rejected"))
    picture = seen(ws, facets)
    assert picture.outside == COUNT - 5
    assert picture.shown.tolist() == numbers_of(ws, facets).tolist() == [0, 1, 2, 3, 4]
    assert sorted(picture.numbers.tolist()) == list(range(COUNT))
    assert seen(ws).stamp != picture.stamp == seen(ws, facets, "cluster").stamp


@pytest.mark.parametrize("colour", ["state", "origin", "method", "split", "cluster", "verb", "words"])
def test_every_kind_of_colour(ws, colour):
    picture = seen(ws, colour=colour)
    assert len(picture.codes) == len(picture.places) == COUNT
    if picture.limits is None:
        counted = {entry.code: entry.samples for entry in picture.entries}
        assert counted == {code: int((picture.codes == code).sum()) for code in set(picture.codes.tolist())}
    else:
        assert picture.limits[0] < picture.limits[1]
        assert {0, SHADES - 1} <= set(picture.codes.tolist()) <= {*range(SHADES), NONE}


def test_split_is_the_one_that_an_export_would_give(ws):
    sizes = {entry.name: entry.samples for entry in seen(ws, colour="split").entries}
    assert sizes.pop("none") == 1  # the rejected one
    assert set(sizes) <= {"train", "validation", "test"}
    assert sum(sizes.values()) == COUNT - 1


def test_eight_labels_get_a_colour_and_the_rest_is_counted(ws):
    entries = {entry.name: (entry.code, entry.samples) for entry in seen(ws, colour="twelve").entries}
    assert len(entries) == 10
    assert entries["4 others"] == (OTHER, 12)
    assert entries["none"] == (NONE, COUNT - 36)


def test_a_label_keeps_its_colour_when_the_map_is_narrowed_down_to_it(ws):
    before = {entry.name: entry.code for entry in seen(ws, colour="twelve").entries}
    for name in ("label 05", "label 11"):
        (entry,) = seen(ws, Facets(labels=(("twelve", name),)), "twelve").entries
        assert entry.name == name
        assert entry.code < 8
        assert entry.code == before.get(name, entry.code)


def test_an_empty_map_is_still_a_picture(ws):
    picture = seen(ws, Facets(text="no sample says this"), "words")
    assert (picture.outside, len(picture.shown), picture.limits) == (COUNT, 0, (0.0, 1.0))
    assert titles_of(ws, picture) == []
    assert seen(ws, Facets(text="no sample says this"), "cluster").entries == ()


def test_titles_lie_in_the_middle_of_what_is_shown(ws):
    picture = seen(ws)
    titles = {title.name: title for title in titles_of(ws, picture)}
    assert set(titles) == {"rivers, bread", "chess, letter"}
    places = picture.places[picture.numbers % 2 == 1].mean(axis=0)
    assert (titles["rivers, bread"].x, titles["rivers, bread"].y) == tuple(np.rint(places).astype(int).tolist())
    assert titles["rivers, bread"].samples == COUNT // 2


@given(arrays(np.float32, st.tuples(st.integers(1, 20), st.just(2)), elements=st.floats(-1e6, 1e6, width=32)))
def test_places_keep_the_form_of_the_map(positions):
    places = in_steps(positions)
    low, span = positions.min(axis=0).astype(np.float64), np.ptp(positions.astype(np.float64), axis=0).max()
    assert places.min(axis=0).tolist() == [0, 0]
    assert places.max() == (STEPS if span else 0)
    assert np.abs(places * (span / STEPS) - (positions - low)).max() <= 0.5001 * span / STEPS + 0.07


def test_no_positions_no_places():
    assert in_steps(np.zeros((0, 2), np.float32)).shape == (0, 2)


def test_by_meaning_refuses_another_model(ws, monkeypatch):
    class Other:
        revision = "other@1"

    from curation.errors import NotReady
    from curation.stages import finding

    monkeypatch.setattr(finding, "chosen_embedder", lambda _: Other())
    with pytest.raises(NotReady, match="laid out with"):
        find_by_meaning(ws, latest_map(ws), "rivers")


def test_by_meaning_gives_the_nearest_first(ws, monkeypatch):
    from curation.stages import finding
    from curation.store.vectors import read_vectors

    shown = latest_map(ws)
    numbers, vectors = read_vectors(ws, shown.model, shown.field)

    class Same:
        revision = shown.model

        def __call__(self, _texts):
            return vectors[[5]]

    monkeypatch.setattr(finding, "chosen_embedder", lambda _: Same())
    found, cosines = find_by_meaning(ws, shown, "anything", 7)
    assert len(found) == 7
    assert found[0] == numbers[5]
    assert cosines.tolist() == sorted((vectors @ vectors[5]).tolist(), reverse=True)[:7]
