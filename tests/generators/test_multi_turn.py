"""Conversations: who says what, what ends one, and that the kinds of follow-ups are drawn as weighted."""

from collections import Counter

import pytest
from pydantic import ValidationError

from curation.errors import NotReady
from curation.exporters import FORMATS
from curation.generators.multi_turn.moves import MOVES
from curation.generators.multi_turn.multi_turn import MultiTurn
from curation.generators.multi_turn.turn_checks import user_fault
from curation.sample import Message, Sample, Seed
from tests.generators.fake_model import FakeModel

SEED = Seed(Sample("Why do bees dance?", "", "To show the others the way to food.", system="Be kind."), category="bees")
REFUSAL = "I'm sorry, but I can't help with that."


def speak(prompt):
    """Every message is another one."""
    tag = prompt.key("x")[:8]
    return {"followup": f"And what about {tag}?"} if prompt.schema else f"About {tag}: yes."


def made(pool=(SEED,), said=speak, **options):
    model = FakeModel(said)
    return list(MultiTurn(**options)(list(pool), model)), model.prompts


def in_turn(*texts):
    """These for user and assistant in turn."""
    left = list(texts)

    def said(prompt):
        text = left.pop(0)
        return {"followup": text} if prompt.schema and isinstance(text, str) else text

    return said


def test_a_whole_conversation_has_its_turns_and_every_exporter_of_chats_takes_it():
    (one,), prompts = made(fewest=4, most=4)
    roles = [message.role for message in one.sample.followups]
    assert roles == ["user", "assistant"] * 3
    assert (one.sample.instruction, one.sample.output, one.rule) == ("Why do bees dance?", SEED.sample.output, "")
    assert one.origin.parents == (SEED.sample.id,)
    assert one.origin.category == "bees"
    assert [message.role for message in prompts[-1].messages] == ["system"] + ["user", "assistant"] * 3 + ["user"]
    assert all(FORMATS[name]().accepts(one.sample) for name in ("openai_chat", "sharegpt", "alpaca"))


def test_lengths_lie_between_the_bounds_and_follow_ups_are_drawn_by_weight():
    pool = [Seed(Sample(f"Question {n}?", output=f"Answer {n}")) for n in range(200)]
    found, prompts = made(pool, fewest=2, most=6, clarify=3, deepen=1, correct=0, change_topic=0)
    turns = Counter(1 + len(one.sample.followups) // 2 for one in found)
    assert set(turns) == {2, 3, 4, 5, 6}
    asked = Counter(kind for prompt in prompts for kind in MOVES if MOVES[kind] in prompt.messages[0].content)
    assert set(asked) == {"clarify", "deepen"}
    assert 2.2 < asked["clarify"] / asked["deepen"] < 4


@pytest.mark.parametrize(
    ("user", "rule"),
    [
        (" ", "empty turn"),
        (REFUSAL, "user declines"),
        ("Why do bees dance?", "repeats itself"),
        ("Sure, bees dance to show the way.", "answers, not asks"),
        ("It is to show all the others the way to food.", "answers, not asks"),
        ("And ants?\nAssistant: They do not.", "both speakers"),
        (("filtered", ""), "no answer: filtered"),
        (("malformed", "{"), "no answer: malformed"),
    ],
)
def test_a_bad_message_of_the_user_ends_it(user, rule):
    (one,), _ = made(said=in_turn(user))
    assert one.rule == rule
    assert "turn 2: " in one.reason
    assert "too few" in one.reason


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        (REFUSAL, "declines"),
        ("To show the others the way to food!", "repeats itself"),
        (("truncated", "They"), "no answer: truncated"),
    ],
)
def test_what_went_before_a_bad_answer_is_kept(answer, rule):
    (kept, cut), _ = made(said=in_turn("And ants?", "They follow a scent.", "And wasps?", answer), fewest=2, most=3,
                          seed=next(n for n in range(9) if turns_of(n) == 3))  # fmt: skip
    assert kept.rule == ""
    assert [message.content for message in kept.sample.followups] == ["And ants?", "They follow a scent."]
    assert (cut.rule, len(cut.sample.followups)) == (rule, 4)
    assert cut.reason.startswith("turn 3: ")
    assert cut.reason.endswith("cut off before it")


def turns_of(seed):
    (one,), _ = made(fewest=2, most=3, seed=seed)
    return 1 + len(one.sample.followups) // 2


def test_short_answers_may_be_the_same_and_a_name_before_a_message_goes():
    (one,), _ = made([Seed(Sample("Is 4 even?", output="Yes"))], in_turn("User: Is 6 even?", "Yes"), most=2)
    assert [message.content for message in one.sample.followups] == ["Is 6 even?", "Yes"]
    assert user_fault("Of course, but what about wasps?", [Message("user", "x")]) is None


def test_options_that_cannot_be_are_refused_by_name():
    for options, field in (({"fewest": 4, "most": 3}, "most"), (dict.fromkeys(WEIGHTS, 0), "change_topic")):
        with pytest.raises(ValidationError) as error:
            MultiTurn(**options)
        assert error.value.errors()[0]["loc"] == (field,)


WEIGHTS = ("clarify", "deepen", "correct", "change_topic")


def test_only_single_turns_with_an_answer_are_gone_on_from():
    done = Seed(Sample("A?", output="a", followups=(Message("user", "B?"), Message("assistant", "b"))))
    assert MultiTurn().wanted([SEED, done, Seed(Sample("C?"))]) == 1
    with pytest.raises(NotReady):
        MultiTurn().expected([done])
