"""The recipe: what is read is what was written, and bounds agree with plain Python."""

import contextlib
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from curation.duplicates import FEATURES
from curation.errors import BadRecipe, NotReady
from curation.recipe import (
    PREFERENCES,
    PRESETS,
    Duplicates,
    Labels,
    Recipe,
    Rule,
    Splits,
    When,
    outs,
    passes,
    read_recipe,
    reason,
    splits_of,
    unknown_signals,
    write_recipe,
)
from curation.signals import SIGNALS

numbers = st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
bounds = st.tuples(st.none() | numbers, st.none() | numbers).filter(lambda b: None in b or b[0] <= b[1])
conditions = st.none() | st.builds(When, signal=texts, words=st.lists(texts, min_size=1, max_size=3).map(tuple))
number_rules = st.builds(
    lambda name, b, when: Rule(signal=name, least=b[0], most=b[1], when=when), texts, bounds, conditions
)
label_rules = st.builds(
    lambda name, words, when: Rule(signal=name, words=tuple(words), when=when),
    texts,
    st.lists(texts, max_size=3),
    conditions,
)
names = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True).map(lambda name: f"{name}_")
usual_splits = st.builds(
    lambda a, b, seed: Splits(train=1 - (a + b), validation=a, test=b, seed=seed),
    st.floats(0, 0.5),
    st.floats(0, 0.5),
    st.integers(0, 2**63 - 1),
)
own_splits = st.builds(
    lambda found, counts, by, seed: Splits(
        shares={name: 1 / len(found) for name in found[counts:]} if counts == 0 else {found[0]: 0.25, "rest": 0.75},
        counts=dict.fromkeys(found[1 : 1 + counts], 7),
        by=by,
        seed=seed,
    ),
    st.lists(names, min_size=1, max_size=6, unique=True),
    st.integers(0, 4),
    texts | st.just(""),
    st.integers(0, 2**63 - 1),
)
splits = usual_splits | own_splits
recipes = st.builds(
    Recipe,
    rules=st.lists(number_rules | label_rules, max_size=5, unique_by=lambda rule: rule.signal).map(tuple),
    duplicates=st.builds(
        Duplicates,
        threshold=st.none() | st.floats(0, 1, exclude_min=True),
        field=st.sampled_from(["instruction", "prompt", "output"]),
        unless=st.lists(st.sampled_from(FEATURES), unique=True).map(tuple),
        by=st.sampled_from(["meaning", "words", "score"]),
        prefer=st.lists(st.sampled_from(PREFERENCES), unique=True).map(tuple),
        judge_score=texts | st.just(""),
    ),
    splits=splits,
    formats=st.lists(st.sampled_from(["alpaca", "chat", "dpo"]), max_size=3).map(tuple),
)


@given(recipes)
@settings(deadline=None)
def test_reading_what_was_written_gives_the_recipe_back(recipe):
    text = write_recipe(recipe)
    assert read_recipe(text) == recipe
    assert write_recipe(read_recipe(text)) == text
    assert read_recipe(text.encode().decode()) == recipe


def test_a_recipe_of_before_is_written_to_the_same_bytes() -> None:
    """What was added to the duplicates since is written where it is not the usual, and only there."""
    old = '[duplicates]\nthreshold = 0.9\nfield = "prompt"\nunless = ["numbers"]\n'
    assert old in write_recipe(read_recipe(old))
    now = Duplicates(threshold=0.7, by="words", field="instruction", prefer=("longest",), judge_score="judge: x")
    assert 'by = "words"\nprefer = ["longest"]\njudge_score = "judge: x"\n' in write_recipe(Recipe(duplicates=now))


def test_splits_of_before_are_written_to_the_same_bytes() -> None:
    old = "[splits]\ntrain = 0.8\nvalidation = 0.2\ntest = 0\nseed = 3\n"
    assert write_recipe(read_recipe(old)).endswith(f"\n{old}")
    assert write_recipe(Recipe()).endswith("\n[splits]\ntrain = 0.9\nvalidation = 0.05\ntest = 0.05\nseed = 0\n")


