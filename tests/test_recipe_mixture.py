"""The tables of a recipe that say which samples are chosen and how they are mixed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from curation.errors import BadRecipe
from curation.recipe import Mixture, Recipe, Selection, Shape, read_recipe, write_recipe

LABELS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SHARES = st.dictionaries(LABELS, st.floats(0, 0.2), max_size=5).map(lambda shares: tuple(shares.items()))
COUNTS = st.dictionaries(LABELS, st.integers(0, 100), max_size=5).map(lambda counts: tuple(counts.items()))
MIXTURES = st.one_of(
    st.builds(Mixture, by=st.just("topic"), shares=SHARES, repeat=st.integers(1, 9), human=st.floats(0, 1)),
    st.builds(Mixture, by=st.just("topic"), counts=COUNTS, size=st.none() | st.integers(500, 10**6)),
    st.builds(Mixture, order=st.sampled_from(["rising", "falling"]), order_by=st.just("words"), seed=st.integers(0, 9)),
)
OPTIONS = st.dictionaries(LABELS, st.booleans() | st.integers() | LABELS | st.floats(-9, 9), max_size=4)
SELECTIONS = st.builds(
    Selection,
    method=LABELS,
    size=st.integers(1, 10**9),
    falling=st.booleans(),
    options=OPTIONS.map(lambda o: tuple(o.items())),
)


@given(MIXTURES, SELECTIONS)
def test_reading_what_was_written_gives_the_recipe_back(mixture: Mixture, selection: Selection) -> None:
    recipe = Recipe(mixture=mixture, selection=selection)
    text = write_recipe(recipe)
    assert read_recipe(text) == recipe
    assert write_recipe(read_recipe(text)) == text


def test_a_recipe_without_them_keeps_its_bytes() -> None:
    assert "selection" not in write_recipe(Recipe())
    assert "mixture" not in write_recipe(Recipe())


def test_tables_in_a_table_are_written_after_its_own_keys() -> None:
    mixture = Mixture(by="topic", shares=(("C++", 0.5), ("", 0.25)), repeat=2)
    written = write_recipe(Recipe(mixture=mixture))
    assert '[mixture]\nby = "topic"\nrepeat = 2\n\n[mixture.shares]\n"C++" = 0.5\n"" = 0.25\n' in written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[mixture.shares]\na = 0.5", '"shares" and "counts" need "by"'),
        ('[mixture]\nby = "x"\nshares = {a = 0.5}\ncounts = {a = 5}', "not both"),
        ('[mixture]\nby = "x"\nshares = {a = 0.5, b = 0.6}', "add up to 1.1"),
        ('[mixture]\nby = "x"\ncounts = {a = 5}\nsize = 4', 'the counts add up to 5, which is more than "size" (4)'),
        ('[mixture]\nby = "x"\nshares = {a = 2}', '"mixture.shares"'),
        ('[mixture]\nby = "x"\nshares = [1]', '"mixture.shares" is not a table'),
        ('[mixture]\norder = "rising"', '"order_by" does not say'),
        ("[mixture]\nrepeat = 0", 'line 2: "mixture.repeat"'),
        ('[selection]\nmethod = "k_center"', 'needs a "size"'),
        ("[selection]\nsize = 0", 'line 2: "selection.size"'),
        (f"[selection]\nsize = {10**30}", 'line 2: "selection.size" should be less than'),
        (f"[mixture]\nsize = {10**30}", 'line 2: "mixture.size" should be less than'),
        (f"[mixture]\nmost = {2**63}", 'line 2: "mixture.most" should be less than'),
        (f'[mixture]\nby = "x"\ncounts = {{a = {10**30}}}', 'line 3: "mixture.counts" should be less than'),
        (f"[splits.counts]\ngold = {10**400}", '"splits.counts" should be less than'),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(BadRecipe, match=r"^Recipe") as caught:
        read_recipe(text)
    assert said in str(caught.value)


def test_a_label_is_named_once() -> None:
    with pytest.raises(ValidationError, match='"a" is named twice'):
        Mixture(by="x", counts=(("a", 1), ("a", 2)))


def test_a_shape_can_be_kept_by() -> None:
    """A plan is kept by its shape, so that has to be hashable."""
    assert hash(Shape(mixture=Mixture(by="x", counts=(("a", 1),)))) == hash(
        Shape(mixture=Mixture(by="x", counts=(("a", 1),)))
    )
