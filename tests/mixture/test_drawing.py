"""Which samples go out: as many as settled, each as often as the others, people's first as far as needed."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from curation.mixture import arrange, draw, one_label_each
from curation.recipe import Labels
from curation.recipe.mixture import Order

SAMPLES = st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=30)


def drawn(samples: list[tuple[int, bool]], got: list[int], least: float, order: list[int] | None = None) -> list[int]:
    codes = np.array([code for code, _ in samples], np.int64)
    human = np.array([people for _, people in samples])
    chance = np.array(range(len(samples)) if order is None else order, np.int64)
    return draw(codes, human, chance, got, least).tolist()


@given(st.data(), SAMPLES, st.floats(0, 1))
def test_each_label_gives_what_was_settled_and_people_have_their_share(
    data: st.DataObject, samples: list[tuple[int, bool]], least: float
) -> None:
    there = [[position for position, (code, _) in enumerate(samples) if code == label] for label in range(3)]
    got = [data.draw(st.integers(0, 3 * len(positions))) for positions in there]
    order = data.draw(st.permutations(range(len(samples))))
    times = drawn(samples, got, least, order)
    for positions, number in zip(there, got, strict=True):
        mine = [times[position] for position in positions]
        assert sum(mine) == number
        assert not mine or max(mine) - min(mine) <= 1
    human = sum(times[position] for position, (_, people) in enumerate(samples) if people)
    most = 0
    for positions, number in zip(there, got, strict=True):
        people = sum(samples[position][1] for position in positions)
        rounds, rest = divmod(number, len(positions)) if positions else (0, 0)
        most += rounds * people + min(rest, people)
    assert human >= min(most, math.ceil(round(least * sum(got), 6)))


@given(SAMPLES, st.integers(0, 29), st.floats(0, 1))
def test_a_smaller_draw_of_one_label_is_part_of_a_greater(
    samples: list[tuple[int, bool]], number: int, least: float
) -> None:
    one = [(0, people) for _, people in samples]
    less = drawn(one, [min(number, len(one))], least)
    more = drawn(one, [min(number + 1, len(one))], least)
    assert all(after >= before for before, after in zip(less, more, strict=True))


def test_people_come_first_only_as_far_as_they_are_needed() -> None:
    samples = [(0, False)] * 8 + [(0, True)] * 8
    assert drawn(samples, [8], 0) == [1] * 8 + [0] * 8
    assert drawn(samples, [8], 0.25) == [1] * 6 + [0] * 2 + [1] * 2 + [0] * 6
    assert drawn(samples, [8], 0.25, [*range(8, 16), *range(8)]) == [0] * 8 + [1] * 8


def test_a_label_without_people_is_made_up_for_by_another() -> None:
    samples = [(0, False)] * 4 + [(1, False)] * 4 + [(1, True)] * 4
    times = drawn(samples, [4, 4], 0.5)
    assert times == [1] * 4 + [0] * 4 + [1] * 4


IDS = ["a", "b", "c", "d"]


def test_as_collected_nothing_goes_out_again_before_all_did() -> None:
    assert arrange(np.array([2, 0, 3, 1]), IDS, "as collected", 0).tolist() == [0, 2, 3, 0, 2, 2]


def test_samples_can_go_out_by_a_number() -> None:
    """Those without one come last, whichever way."""
    values = np.array([7.0, np.nan, 3.0, 8.0])
    once = np.ones(4, np.int64)
    assert arrange(once, IDS, "rising", 0, values).tolist() == [2, 0, 3, 1]
    assert arrange(once, IDS, "falling", 0, values).tolist() == [3, 0, 2, 1]


@given(st.permutations(range(12)), st.sampled_from(["shuffled", "rising"]))
def test_an_order_by_chance_does_not_depend_on_that_of_the_samples(turned: list[int], order: Order) -> None:
    ids, times = [f"id {i}" for i in range(12)], np.array([1, 2, 3] * 4)
    values = np.array([1.0, 2.0, 1.0, np.nan] * 3)
    straight = [ids[at] for at in arrange(times, ids, order, 1, values)]
    other = [ids[i] for i in turned]
    assert [other[at] for at in arrange(times[turned], other, order, 1, values[turned])] == straight
    assert straight != [ids[at] for at in arrange(times, ids, order, 2, values)]


def test_of_several_labels_a_sample_has_the_one_that_matters() -> None:
    entries = [(0, 0), (0, 1), (1, 0), (1, 2), (2, 0), (3, 1), (4, 0), (4, 3)]
    samples, codes = (np.array(column, np.int32) for column in zip(*entries, strict=True))
    labels = Labels(6, samples, codes, ("often", "seldom", "bad", "alone"))

    def given_to(named: dict[str, float], numbers: list[int]) -> list[str]:
        found, names = one_label_each(labels, np.array(numbers, np.int32), named)
        assert list(names) == sorted(set(names))
        return [names[code] for code in found.tolist()]

    every = [0, 1, 2, 3, 4, 5]
    assert given_to({}, every) == ["seldom", "bad", "often", "seldom", "alone", ""]
    assert given_to({"often": 0.5}, every) == ["often", "often", "often", "seldom", "often", ""]
    assert given_to({"often": 0.5, "bad": 0.0}, every) == ["often", "bad", "often", "seldom", "often", ""]
    assert given_to({}, [0, 2]) == ["seldom", "often"]
    assert given_to({}, []) == []