def test_splits_have_any_names_shares_and_counts() -> None:
    text = '[splits]\nby = "origin"\n\n[splits.shares]\nsmall = 0.25\nlarge = 0.75\n\n[splits.counts]\ntest = 5\n'
    splits = read_recipe(text).splits
    assert splits.names == ["test", "large", "small"]
    assert splits.training == "large"
    assert Splits(shares={"large": 0.75, "small": 0.25}, counts={"test": 5}, by="origin") == splits
    assert Splits(shares={"train": 0.1, "big": 0.9}).training == "train"
    assert len({splits, read_recipe(text).splits}) == 1


def test_what_a_reader_writes_into_a_table() -> None:
    rows = [
        {"name": " train ", "share": 100, "count": None},
        {"name": "gold", "share": float("nan"), "count": 50.0},
        {"name": None, "share": None, "count": None},
    ]
    assert splits_of(rows, "", 3) == Splits(shares={"train": 1}, counts={"gold": 50}, by="", seed=3)
    for wrong, said in (
        ({"name": "gold", "share": 5, "count": 5}, "gold: give a name and either a share or a count"),
        ({"name": "gold", "share": None, "count": 1.5}, "gold: 1.5 is not a whole number"),
        ({"name": "gold", "share": None, "count": 0}, "gold: 0 is not a whole number"),
        ({"name": "gold", "share": -4, "count": None}, "gold: -4 % is not a share"),
        ({"name": "", "share": 5, "count": None}, "A split without a name"),
        ({"name": "../x", "share": None, "count": 5}, "cannot name a split"),
        ({"name": "more", "share": 5, "count": None}, "train and more add up to 1.05"),
        ({"name": "TRAIN", "share": None, "count": 5}, "named twice"),
    ):
        with pytest.raises(BadRecipe, match=said):
            splits_of([rows[0], wrong], "", 0)
    with pytest.raises(BadRecipe, match="more than 40"):
        splits_of([rows[0], *({"name": f"s{i}", "share": None, "count": 1} for i in range(40))], "", 0)


@pytest.mark.parametrize("name", PRESETS)
def test_presets_name_only_signals_that_exist_and_use_the_right_kind(name):
    recipe = PRESETS[name]
    assert unknown_signals(recipe, SIGNALS) == []
    assert read_recipe(write_recipe(recipe)) == recipe
    for rule in recipe.rules:
        assert bool(rule.words) == (SIGNALS[rule.signal].kind == "label")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[rules.words]\nleast = 3\nlest = 4\n", 'line 3: "rules.words.lest" is not a key'),
        ('[rules.words]\n\nleast = "three"\n', 'line 3: "rules.words.least" is not a number'),
        ("[rules.words]\nleast = true\n", 'line 2: "rules.words.least" is not a number'),
        ("[rules.words]\nleast = 5\nmost = 2\n", 'line 1: "rules.words" "least" (5) is above "most" (2)'),
        ('[rules.language]\nleast = 1\nwords = ["en"]', 'line 1: "rules.language"'),
        ("[rules.words]\nleast = inf\n", 'line 2: "rules.words.least"'),
        ("[rules.words]\nleast = nan\n", 'line 2: "rules.words.least"'),
        ("[rules]\nwords = 3\n", 'line 2: "rules.words" is not a table'),
        ('[rules.words]\nsignal = "x"\n', '"rules.words" is not a table'),
        ("rules = 3\n", '"rules" is not a table'),
        ("[splits]\ntrain = 0.5\n", 'line 1: "splits" train, validation and test add up to 0.6'),
        ("[splits]\nseed = 1.5\n", 'line 2: "splits.seed" is not a whole number'),
        ("[duplicates]\nthreshold = 1.5\n", 'line 2: "duplicates.threshold"'),
        ('[duplicates]\nfield = "title"\n', 'line 2: "duplicates.field"'),
        ('[duplicates]\nunless = ["moods"]\n', 'line 2: "duplicates.unless"'),
        ('[duplicates]\nby = "sound"\n', 'line 2: "duplicates.by"'),
        ('[duplicates]\nprefer = ["newest"]\n', 'line 2: "duplicates.prefer"'),
        ('[duplicates]\nprefer = ["longest", "longest"]\n', '"prefer" names "longest" twice'),
        ("surprise = 1\n", 'line 1: "surprise" is not a key'),
        ("formats = [1]\n", 'line 1: "formats" is not text'),
        ("splits = 4\n", 'line 1: "splits"'),
        ('[splits]\ntrain = "x"\n', 'line 1: "splits" "train" is not a share'),
        ("[splits.shares]\na = 2\n", '"splits" "a" is not a share'),
        ("[splits.shares]\na = 1\n[splits.counts]\nb = 0.5\n", '"splits" "b" is not a count'),
        ('[splits.shares]\n"../x" = 1\n', "'../x' cannot name a split"),
        ("[splits.shares]\nall = 1\n", "'all' cannot name a split"),
        ("[splits.shares]\n[splits.counts]\na = 1\n", '"shares" is empty'),
        ("[splits]\ntrain = 1\n[splits.counts]\na = 1\n", "stand in [splits.shares] or [splits.counts]"),
        ("[splits.shares]\na = 0.5\nA = 0.5\n", "named twice"),
        ('[rules.words.when]\nsignal = "verb"\n', '"rules.words.when.words" is missing'),
        ('[rules.words.when]\nsignal = "verb"\nwords = []\n', 'line 3: "rules.words.when.words" is empty'),
        ('[rules.words.when]\nwords = ["a"]\n', '"rules.words.when.signal" is missing'),
        ('[rules.words]\nwhen = "always"\n', 'line 2: "rules.words.when"'),
        ("[rules.words\n", "not valid TOML"),
        ("[rules.words]\nleast = 1\n[rules.words]\nmost = 2\n", "not valid TOML"),
        ("a = " + "[" * 5000, "not valid TOML"),
        ("\x00", "not valid TOML"),
    ],
)
def test_a_bad_recipe_is_refused_with_line_and_key(text, place):
    with pytest.raises(BadRecipe, match="ecipe") as caught:
        read_recipe(text)
    assert place in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_is_a_recipe_or_a_bad_recipe(text):
    with contextlib.suppress(BadRecipe):
        assert isinstance(read_recipe(text), Recipe)


