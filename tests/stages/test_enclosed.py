"""What lies inside a shape: against arithmetic without rounding, on edges, in lassos that cross themselves, at size."""

import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.errors import BadInput
from curation.stages.enclosed import inside, read_shape, selected
from curation.stages.frames import STEPS
from curation.stages.looking import Picture

steps = st.integers(0, STEPS)
near = st.integers(0, 12)


def shape(kind, *corners, reach=0.0):
    return read_shape({"kind": kind, "corners": [list(corner) for corner in corners], "reach": reach})


def winding(corners, x, y):
    """How often the outline winds around a point, counted edge by edge in fractions."""
    turns = 0
    exact = [(Fraction(a), Fraction(b)) for a, b in corners]
    for (ax, ay), (bx, by) in zip(exact, exact[1:] + exact[:1], strict=True):
        side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
        turns += (ay <= y < by and side > 0) - (by <= y < ay and side < 0)
    return turns


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(near, near), min_size=3, max_size=9),
    st.lists(st.tuples(near, near), min_size=1, max_size=20),
    st.sampled_from([1, 16, 255, 256, 1000, 5461]),
)
def test_a_lasso_holds_what_its_outline_winds_around(corners, points, size):
    """Small whole numbers, so that corners, edges and points meet all the time; also where cells of the grid meet."""
    corners = [(x * size, y * size) for x, y in corners]
    places = np.array([(min(STEPS, x * size), min(STEPS, y * size)) for x, y in points], np.uint16)
    wanted = [row for row, (x, y) in enumerate(places.tolist()) if winding(corners, x, y)]
    assert inside(shape("lasso", *corners), places).tolist() == wanted


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-20_000, 90_000), st.integers(-20_000, 90_000)), min_size=3, max_size=12), st.data()
)
def test_a_lasso_of_any_size_too(corners, data):
    places = np.array(data.draw(st.lists(st.tuples(steps, steps), min_size=1, max_size=25)), np.uint16)
    corners = [(x + 1 / 16, y - 3 / 16) for x, y in corners]
    wanted = [row for row, (x, y) in enumerate(places.tolist()) if winding(corners, x, y)]
    assert inside(shape("lasso", *corners), places).tolist() == wanted


def test_a_star_holds_its_middle_and_two_loops_hold_both():
    star = [(500, 0), (800, 1000), (0, 350), (1000, 350), (200, 1000)]
    eight = [(0, 0), (1000, 1000), (1000, 0), (0, 1000)]
    places = np.array([(500, 520), (990, 995), (100, 500), (900, 500), (500, 900)], np.uint16)
    assert inside(shape("lasso", *star), places).tolist() == [0]
    assert inside(shape("lasso", *eight), places).tolist() == [2, 3]


def test_neighbouring_lassos_share_no_point():
    places = np.array([(x, y) for x in range(40) for y in range(40)], np.uint16)
    left = inside(shape("lasso", (0, 0), (20, 0), (20, 40), (0, 40)), places)
    right = inside(shape("lasso", (20, 0), (40, 0), (40, 40), (20, 40)), places)
    assert len(left) + len(right) == len(places) == len(np.union1d(left, right))


def test_a_box_holds_its_edges_whichever_way_it_was_drawn():
    places = np.array([(10, 10), (20, 30), (15, 31), (9, 20)], np.uint16)
    for one, other in (((10, 10), (20, 30)), ((20, 10), (10, 30)), ((20.04, 30.9), (9.96, 9.1))):
        assert inside(shape("box", one, other), places).tolist() == [0, 1]


def test_a_click_takes_the_nearest_within_reach():
    places = np.array([(100, 100), (104, 100), (300, 300)], np.uint16)
    assert inside(shape("click", (103, 100), reach=5), places).tolist() == [1]
    assert inside(shape("click", (102, 100), reach=2), places).tolist() == [0]  # both as near: the first
    assert inside(shape("click", (200, 200), reach=5), places).tolist() == []


def test_a_million_points_take_a_tenth_of_a_second():
    places = np.random.default_rng(1).integers(0, STEPS + 1, (1_000_000, 2)).astype(np.uint16)
    angles = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    wavy = 28_000 * (1 + 0.1 * np.cos(9 * angles))
    lasso = shape("lasso", *np.stack([32_768 + wavy * np.cos(angles), 32_768 + wavy * np.sin(angles)], axis=1))
    best = min(_timed(lasso, places) for _ in range(5))
    assert best < 0.5, f"{best:.3f} s"  # 0.05 s on an idle machine; tests run on busy ones


def _timed(lasso, places):
    start = time.process_time()
    assert len(inside(lasso, places)) > 500_000
    return time.process_time() - start


def picture():
    places = np.array([(0, 0), (10, 10), (20, 20), (30, 30)], np.uint16)
    return Picture(np.array([7, 3, 9, 11], np.int32), places, 1, np.zeros(4, np.uint8))


def test_only_what_is_shown_can_be_selected():
    """I7: the point outside the filters lies in the box and is not counted."""
    all_of_it = shape("box", (0, 0), (100, 100))
    assert selected(picture(), all_of_it, np.zeros(0, np.int32), "new").tolist() == [3, 9, 11]


def test_shapes_add_and_remove():
    before = np.array([3, 11], np.int32)
    middle = shape("box", (5, 5), (25, 25))
    assert selected(picture(), middle, before, "new").tolist() == [3, 9]
    assert selected(picture(), middle, before, "add").tolist() == [3, 9, 11]
    assert selected(picture(), middle, before, "remove").tolist() == [11]


@pytest.mark.parametrize(
    "drawn",
    [
        {},
        {"kind": "lasso"},
        {"kind": "lasso", "corners": [[0, 0], [1, 1]]},
        {"kind": "box", "corners": [[0, 0]]},
        {"kind": "star", "corners": [[0, 0]]},
        {"kind": "click", "corners": [[0, float("nan")]]},
        {"kind": "click", "corners": [[0, 1, 2]]},
        {"kind": "click", "corners": [["x", "y"]]},
        {"kind": "click", "corners": [[0, 0]], "reach": "far"},
        {"kind": "lasso", "corners": [[0, 0]] * 6000},
        {"kind": "lasso", "corners": "<img>"},
    ],
)
def test_what_is_no_shape_is_refused(drawn):
    with pytest.raises(BadInput, match="draw it again"):
        read_shape(drawn)


def test_corners_far_outside_are_brought_near():
    huge = shape("lasso", (-1e300, -1e300), (1e300, -1e300), (1e300, 1e300), (-1e300, 1e300))
    assert len(inside(huge, np.array([(0, 0), (STEPS, STEPS)], np.uint16))) == 2
