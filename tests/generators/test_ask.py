"""One prompt, several answers."""

from curation.generators import Ask
from tests.generators.fake_model import FakeModel


def test_each_answer_is_asked_for_by_itself():
    model = FakeModel(lambda prompt: prompt.slot)
    made = list(Ask(prompt="Name a river.", system="Be brief.", answers=3, temperature=0.2, max_tokens=9)([], model))
    assert [one.sample.output for one in made] == ["answer 1", "answer 2", "answer 3"]
    assert {(one.sample.instruction, one.sample.system) for one in made} == {("Name a river.", "Be brief.")}
    assert [message.role for message in model.prompts[0].messages] == ["system", "user"]
    assert (model.prompts[0].temperature, model.prompts[0].max_tokens) == (0.2, 9)


def test_repeated_and_missing_answers_are_dropped_with_the_reason():
    said = {"answer 1": "Elbe", "answer 2": "Elbe", "answer 3": ("truncated", "The riv"), "answer 4": "Oder"}
    made = list(Ask(prompt="Name a river.", answers=4)([], FakeModel(lambda prompt: said[prompt.slot])))
    assert [one.rule for one in made] == ["", "exact copy", "no answer: truncated", ""]
    assert made[2].sample.output == "The riv"
    assert all(one.reason for one in made if one.rule)
