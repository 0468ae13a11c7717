"""Tuning: what bounds would remove is computed from stored values, and agrees with the views once applied."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curation.errors import BadRecipe
from curation.facets import Facets
from curation.recipe import PRESETS, Duplicates, Labels, Recipe, Rule, Splits, When
from curation.sample import Collected, Origin, Sample
from curation.stages import tuning
from curation.stages.borders import SHARES, border, sides, suggestions
from curation.stages.curating import apply_recipe
from curation.stages.drafting import decoded, rebased, started_from, with_bounds, with_condition, with_labels
from curation.stages.histogram import moved, places, quantiles, scale, spread
from curation.stages.measuring import measure, unmeasured
from curation.stages.tuning import choices, column, effect, misfits, removal
from curation.store import open_workspace
from curation.store.browse import count_states
from curation.store.samples import add_samples
from curation.store.signals import write_signals

WORDS = [0, 1, 2, 3, 5, 8, 13, 21]
COLUMNS = st.lists(
    st.one_of(st.just(float("nan")), st.integers(-5, 300).map(float), st.floats(-1e6, 1e6)), min_size=1, max_size=80
)


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    samples = [Sample(f"Count to number {n} aloud.", output=" ".join(["word"] * n)) for n in WORDS]
    add_samples(opened, "run", [Collected(one, Origin("alpaca", "a", str(i))) for i, one in enumerate(samples)])
    measure(opened, lambda _done, _requested: None)
    yield opened
    opened.close()


def test_the_effect_is_what_the_views_say_once_the_recipe_is_applied(workspace):
    measured = choices(workspace)
    for name, recipe in {**PRESETS, "words": with_bounds(Recipe(), "words", 2, 8)}.items():
        rules = Recipe(rules=recipe.rules)
        found = effect(removal(workspace, rules, measured))
        apply_recipe(workspace, rules, name, "me")
        states = count_states(workspace, Facets())
        assert (found.kept, found.total) == (states["kept"], len(WORDS)), name


VALUES = st.lists(st.sampled_from([math.nan, 0.0, 1.0, 2.0]), min_size=len(WORDS), max_size=len(WORDS))
NAMES = st.lists(st.sampled_from(["", "en", "de"]), min_size=len(WORDS), max_size=len(WORDS))
WHEN = st.none() | st.builds(
    When,
    signal=st.sampled_from(["spoken", "topic", "origin", "method"]),
    words=st.lists(st.sampled_from(["en", "de", "a", "b", "alpaca"]), min_size=1, max_size=2, unique=True).map(tuple),
)


@given(VALUES, VALUES, NAMES, st.lists(WHEN, min_size=3, max_size=3))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_rules_with_conditions_agree_with_the_views(workspace, first, second, names, whens):
    """Rules in numpy, as they are followed live, and in the database, as they are in force, are the same rules."""
    write_signals(workspace, 0, {"first": first, "second": second, "spoken": names})
    recipe = Recipe(
        rules=(
            Rule(signal="first", least=1, when=whens[0]),
            Rule(signal="second", most=1, when=whens[1]),
            Rule(signal="spoken", words=("en",), when=whens[2]),
        )
    )
    tuning._numbers.cache_clear()
    tuning._labels.cache_clear()
    tuning._groupings.cache_clear()
    measured = choices(workspace)
    odd = misfits(workspace, recipe, measured)
    assert all("topic" in reason or "spoken" in reason for reason in odd.values())
    found = removal(workspace, Recipe(rules=tuple(rule for rule in recipe.rules if rule.signal not in odd)), measured)
    apply_recipe(workspace, recipe, "some", "me")
    rows = workspace.execute("SELECT sample FROM states WHERE state = 'dropped' ORDER BY 1")
    assert np.flatnonzero(found.removed()).tolist() == [row[0] for row in rows]


def test_a_condition_stays_when_the_bound_moves():
    recipe = with_condition(with_bounds(Recipe(), "words", 2, None), "words", "origin", ["a"])
    assert with_bounds(recipe, "words", 3, None).rules[0].when == When(signal="origin", words=("a",))
    assert with_condition(recipe, "nobody", "origin", ["a"]) == recipe
    labelled = with_condition(with_labels(Recipe(), "language", ["en"]), "language", "origin", ["a"])
    assert with_labels(labelled, "language", ["de"]).rules[0].when == When(signal="origin", words=("a",))


def test_a_condition_on_what_is_not_there_is_named(workspace):
    recipe = with_condition(with_bounds(Recipe(), "words", 2, None), "words", "nobody", ["a"])
    assert 'by "nobody"' in misfits(workspace, recipe, choices(workspace))["words"]


def test_the_funnel_follows_the_order_of_the_rules(workspace):
    recipe = Recipe(rules=(Rule(signal="words", least=2), Rule(signal="empty_answer", most=0)))
    found = effect(removal(workspace, recipe, choices(workspace)))
    assert found.left == [("words", 6), ("empty_answer", 6)]
    assert found.failing == {"words": 2, "empty_answer": 1}
    assert found.alone == {"words": 1, "empty_answer": 0}


def test_a_column_is_read_again_when_samples_or_measurements_were_added(workspace):
    before = column(workspace, choices(workspace)["words"])
    assert column(workspace, choices(workspace)["words"]) is before
    add_samples(workspace, "run2", [Collected(Sample("One more.", output="a b"), Origin("alpaca", "b", "1"))])
    assert np.isnan(column(workspace, choices(workspace)["words"])[-1])
    assert unmeasured(workspace) == 1
    measure(workspace, lambda _done, _requested: None)
    assert column(workspace, choices(workspace)["words"])[-1] == 2
    assert unmeasured(workspace) == 0


def test_nothing_measured_gives_no_choices(tmp_path):
    opened = open_workspace(tmp_path / "e.duckdb")
    assert choices(opened) == {}
    assert effect(removal(opened, Recipe(), {})).kept == 0
    opened.close()


def test_rules_that_cannot_be_applied_are_named_and_left_out(workspace):
    recipe = Recipe(
        rules=(Rule(signal="task_type", least=1), Rule(signal="nobody", most=1), Rule(signal="words", words=("a",)))
    )
    measured = choices(workspace)
    assert list(misfits(workspace, recipe, measured)) == ["task_type", "nobody", "words"]
    assert effect(removal(workspace, recipe, measured)).kept == len(WORDS)


def test_signals_that_are_not_built_in_are_offered_too(workspace):
    write_signals(workspace, 0, {"judge": [4.5] * len(WORDS)})
    measured = choices(workspace)
    assert next(iter(measured)) == "words"
    assert (measured["judge"].kind, measured["task_type"].kind) == ("number", "label")


def test_bounds_that_cross_are_refused_and_open_ones_are_no_rule():
    with pytest.raises(BadRecipe, match="swap"):
        with_bounds(Recipe(), "words", 5, 2)
    one = with_bounds(Recipe(), "words", 2, None)
    assert with_bounds(one, "words", None, None) == Recipe()
    assert with_labels(with_labels(Recipe(), "language", ["en"]), "language", []) == Recipe()


def test_a_draft_keeps_its_rules_when_another_page_changes_the_threshold():
    before = Recipe()
    draft = with_bounds(before, "words", 2, None)
    now = Recipe(duplicates=Duplicates(threshold=0.9))
    assert rebased(draft, before, now) == Recipe(rules=draft.rules, duplicates=now.duplicates)
    assert rebased(before, before, now) == now


def test_a_preset_leaves_splits_alone():
    draft = Recipe(splits=Splits(train=0.8, validation=0.1, test=0.1))
    assert started_from(draft, PRESETS["strict"]).splits == draft.splits
    assert started_from(draft, PRESETS["strict"]).rules == PRESETS["strict"].rules


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[rules", "TOML"),
        (b"x" * 1_000_001, "bytes"),
        (b"[rules.words]\nleest = 3", "line 2"),
    ],
)
def test_a_file_that_is_no_recipe_is_refused_with_the_reason(content, said):
    with pytest.raises(BadRecipe, match=said):
        decoded(content)


def test_a_recipe_file_from_windows_is_read():
    assert decoded(b"\xef\xbb\xbf[rules.words]\r\nleast = 3\r\n").rules == (Rule(signal="words", least=3),)


def test_border_samples_are_the_nearest_on_either_side():
    numbers = np.array([5.0, 1.0, np.nan, 3.0, 2.0, 4.0])
    assert border(numbers, "least", 3, 2) == ([3, 5], [4, 1])
    assert border(numbers, "most", 3, 2) == ([3, 4], [5, 0])


def test_sides_of_labels_are_among_those_that_the_rule_is_about():
    labels = Labels.of(["en", "", "de", "en"])
    rule = Rule(signal="language", words=("en",))
    assert sides(rule, labels) == ([0, 3], [2])
    assert sides(rule, labels, np.array([False, True, True, True])) == ([3], [2])


@given(COLUMNS)
def test_a_suggested_bound_removes_what_it_says_and_the_next_value_would_be_too_much(values):
    numbers = np.array(values)
    there = numbers[np.isfinite(numbers)]
    for one in suggestions(numbers):
        removed = (there < one.bound) if one.edge == "least" else (there > one.bound)
        assert 0 < removed.sum() == one.removed <= one.share * len(there) + 1e-6
        also = (there <= one.bound) if one.edge == "least" else (there >= one.bound)
        assert also.sum() > one.share * len(there) - 1e-6


def test_no_bound_is_suggested_that_would_remove_nothing():
    assert suggestions(np.array([np.nan])) == []
    assert suggestions(np.array([0.0, 1.0] * 50)) == []
    assert [(one.edge, one.share) for one in suggestions(np.array([0.0] * 95 + [1.0] * 5))] == [
        ("most", share) for share in SHARES[1:]
    ]


@given(COLUMNS)
def test_every_value_lies_in_the_one_bar_that_counts_it(values):
    numbers = np.array(values)
    bars = spread(numbers).bars
    there = numbers[np.isfinite(numbers)]
    assert len(bars) <= 51
    assert [bar.samples for bar in bars] == [int(((there >= bar.low) & (there <= bar.high)).sum()) for bar in bars]
    assert sum(bar.samples for bar in bars) == len(there)


@given(COLUMNS, st.none() | st.floats(-1e7, 1e7), st.none() | st.floats(-1e7, 1e7))
def test_a_slider_that_is_not_moved_changes_no_bound(values, least, most):
    found = scale(spread(np.array(values)))
    if found is None:
        return
    where = places(found, least, most)
    assert all(found.low <= place <= found.high for place in where)
    assert moved(found, (least, most), where, where) == (least, most)
    assert moved(found, (least, most), (math.nan, math.nan), (found.low, found.high)) == (None, None)
    assert found.high - found.low > found.step / 2


def test_quantiles_are_values_that_occur():
    assert quantiles(np.array([np.nan])) == []
    assert dict(quantiles(np.array([1.0, 2.0, 9.0])))[0.5] == 2
