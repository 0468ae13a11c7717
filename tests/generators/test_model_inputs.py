"""One instruction over many inputs, by a model."""

import pytest

from curation.errors import NotReady
from curation.generators.expansion.model_inputs import LABELS, ModelInputs
from curation.sample import Sample, Seed
from tests.generators.fake_model import FakeModel

MOOD = "What is the mood of the note?"
POOL = [
    Seed(Sample(MOOD, "The bus left without me again.", "annoyed"), category="classification", classification=True),
    Seed(Sample(MOOD, "We won the quiz!", "happy"), category="classification", classification=True),
    Seed(Sample("Shorten the sentence.", "It rained for many hours.", "It rained.", "Be brief."), category="editing"),
    Seed(Sample("Name a colour.", output="Red")),
]


def saying(*instances):
    return lambda _: {"instances": [{"input": given, "output": output} for given, output in instances]}


def made(said, pool=tuple(POOL), **options):
    model = FakeModel(said)
    return list(ModelInputs(**options)(pool, model)), model.prompts


def test_each_instruction_is_asked_about_once_with_its_examples():
    found, prompts = made(saying(("It is snowing outside.", "fine")))
    assert len(prompts) == len(found) == 2
    mood = next(prompt for prompt in prompts if MOOD in prompt.messages[0].content)
    text = mood.messages[0].content
    assert "We won the quiz!" in text
    assert "The bus left" in text
    assert LABELS in text
    assert mood.schema.index('"output"') < mood.schema.index('"input"'), "labels come first"
    one = next(one for one in found if one.sample.instruction == MOOD)
    assert set(one.origin.parents) == {seed.sample.id for seed in POOL[:2]}
    assert one.origin.category == "classification"
    other = next(one for one in found if one.sample.instruction != MOOD)
    assert (other.sample.system, other.sample.input) == ("Be brief.", "It is snowing outside.")


@pytest.mark.parametrize(
    ("instance", "rule"),
    [
        (("it rained for  many hours.", "It rained."), "exact copy"),
        (("It rained for so many hours.", "It rained."), "too similar"),
        (("", "It rained."), "empty input"),
        (("Hail fell on us.", ""), "empty output"),
        (("Hail fell on us.", "Hail fell on us."), "input is output"),
        (("Hail fell on us.", "Hail fell."), ""),
    ],
)
def test_what_drops_an_instance(instance, rule):
    found, _ = made(saying(instance), POOL[2:3])
    assert [one.rule for one in found] == [rule]
    assert bool(found[0].reason) == bool(rule)


def test_inputs_are_compared_with_those_of_the_same_answer_by_meaning_too():
    said = saying(("Hail fell on the green roof", "a"), ("On the green roof hail fell", "b"))
    found, _ = made(said, POOL[2:3], most_cosine=0.8)
    assert [one.rule for one in found] == ["", "too similar"]
    assert "cosine" in found[1].reason


def test_whole_examples_of_an_answer_that_was_cut_off_stand():
    cut = '{"instances": [{"input": "Hail fell.", "output": "Hail."}, {"input": "Sn'
    found, _ = made(lambda _: ("truncated", cut), POOL[2:3])
    assert [(one.rule, one.sample.input) for one in found] == [("", "Hail fell.")]
    found, _ = made(lambda _: ("refused", "No."), POOL[2:3])
    assert found[0].rule == "no answer: refused"
    found, _ = made(saying(), POOL[2:3])
    assert found[0].rule == "no instances"


def test_a_pool_without_inputs_is_said_before_anything_is_asked():
    with pytest.raises(NotReady, match="input and an answer"):
        ModelInputs().wanted(POOL[3:])