def test_an_empty_file_is_the_default_recipe():
    assert read_recipe("") == Recipe()


def test_two_rules_for_one_signal_and_lone_surrogates_are_refused():
    with pytest.raises(ValidationError, match="two rules"):
        Recipe(rules=(Rule(signal="words", least=1), Rule(signal="words", most=2)))
    with pytest.raises(ValidationError, match="unicode"):
        Rule(signal="a\ud800")


def test_a_rule_is_set_replaced_in_place_and_taken_away():
    first = Recipe().with_rule(Rule(signal="a", least=1)).with_rule(Rule(signal="b", least=1))
    second = first.with_rule(Rule(signal="a", most=4))
    assert [(rule.signal, rule.least, rule.most) for rule in second.rules] == [("a", None, 4), ("b", 1, None)]
    assert second.without_rule("a").rules == first.rules[1:]


values = st.lists(st.floats(-5, 5) | st.just(math.nan) | st.sampled_from([-1.0, 0.0, 1.0]), max_size=30)
small = st.none() | st.sampled_from([-1.0, 0.0, 0.5, 1.0])


def keeps(rule, value):
    """What a rule means, in plain Python."""
    if isinstance(value, str):
        return value == "" or not rule.words or value in rule.words
    return math.isnan(value) or (
        (rule.least is None or value >= rule.least) and (rule.most is None or value <= rule.most)
    )


@given(values, st.tuples(small, small).filter(lambda b: None in b or b[0] <= b[1]))
def test_passes_agrees_with_plain_python_and_with_the_reason(column, bound):
    rule = Rule(signal="x", least=bound[0], most=bound[1])
    got = passes(rule, np.array(column, float))
    assert got.tolist() == [keeps(rule, value) for value in column]
    assert [reason(rule, value) == "" for value in column] == got.tolist()


@given(st.lists(st.sampled_from(["", "en", "de", "fr"])), st.sets(st.sampled_from(["en", "de"])))
def test_label_rules_agree_with_plain_python(column, words):
    rule = Rule(signal="language", words=tuple(sorted(words)))
    assert passes(rule, Labels.of(column)).tolist() == [keeps(rule, value) for value in column]
    assert [reason(rule, value) == "" for value in column] == [keeps(rule, value) for value in column]


