"""Prompt evolution for a domain: the grid, its even filling, the variants and what drops them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import NotReady
from curation.generators import PromptEvolution
from curation.generators.domain.axes import allotted, cells_of, crossed, grid
from curation.sample import Sample, Seed
from tests.generators.fake_model import FakeModel

PLANT = Sample("When do I water a fern?", output="Weekly.", system="You sell plants.")
SUM = Sample("Add the numbers.", "1, 2", "3")
SMALL = {"axes": ("intent", "edge_case"), "intent": ("compare", "explain"), "variants": 2}


def model_of(varied=None, fits=True, answer="In the morning."):
    def said(prompt):
        if '"fits"' in prompt.schema:
            return {"reason": "It is too easy.", "fits": fits} if isinstance(fits, bool) else fits
        if prompt.schema:
            text = f"Variant {prompt.slot}" if varied is None else varied
            return {"rewritten_prompt": text} if isinstance(text, str) else text
        return answer

    return FakeModel(said)


def run(model, pool=(PLANT, SUM), **options):
    return list(PromptEvolution(**{**SMALL, **options})([Seed(sample) for sample in pool], model))


def test_each_variant_has_its_cell_as_category_and_its_sample_as_parent():
    made = run(model_of())
    assert [one.origin.parents for one in made] == [(PLANT.id,)] * 2 + [(SUM.id,)] * 2
    assert {one.origin.category for one in made} <= {cell.words for cell in PromptEvolution(**SMALL).cells()}
    assert made[0].sample == Sample(
        "Variant seed 0, sample 1, variant 1", output="In the morning.", system="You sell plants."
    )
    assert made[2].sample.system == ""
    assert made[0].origin.ref.endswith(", sample 1, variant 1")
    assert not any(one.rule for one in made)


def test_the_grid_shows_which_cells_are_empty():
    method = PromptEvolution(**SMALL)
    made = run(model_of())
    counts = grid(method.cells(), (one.origin for one in made if not one.rule))
    assert len(counts) == 6
    assert sorted(counts.values()) == [0, 0, 1, 1, 1, 1]
    table = crossed(counts, "intent", "edge_case")
    assert set(table) == {"compare", "explain"}
    assert set(table["compare"]) == {"none", "ambiguous", "out of scope"}
    assert sum(sum(row.values()) for row in table.values()) == 4


@given(st.integers(1, 40), st.integers(1, 9), st.integers(1, 12), st.integers(0, 3))
def test_cells_are_filled_evenly_and_those_of_one_sample_differ(samples, variants, values, seed):
    cells = cells_of({"intent": [f"v{n}" for n in range(values)]})
    given_ = allotted(cells, samples, variants, seed)
    counts = Counter(cell for own in given_ for cell in own)
    assert max(counts.values()) - min(counts[cell] for cell in cells) <= 1
    assert all(len(set(own)) == min(variants, values) for own in given_)


def test_the_grid_is_what_the_options_choose():
    assert len(PromptEvolution().cells()) == 5 * 3 * 3
    only = PromptEvolution(axes=("tone", "persona"), tone=("warm", "warm"), persona=())
    assert [cell.words for cell in only.cells()] == ["tone: warm"]
    everything = PromptEvolution(axes=("intent", "specificity", "tone", "persona", "complexity", "edge_case"))
    assert len(everything.cells()) == 5 * 3 * 4 * 5 * 3 * 3


def test_the_model_is_told_the_cell_and_the_domain():
    model = model_of()
    run(model, (SUM,), domain="a shop for plants", axes=("tone", "edge_case"), tone=("impatient",), variants=3)
    asked = [prompt.messages[0].content for prompt in model.prompts if prompt.schema]
    assert all("The domain: a shop for plants" in text and "Its tone: impatient." in text for text in asked)
    assert all("Add the numbers.\n\n1, 2" in text for text in asked)
    assert sum("asks for something outside" in text for text in asked) == 1
    assert sum("in more than one way" in text for text in asked) == 1


def test_edge_cases_are_answered_as_such_and_the_advice_is_not_kept():
    model = model_of()
    made = run(model, domain="a shop for plants", axes=("edge_case",), edge_case=("out of scope",), variants=1)
    first, second = (prompt.messages[0] for prompt in model.prompts if not prompt.schema)
    assert first.role == second.role == "system"
    assert first.content.startswith("You sell plants.\n\nThe question lies outside of what you are for (a shop")
    assert [one.sample.system for one in made] == ["You sell plants.", ""]
    assert [one.sample.system for one in run(model_of(), system="Be kind.")] == ["Be kind."] * 4


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ({"varied": " "}, "empty prompt"),
        ({"varied": "when do I  water a fern?"}, "exact copy"),
        ({"varied": "Like the given prompt: when?"}, "leaked words"),
        ({"varied": ("refused", "No.")}, "no answer: refused"),
        ({"fits": False}, "off its cell"),
        ({"fits": ("malformed", "no")}, "no answer: malformed"),
        ({"answer": ("truncated", "In the")}, "no answer: truncated"),
    ],
)
def test_each_rule_drops_visibly(options, rule):
    (made,) = run(model_of(**options), (PLANT,), variants=1, check=True)
    assert made.rule == rule
    assert made.reason


def test_the_same_prompt_twice_is_kept_once():
    assert [one.rule for one in run(model_of(varied="When?"), (PLANT,))] == ["", "exact copy"]


def test_prompts_alone_and_checks_are_options():
    model = model_of()
    made = run(model, (PLANT,), answers=False)
    assert [one.sample.output for one in made] == ["", ""]
    assert len(model.prompts) == 2
    assert [one.what for one in PromptEvolution(answers=False).expected([Seed(PLANT)])] == ["variants"]
    asked = PromptEvolution(check=True).expected([Seed(PLANT)])
    assert [(one.what, one.calls) for one in asked] == [("variants", 4), ("do they fit?", 4), ("answers", 4)]


def test_without_a_cell_or_a_prompt_it_says_so():
    with pytest.raises(NotReady, match="at least one axis"):
        run(model_of(), axes=())
    with pytest.raises(NotReady, match="at least one axis"):
        PromptEvolution(axes=("tone",), tone=()).expected([Seed(PLANT)])
    with pytest.raises(NotReady, match="nothing to evolve"):
        run(model_of(), (Sample(" "),))
