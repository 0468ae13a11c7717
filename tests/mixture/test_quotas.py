"""How many of each label go out: sums, bounds, exact counts, and the largest whole by trying all."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.mixture import quotas, tightest
from curation.recipe import Mixture

LABELS = ("a", "b", "c", "d", "")
THERE = st.dictionaries(st.sampled_from(LABELS), st.integers(1, 40), min_size=1)
TENTHS = st.dictionaries(st.sampled_from([*LABELS, "none"]), st.integers(0, 10), max_size=4).filter(
    lambda shares: sum(shares.values()) <= 10
)


def mixed(**options: object) -> Mixture:
    return Mixture.model_validate({"by": "topic", **options})


def got(there: dict[str, int], mixture: Mixture) -> dict[str, int]:
    return {one.label: one.got for one in quotas(there, mixture)}


@given(THERE, TENTHS, st.none() | st.integers(1, 200), st.none() | st.integers(1, 30), st.integers(1, 3))
def test_no_label_gives_more_than_it_has_or_may(
    there: dict[str, int], tenths: dict[str, int], size: int | None, most: int | None, repeat: int
) -> None:
    shares = {label: tenth / 10 for label, tenth in tenths.items()}
    found = quotas(there, mixed(shares=shares, size=size, most=most, repeat=repeat))
    assert [one.label for one in found][: len(shares)] == list(shares)
    assert {one.label for one in found} == there.keys() | shares.keys()
    for one in found:
        assert one.available == there.get(one.label, 0)
        assert 0 <= one.got <= one.available * repeat
        assert most is None or one.got <= most
        assert one.got == one.wanted or one.reason
    if size and (sum(shares.values()) == 1 or there.keys() - shares.keys()):
        assert sum(one.wanted for one in found) == size
    if size:
        assert sum(one.got for one in found) <= size


@given(THERE, TENTHS, st.integers(1, 100), st.none() | st.integers(1, 30), st.integers(1, 3))
def test_a_greater_size_takes_no_label_away(
    there: dict[str, int], tenths: dict[str, int], size: int, most: int | None, repeat: int
) -> None:
    shares = {label: tenth / 10 for label, tenth in tenths.items()}
    before = got(there, mixed(shares=shares, size=size, most=most, repeat=repeat))
    after = got(there, mixed(shares=shares, size=size + 1, most=most, repeat=repeat))
    assert all(after[label] >= count for label, count in before.items())


@given(THERE, st.dictionaries(st.sampled_from([*LABELS, "none"]), st.integers(0, 60), min_size=1, max_size=4))
def test_counts_are_exact_where_there_is_enough(there: dict[str, int], counts: dict[str, int]) -> None:
    found = got(there, mixed(counts=counts))
    assert found == dict.fromkeys(there, 0) | {
        label: min(count, there.get(label, 0)) for label, count in counts.items()
    }
    size = sum(counts.values()) + 10
    others = sum(count for label, count in there.items() if label not in counts)
    with_rest = got(there, mixed(counts=counts, size=size))
    assert sum(with_rest[label] for label in there if label not in counts) == min(10, others)


@given(THERE, TENTHS.filter(lambda tenths: any(tenths.values())), st.integers(1, 3))
def test_without_a_size_it_is_the_largest_whole_that_the_shares_allow(
    there: dict[str, int], tenths: dict[str, int], repeat: int
) -> None:
    """By trying: the largest size of which no named label's share, nor that of the others, is more than there is."""
    others = sum(count for label, count in there.items() if label not in tenths)
    parts = [(tenth, there.get(label, 0) * repeat, there.get(label, 0)) for label, tenth in tenths.items() if tenth]
    if others and sum(tenths.values()) < 10:
        parts.append((10 - sum(tenths.values()), others, others))
    whole = sum(tenth for tenth, _, _ in parts)

    def fits(size: int) -> bool:
        within = all(size * tenth <= whole * most for tenth, most, _ in parts)
        return within and any(size * tenth <= whole * once for tenth, _, once in parts)

    found = quotas(there, mixed(shares={label: tenth / 10 for label, tenth in tenths.items()}, repeat=repeat))
    total = sum(one.got for one in found)
    largest = max(size for size in range(sum(most for _, most, _ in parts) + 2) if fits(size))
    assert total == sum(one.wanted for one in found)
    assert total <= largest
    if total < largest:  # whole numbers did not fit although the shares did
        assert largest - total <= 2


