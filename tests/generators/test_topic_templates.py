"""Templates whose gaps a model fills."""

import pytest
from pydantic import ValidationError

from curation.generators.templates.fillings import Filled, fillings_in
from curation.generators.templates.topic_templates import TopicTemplates
from curation.sample import Message, Sample, Seed
from tests.generators.fake_model import FakeModel

TEMPLATE = "Compare {a} with {b}."


def answering(*rounds):
    """Each list of fillings in turn, the last one again and again; any other question is answered by its own text."""
    left = list(rounds)

    def said(prompt):
        if not prompt.schema:
            return f"About: {prompt.messages[-1].content}"
        listed = left.pop(0) if len(left) > 1 else left[0]
        return (
            {"fillings": [dict(zip("ab", one, strict=True)) for one in listed]} if isinstance(listed, list) else listed
        )

    return said


def made(said, pool=(), **options):
    model = FakeModel(said)
    options = {"template": TEMPLATE, "target": 2} | options
    return list(TopicTemplates(**options)(pool, model)), model.prompts


def test_fillings_are_put_in_and_answered():
    found, prompts = made(answering([("salt", "sugar"), ("tides", "waves")]), system="Be brief.")
    assert [one.sample for one in found] == [
        Sample("Compare salt with sugar.", output="About: Compare salt with sugar.", system="Be brief."),
        Sample("Compare tides with waves.", output="About: Compare tides with waves.", system="Be brief."),
    ]
    assert prompts[1].messages == (Message("system", "Be brief."), Message("user", "Compare salt with sugar."))
    assert "a, b" in prompts[0].messages[0].content
    assert len({one.origin.ref for one in found}) == 2


def test_what_is_there_is_dropped_with_the_reason_and_shown_in_the_next_round():
    first = [("the salt", "sugar"), ("The salt", " sugar"), ("", "x"), ("the fine salt", "sugar")]
    found, prompts = made(answering(first, [("tides", "waves")]))
    assert sorted(one.rule for one in found) == ["", "", "empty gap", "exact copy", "too similar"]
    assert [one.round for one in found if not one.rule] == [1, 2]
    lists = [prompt.messages[0].content for prompt in prompts if prompt.schema]
    assert "the salt / sugar" not in lists[0]
    assert "the salt / sugar" in lists[1]
    assert "<known " in lists[1]


def test_one_gap_may_come_again():
    there = Filled([{"a": "tides", "b": "the pupils of a village school"}], 0.7)
    assert there.admit({"a": "chess", "b": "the pupils of a village school"}) is None
    fault = there.admit({"a": "chess", "b": "pupils of a village school"})
    assert "in each gap" in fault.reason
    assert "chess / the pupils" in fault.reason


def test_fillings_of_the_pool_are_known():
    pool = [Seed(Sample("compare salt with sugar.")), Seed(Sample("Name a river."))]
    found, _ = made(answering([("salt", "sugar"), ("tides", "waves"), ("oak", "elm")]), pool)
    assert [one.rule for one in found] == ["exact copy", "", ""]


@pytest.mark.parametrize(
    ("said", "rule"),
    [(("refused", "No."), "no answer: refused"), ([], "no fillings"), (("timeout", ""), "no answer: timeout")],
)
def test_a_list_that_does_not_come_ends_after_the_most_requests(said, rule):
    found, prompts = made(answering(said), most_requests=3)
    assert [one.rule for one in found] == [rule] * 3
    assert len(prompts) == len({one.origin.ref for one in found}) == 3


def test_an_answer_that_does_not_come_drops_only_its_own():
    def said(prompt):
        if prompt.schema:
            return {"fillings": [{"a": "salt", "b": "sugar"}, {"a": "tides", "b": "waves"}]}
        return ("truncated", "Salt is") if "salt" in prompt.messages[-1].content else "Yes"

    found, _ = made(said, most_requests=1)
    assert [one.rule for one in found] == ["no answer: truncated", ""]


@pytest.mark.parametrize(("template", "reason"), [("Explain tides.", "no gap"), ("Explain {.", "stands alone")])
def test_a_template_without_gaps_is_refused(template, reason):
    with pytest.raises(ValidationError, match=reason):
        TopicTemplates(template=template)


def test_a_gap_that_comes_twice_and_braces_of_the_text():
    template = "Is {a} like {a} in {{x}} (by {b})?"
    texts = ["Is tea like tea in {x} (by Ada)?", "Is tea like milk in {x} (by Ada)?"]
    assert fillings_in(template, texts) == [{"a": "tea", "b": "Ada"}]
    assert Filled([{"a": "tea", "b": "Ada"}], 0.7).latest == ["tea / Ada"]