ROWS = st.lists(
    st.tuples(
        st.integers(0, 4).map(float) | st.just(math.nan),
        st.integers(0, 4).map(float),
        st.sampled_from(["", "en", "de"]),
        st.sets(st.sampled_from(["x", "y", "z"])),
    ),
    max_size=30,
)
CASES = st.none() | st.sampled_from([("c", ("en",)), ("origin", ("x",)), ("origin", ("x", "z")), ("c", ("nobody",))])


@given(ROWS, st.lists(CASES, min_size=3, max_size=3))
def test_every_number_agrees_with_plain_python(rows, cases):
    """Conditions included: a sample that a rule is not about is never removed by it."""
    whens = [When(signal=case[0], words=case[1]) if case else None for case in cases]
    rules = [
        Rule(signal="a", least=2, when=whens[0]),
        Rule(signal="b", most=2, when=whens[1]),
        Rule(signal="c", words=("en",), when=whens[2]),
    ]
    origins = [(number, name) for number, row in enumerate(rows) for name in sorted(row[3])]
    columns = {
        "a": np.array([row[0] for row in rows], float),
        "b": np.array([row[1] for row in rows], float),
        "c": Labels.of([row[2] for row in rows]),
        "origin": Labels(
            len(rows),
            np.array([number for number, _ in origins], np.int32),
            np.array(["xyz".index(name) for _, name in origins], np.int32),
            ("x", "y", "z"),
        ),
    }

    def removes(rule, place, row):
        about = rule.when is None or bool(
            {row[2]} & {*rule.when.words} if rule.when.signal == "c" else row[3] & {*rule.when.words}
        )
        return about and not keeps(rule, row[place])

    out = [[removes(rule, place, row) for place, rule in enumerate(rules)] for row in rows]
    found = outs(rules, columns, len(rows))
    names = ["a", "b", "c"]
    assert found.failing() == {name: sum(row[i] for row in out) for i, name in enumerate(names)}
    assert found.alone() == {name: sum(row[i] and sum(row) == 1 for row in out) for i, name in enumerate(names)}
    assert found.left() == [(name, sum(not any(row[: i + 1]) for row in out)) for i, name in enumerate(names)]
    assert found.removed().tolist() == [any(row) for row in out]
    assert found.removed_by("a", "c").tolist() == [row[0] and row[2] for row in out]
    assert found.overlap().tolist() == [[sum(row[i] and row[j] for row in out) for j in range(3)] for i in range(3)]


def test_no_rules_remove_nothing():
    found = outs([], {}, 9)
    assert (found.alone(), found.left(), found.failing(), found.removed().sum()) == ({}, [], {}, 0)


def test_labels_of_a_sample_with_several():
    labels = Labels(3, np.array([0, 0, 2], np.int32), np.array([0, 1, 1], np.int32), ("a", "b"))
    assert [labels[number] for number in range(3)] == ["a, b", "", "b"]
    assert labels.counts() == [("b", 2), ("a", 1)]
    assert labels.counts_in(np.array([True, True, False])) == {"a": 1, "b": 1}


def test_a_rule_on_the_wrong_kind_or_on_nothing_is_named():
    with pytest.raises(BadRecipe, match='"a" is a number'):
        passes(Rule(signal="a", words=("en",)), np.array([1.0]))
    with pytest.raises(BadRecipe, match='"a" is a label'):
        passes(Rule(signal="a", least=1), Labels.of(["en"]))
    with pytest.raises(NotReady, match='"a", which is not measured'):
        outs([Rule(signal="a", least=1)], {}, 1)
    when = Rule(signal="a", least=1, when=When(signal="b", words=("x",)))
    with pytest.raises(BadRecipe, match='condition on "b", which is a number'):
        outs([when], {"a": np.zeros(1), "b": np.zeros(1)}, 1)


def test_reasons_read_well():
    assert reason(Rule(signal="words", most=800), 1200.0) == "words 1200 (most 800)"
    assert reason(Rule(signal="repetition", most=0.2), 0.51234567) == "repetition 0.5123 (highest 0.2)"
    assert reason(Rule(signal="compression", least=1), 0.99999) == "compression 0.99999 (lowest 1)"
    assert reason(Rule(signal="language", words=("en",)), "fr") == "language fr (kept: en)"
