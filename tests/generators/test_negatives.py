"""Bad answers: which kinds, beside what, and that no format takes one for a good answer."""

import pytest

from curation.errors import NotReady
from curation.exporters import FORMATS
from curation.generators.negatives import FLAWS, Negatives
from curation.sample import Sample, Seed
from tests.generators.fake_model import FakeModel

POOL = [Seed(Sample(f"Name river {n}.", f"in country {n}", f"The Elbe, number {n}")) for n in range(40)]
REFUSAL = "I'm sorry, but I can't help with that."


def bad(prompt):
    text = prompt.messages[-1].content
    return {"answer": REFUSAL if FLAWS["refusal"] in text else f"What a question, number {prompt.key('x')[:6]}!"}


def made(pool=POOL, said=bad, **options):
    model = FakeModel(said)
    return list(Negatives(**options)(pool, model)), model.prompts


def test_each_is_the_rejected_answer_beside_the_samples_own():
    found, _ = made()
    assert not any(one.rule for one in found)
    assert [one.sample.output for one in found] == [seed.sample.output for seed in POOL]
    kinds = {one.origin.category for one in found}
    assert kinds == {
        "negative example: refusal",
        "negative example: wrong fact",
        "negative example: off-topic",
        "negative example: sycophantic",
    }
    assert all(one.sample.rejected == REFUSAL for one in found if one.origin.category == "negative example: refusal")
    assert [one.origin.parents for one in found] == [(seed.sample.id,) for seed in POOL]


def test_several_for_one_instruction_are_of_different_kinds():
    found, prompts = made(POOL[:1], answers=5, kinds=tuple(FLAWS))
    assert {one.origin.category.removeprefix("negative example: ") for one in found} == set(FLAWS)
    assert Negatives(answers=5, kinds=("unsafe", "unsafe")).wanted(POOL) == 40
    assert all("The Elbe, number 0" in prompt.messages[0].content for prompt in prompts)


def test_a_bad_answer_alone_is_taken_by_no_format_that_trains_on_answers():
    (one, *_), _ = made(pair=False)
    assert (one.sample.output, bool(one.sample.rejected), one.rule) == ("", True, "")
    takers = {name for name, form in FORMATS.items() if form().accepts(one.sample)}
    # Every column as it is, a view, answers with the label false, and prompts without any answer.
    assert takers == {"parquet", "csv", "trl_kto", "llama_factory_kto", "trl_prompt_only"}
    assert [row["label"] for row in FORMATS["trl_kto"]().rows(one.sample)] == [False]


def test_a_pair_goes_to_preference_formats_with_the_bad_answer_rejected():
    (one, *_), _ = made()
    row = FORMATS["trl_preference"](conversational=False)(one.sample)
    assert (row["chosen"], row["rejected"]) == (one.sample.output, one.sample.rejected)


@pytest.mark.parametrize(
    ("kind", "said", "rule"),
    [
        ("refusal", {"answer": "The Elbe."}, "another kind"),
        ("wrong fact", {"answer": REFUSAL}, "another kind"),
        ("wrong fact", {"answer": "  the elbe, number 0 "}, "not a bad answer"),
        ("off-topic", {"answer": " "}, "empty answer"),
        ("off-topic", {"answer": "Here is a bad answer: lakes."}, "names its flaw"),
        ("unsafe", ("filtered", ""), "no answer: filtered"),
        ("unsafe", ("malformed", "{"), "no answer: malformed"),
    ],
)
def test_what_is_dropped_says_why(kind, said, rule):
    (one,), _ = made(POOL[:1], lambda _: said, kinds=(kind,))
    assert one.rule == rule
    assert one.reason


def test_the_same_bad_answer_twice_is_a_copy_and_an_empty_pool_is_said():
    found, _ = made(POOL[:1], lambda _: {"answer": "Lakes are nice."}, kinds=("unsafe", "off-topic"), answers=2)
    assert [one.rule for one in found] == ["", "exact copy"]
    with pytest.raises(NotReady):
        Negatives().wanted([])