@given(THERE)
def test_without_shares_all_go_out_and_a_bound_cuts_only_what_is_above_it(there: dict[str, int]) -> None:
    assert got(there, mixed()) == there
    assert got(there, mixed(most=10, repeat=3)) == {label: min(10, count) for label, count in there.items()}


def test_others_take_the_places_of_labels_that_are_full() -> None:
    found = quotas({"a": 900, "b": 50, "c": 50}, mixed(size=150, most=60))
    assert {one.label: (one.wanted, one.got) for one in found} == {"a": (135, 60), "b": (8, 45), "c": (7, 45)}
    assert found[0].reason == "no more than 60 of a label"
    assert found[1].reason == "takes places that others leave"


def test_a_label_that_falls_short_says_so_and_is_repeated_where_that_is_allowed() -> None:
    short = quotas({"code": 120, "rest": 900}, mixed(counts={"code": 200}))[0]
    assert (short.wanted, short.available, short.got, short.reason) == (200, 120, 120, "only 120 there")
    twice = quotas({"code": 120, "rest": 900}, mixed(counts={"code": 200}, repeat=2))[0]
    assert (twice.got, twice.repeated, twice.reason) == (200, 80, "80 repeated")
    still = quotas({"code": 80}, mixed(counts={"code": 200}, repeat=2))[0]
    assert (still.got, still.reason) == (160, "only 80 there, each 2 times")


def test_shares_are_kept_when_they_decide_the_size() -> None:
    assert got({"a": 300, "b": 100, "c": 50}, mixed(shares={"a": 0.5, "b": 0.5})) == {"a": 100, "b": 100, "c": 0}
    assert got({"a": 300, "b": 100}, mixed(shares={"a": 0.25, "b": 0.25})) == {"a": 100, "b": 100}
    assert got({"a": 300, "b": 100, "c": 50}, mixed(shares={"b": 0.5})) == {"b": 100, "a": 86, "c": 14}
    assert got({"a": 300, "b": 100}, mixed(shares={"a": 0.5, "b": 0.5}, repeat=2)) == {"a": 200, "b": 200}
    assert got({"a": 300, "b": 300}, mixed(shares={"a": 0.5, "b": 0.5}, repeat=9)) == {"a": 300, "b": 300}


def test_a_label_of_which_there_is_nothing_leaves_nothing() -> None:
    assert got({"a": 300}, mixed(shares={"gone": 0.1})) == {"gone": 0, "a": 0}
    tight = tightest({"a": 300}, mixed(shares={"gone": 0.1}))
    assert tight
    assert tight.quota.label == "gone"
    both = mixed(shares={"a": 0.5, "gone": 0.5})  # whichever is named first
    tight = tightest({"a": 300}, both)
    assert tight
    assert tight.quota.label == "gone"
    assert quotas({"a": 300}, both)[0].reason == "its share comes to less than one"


@given(THERE, TENTHS, st.none() | st.integers(1, 200))
def test_only_a_label_that_is_named_limits_a_mixture(
    there: dict[str, int], tenths: dict[str, int], size: int | None
) -> None:
    mixture = mixed(shares={label: tenth / 10 for label, tenth in tenths.items()}, size=size)
    tight = tightest(there, mixture)
    assert tight is None or tight.quota.named
    short = [one for one in quotas(there, mixture) if one.named and one.got < one.wanted]
    assert bool(short) <= (tight is not None)


def test_it_is_told_which_label_limits_a_mixture() -> None:
    tight = tightest({"code": 812, "chat": 9000}, mixed(shares={"code": 0.12, "chat": 0.88}, size=10_000))
    assert tight
    assert (tight.quota.label, tight.quota.wanted, tight.quota.got) == ("code", 1200, 812)
    assert tight.gain == 200
    assert tightest({"a": 9}, mixed(size=4)) is None
    counted = tightest({"a": 9}, mixed(counts={"a": 12}))
    assert counted
    assert (counted.less, counted.gain) == (0.0, 0)


@pytest.mark.parametrize("order", list(itertools.permutations(["a", "b", "c"])))
def test_the_order_of_the_labels_does_not_matter(order: tuple[str, ...]) -> None:
    there = {label: {"a": 5, "b": 5, "c": 9}[label] for label in order}
    assert got(there, mixed(size=10)) == {"a": 3, "b": 2, "c": 5}
