"""Answers for instructions: which are asked, what is said to the model, what is dropped."""

import pytest

from curation.errors import NotReady
from curation.generators.declining import declines
from curation.generators.responding.principles import PRINCIPLES
from curation.generators.responding.respond import Respond
from curation.sample import Message, Sample, Seed
from tests.generators.fake_model import FakeModel

OPEN = Seed(Sample("Name a river."), category="facts")
DONE = Seed(Sample("Name a lake.", output="Como", rejected="Elbe"))
TALK = Seed(Sample("Name a hill.", output="Box Hill", followups=(Message("user", "Another?"),)))


def made(pool, said=lambda prompt: f"re {prompt.slot}", **options):
    model = FakeModel(said)
    return list(Respond(**options)(pool, model)), model.prompts


def test_only_what_waits_for_an_answer_is_asked():
    found, prompts = made([OPEN, DONE, TALK], system="Be brief.")
    assert [one.sample.output for one in found] == ["re seed 0, answer 1", "Box Hill"]
    assert found[1].sample.followups[-1] == Message("assistant", "re seed 0, answer 1")
    assert [(m.role, m.content) for m in prompts[1].messages] == [
        ("system", "Be brief."), ("user", "Name a hill."), ("assistant", "Box Hill"), ("user", "Another?"),
    ]  # fmt: skip
    assert found[0].origin.category == "facts"
    assert found[0].origin.parents == (OPEN.sample.id,)


def test_all_are_asked_anew_where_that_is_wanted():
    found, _ = made([OPEN, DONE], which="all", answers=2)
    assert [one.sample.instruction for one in found] == ["Name a river."] * 2 + ["Name a lake."] * 2
    assert not any(one.rule or one.sample.rejected for one in found)
    assert Respond(which="all", answers=2).wanted([OPEN, DONE]) == 4


def test_nothing_to_answer_is_said():
    for ask in (Respond().wanted, Respond().expected, lambda pool: list(Respond()(pool, FakeModel(str)))):
        with pytest.raises(NotReady, match="waits for an answer"):
            ask([DONE])


def test_a_principle_guides_the_answer_and_is_no_part_of_the_sample():
    found, prompts = made([OPEN], answers=30, principles=("honesty", "truthfulness"), system="Be brief.")
    told = {prompt.messages[0].content for prompt in prompts}
    assert told == {f"Be brief.\n\n{PRINCIPLES[name]}" for name in ("honesty", "truthfulness")}
    assert {one.sample.system for one in found} == {"Be brief."}
    assert {one.origin.ref.rsplit(", ", 1)[1] for one in found} == {"honesty", "truthfulness"}


def test_what_is_dropped_says_why():
    said = iter(["Elbe", "Elbe", ("filtered", ""), "I'm sorry, but I can't help with that."])
    found, _ = made([OPEN], lambda _: next(said), answers=4)
    assert [one.rule for one in found] == ["", "exact copy", "no answer: filtered", "declines"]
    assert all(one.reason for one in found if one.rule)


def test_the_answer_that_is_there_already_is_a_copy_and_refusals_can_be_kept():
    assert [one.rule for one in made([DONE], lambda _: "Como", which="all")[0]] == ["exact copy"]
    assert made([OPEN], lambda _: "As an AI, I cannot swim.", keep_refusals=True)[0][0].rule == ""


@pytest.mark.parametrize(
    ("text", "is_refusal"),
    [
        ("As an AI language model, I have no favourite.", True),
        ("I’m sorry, I cannot do that.", True),
        ("I am afraid that I can't.", True),
        ("I won't write this.", True),
        ("Sorry, the shop is closed on Mondays.", False),
        ("I cannot help but smile at this.", False),
        ("You cannot divide by zero.", False),
        ("As an AI-driven firm, we grow.", False),
    ],
)
def test_declining(text, is_refusal):
    assert declines(text) is is_refusal
