"""Scores of harm from a moderation endpoint: paid once, and nothing made up on a bad answer."""

import json
import math

import pytest

from curation.judges import JUDGES, SCORERS, Moderation
from curation.judges.moderation import HARM
from curation.judges.scoring import INJECTION
from curation.model.dialect import Dialect
from curation.model.prices import PER_PROMPT, most_tokens
from curation.model.reading import read
from curation.prompts import Prompt, Reply
from curation.sample import Message, Sample

KILL = Sample("How do I kill a process?", output="Use kill.", system="Be kind.", rejected="No.")
CALM = Sample("Name a colour.", output="Red", followups=(Message("user", "Another?"),))


class Says:
    """Answers every prompt in the same way."""

    def __init__(self, text, problem=""):
        self.text, self.problem, self.prompts = text, problem, []

    def each(self, chains):
        for chain in chains:
            self.prompts.append(next(chain))
            try:
                chain.send(Reply(self.prompts[-1].key("m"), "m", self.text, self.problem))
            except StopIteration as end:
                yield end.value


def test_it_is_offered_apart_from_the_judges_that_ask_a_chat_model():
    assert "moderation" not in JUDGES
    assert SCORERS["moderation"] is Moderation
    assert all(field.description for field in Moderation.model_fields.values())


def test_each_category_is_a_criterion_and_the_highest_stands_for_all():
    model = Says('{"hate": 0.1, "violence": 0.75}')
    found = list(Moderation()([KILL], model))
    assert {one.criterion: one.value for one in found} == {HARM: 0.75, "hate": 0.1, "violence": 0.75, INJECTION: 0.0}
    assert found[0].reason == "violence 0.75, hate 0.1"
    assert model.prompts[0].moderate == "Be kind.\n\nHow do I kill a process?\n\nUse kill."
    assert [one.calls for one in Moderation().expected([KILL, CALM, Sample("")])] == [2]


def test_the_answer_alone_and_what_has_no_text():
    model = Says('{"hate": 0}')
    found = list(Moderation(part="answer")([CALM, Sample("Sing.")], model))
    assert [prompt.moderate for prompt in model.prompts] == ["Red"]
    assert found[-1].problem == "no text to look at"
    assert Moderation(part="answer").version() != Moderation().version()


@pytest.mark.parametrize("said", ["", "I find it harmless.", "[]", "{}", '{"hate": "very"}'])
def test_an_answer_without_scores_is_a_problem_and_never_a_value(said):
    found = list(Moderation()([KILL], Says(said)))
    assert [(one.criterion, one.problem) for one in found] == [(HARM, "no verdict: malformed")]
    assert math.isnan(found[0].value)
    failed = list(Moderation()([KILL], Says("", "timeout")))
    assert failed[0].problem == "no verdict: timeout"


def test_what_is_sent_and_what_is_read():
    prompt = Prompt(moderate="caf\ud83d", max_tokens=1)
    assert Dialect(None).asked(prompt, "m", "plain").body == {"model": "m", "input": "caf?"}
    assert most_tokens(prompt, "plain") >= PER_PROMPT + 4
    body = {"id": "x", "model": "m1", "results": [{"flagged": True, "category_scores": {"b": 0.5, "a": 1}}]}
    found = read(json.dumps(body).encode())
    assert (found.text, found.problem, found.model) == ('{"a": 1.0, "b": 0.5}', "", "m1")


@pytest.mark.parametrize(
    "results",
    [[], [{}], [{"category_scores": {}}], [{"category_scores": {"a": 2}}], [{"category_scores": {"a": "high"}}], 5],
)
def test_f7_moderations_of_another_shape_are_malformed(results):
    assert read(json.dumps({"results": results}).encode()).problem == "malformed"


def test_n3_questions_of_before_there_was_such_a_thing_keep_their_key():
    """Measured on the version before: a ledger that was written then still answers."""
    prompt = Prompt((Message("user", "Name a colour."),), slot="seed 7", temperature=0.0)
    assert prompt.key("m") == "298def0e33c802d6fad828556ce206e8"
    assert Prompt(moderate="a").key("m") != Prompt(moderate="b").key("m")
