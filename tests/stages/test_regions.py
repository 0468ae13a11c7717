"""A region of a map: what was drawn, what lies inside, and what a run that was aimed there made."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.errors import NotReady
from curation.generators import SelfInstruct
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.embedding import look_job
from curation.stages.enclosed import read_shape
from curation.stages.frames import STEPS, Frame, frame_of, in_steps
from curation.stages.practice import NAME
from curation.stages.regions import Region, drawn_region, is_inside, landed, region_around, region_of
from curation.stages.surroundings import surroundings
from curation.stages.synthesis import Order, read_order, synthesis_job
from curation.store import open_workspace
from curation.store.maps import latest_map, read_positions
from curation.store.origins import first_made_by
from curation.store.runs import recent_runs
from curation.store.samples import add_samples, count_samples

FRAME = Frame(-2.0, 1.0, 4.0)
coordinates = st.floats(-2, 2, width=32)


def box(low, high):
    return read_shape({"kind": "box", "corners": [list(low), list(high)]})


@settings(deadline=None)
@given(st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=50))
def test_steps_and_positions_are_each_others_inverse(pairs):
    positions = np.array(pairs, np.float32)
    frame = frame_of(positions)
    steps = in_steps(positions, frame)
    assert np.abs(frame.positions(steps.astype(np.float64)) - positions).max() <= frame.side / STEPS


def test_shapes_add_and_take_out_as_they_were_drawn():
    drawn = [("new", box((0, 0), (40_000, 40_000))), ("remove", box((0, 0), (20_000, 20_000)))]
    drawn.append(("add", box((60_000, 60_000), (65_000, 65_000))))
    region = drawn_region("map", FRAME, drawn)
    assert region
    steps = np.array([(10_000, 10_000), (30_000, 30_000), (61_000, 61_000), (50_000, 50_000)], np.float64)
    positions = FRAME.positions(steps).astype(np.float32)
    assert is_inside(region, positions, FRAME).tolist() == [False, True, True, False]
    assert Region.from_json(region.to_json()) == region


def test_a_click_draws_no_line():
    click = read_shape({"kind": "click", "corners": [[1, 1]], "reach": 5})
    assert drawn_region("map", FRAME, [("new", click)]) is None
    assert drawn_region("map", FRAME, [("new", box((0, 0), (9, 9))), ("add", click)]) is None
    assert drawn_region("map", FRAME, []) is None


@settings(deadline=None)
@given(st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=40))
def test_an_outline_holds_nine_in_ten_of_its_points(pairs):
    positions = np.array(pairs, np.float32) + np.array([0, 3], np.float32)
    region = region_around("map", FRAME, positions)
    assert is_inside(region, positions, FRAME).mean() >= 0.9


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    opened = open_workspace(tmp_path_factory.mktemp("regions") / "w.duckdb")
    things = ["a quiet harbour", "bread", "chess", "rain", "a letter", "a river", "a mountain", "music"]
    verbs = ["Describe", "Compare", "List", "Explain", "Translate", "Sort"]
    rows = [
        Collected(Sample(f"{verb} {thing}.", output="An answer."), Origin("seeds", "seeds.jsonl", f"{verb} {thing}"))
        for verb in verbs
        for thing in things
    ]
    add_samples(opened, "import-1", rows)
    run_now(opened, look_job(opened))
    yield opened
    opened.close()


def test_what_a_run_made_is_placed_and_the_share_in_its_region_is_told(workspace):
    shown = latest_map(workspace)
    assert shown
    numbers, positions = read_positions(workspace, shown.id)
    frame = frame_of(positions)
    left = drawn_region(shown.id, frame, [("new", box((-STEPS, -STEPS), (STEPS // 2, 2 * STEPS)))])
    assert left
    order = Order(SelfInstruct(target=6), NAME, tuple(numbers.tolist()), region=left)
    before = count_samples(workspace)
    note = run_now(workspace, synthesis_job(workspace, order))
    run = recent_runs(workspace, 1)[0].id
    found = landed(workspace, run)
    assert found
    assert read_order(workspace, run).region == region_of(workspace, run) == left
    assert first_made_by(workspace, run).tolist() == list(range(before, count_samples(workspace)))
    assert found.made == found.placed == count_samples(workspace) - before >= 6
    there, after = read_positions(workspace, shown.id)
    new = there >= before
    assert np.array_equal(after[~new], positions)
    middle = frame.x + frame.side / 2
    assert found.inside == tuple(there[new & (after[:, 0] <= middle)].tolist())
    assert found.others == pytest.approx(float((positions[:, 0] <= middle).mean()), abs=0.03)
    assert note.endswith(found.sentence())
    run_now(workspace, synthesis_job(workspace, order))
    assert len(read_positions(workspace, shown.id)[0]) == count_samples(workspace)


def test_a_run_that_cannot_be_placed_says_why_and_keeps_what_it_made(workspace):
    order = Order(SelfInstruct(target=3, seed=9), NAME, tuple(range(20)), region=Region("gone", (("new", ((0, 0),)),)))
    note = run_now(workspace, synthesis_job(workspace, order))
    assert "could not be placed on the map" in note
    with pytest.raises(NotReady):
        landed(workspace, recent_runs(workspace, 1)[0].id)


def test_a_run_that_was_aimed_at_nothing_landed_nowhere(workspace):
    run_now(workspace, synthesis_job(workspace, Order(SelfInstruct(target=3), NAME, tuple(range(20)))))
    assert landed(workspace, recent_runs(workspace, 1)[0].id) is None


def test_surroundings_are_the_nearest_that_are_not_given(workspace):
    shown = latest_map(workspace)
    assert shown
    near = surroundings(workspace, shown, [0, 1], each=3)
    assert 3 <= len(near) <= 6
    assert not {0, 1} & set(near)
    assert near[0] in surroundings(workspace, shown, [0, 1], each=40)[:2]
    assert surroundings(workspace, shown, [0, 1], each=3, limit=2) == near[:2]
    assert surroundings(workspace, shown, []) == []
