"""Magpie and Magpie-style: what is sent, what is filtered, where the answers come from."""

import numpy as np
import pytest

from curation.errors import Paused
from curation.generators.magpie.chat_templates import TEMPLATES
from curation.generators.magpie.freshness import Freshness
from curation.generators.magpie.magpie import Magpie
from curation.generators.magpie.magpie_style import KINDS, MagpieStyle
from curation.model import Endpoint
from curation.model.client import Client
from curation.practice import PRACTICE_MODEL, serve
from curation.sample import Sample, Seed
from tests.generators.fake_model import FakeModel
from tests.model.remembering import Remembering

ALL = {"most_similarity": 1}


def speak(prompt):
    number = prompt.slot.split()[-1]
    return f"What is question {number}?" if prompt.complete and "assistant" not in prompt.complete else "An answer."


def made(said=speak, pool=(), **options):
    model = FakeModel(said)
    return list(Magpie(**{"target": 3} | ALL | options)(list(pool), model)), model.prompts


def test_the_model_is_given_what_stands_before_the_user_and_nothing_else():
    found, prompts = made()
    assert [one.sample for one in found] == [Sample(f"What is question {n}?", output="An answer.") for n in (1, 2, 3)]
    first, last = prompts[0], prompts[-1]
    assert (first.complete, first.messages, first.temperature) == ("<|im_start|>user\n", (), 1.0)
    assert first.stop == ("<|im_end|>", "<|im_start|>", "<|endoftext|>")
    assert (last.messages[0].content, last.complete, last.temperature) == ("What is question 3?", "", 0.0)
    assert len({prompt.slot for prompt in prompts[:3]}) == 3


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_leads_up_to_user_and_assistant(name):
    form = TEMPLATES[name]
    assert form.system.count("{}") == 1
    assert form.before_user("Be {kind}.").count("Be {kind}.") == 1
    assert form.before_user("S").endswith(form.user) or name in {"Mistral", "Gemma"}
    assert form.before_assistant("Q") == form.user + "Q" + form.assistant
    assert 1 <= len(form.stops) <= 4
    assert any(form.assistant.startswith(stop) for stop in form.stops)


def test_answers_can_come_from_the_raw_text_too_and_a_system_message_steers_only_the_question():
    found, prompts = made(answer_by="template", template="Llama 3", system="Mathematics.")
    assert "Mathematics.<|eot_id|>" in prompts[0].complete
    assert prompts[-1].complete == (
        "<|start_header_id|>user<|end_header_id|>\n\nWhat is question 3?"
        "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"
    )
    assert not any(one.sample.system for one in found)


def test_what_is_filtered_says_why_and_is_made_up_for():
    said = iter([
        "Sort these words:", "Hello", "Why is the sky blue?", "why is  the SKY blue?", ("truncated", "Tell me"),
        "What is rain?\nassistant", "Name a river.",
    ])  # fmt: skip
    answers = iter(["Scattering.", "I'm sorry, but I can't help with that.", ("filtered", "")])
    found, _ = made(
        lambda prompt: next(said) if prompt.complete else next(answers, "Fine."),
        [Seed(Sample("Name a river."))], target=7, most_requests=7,
    )  # fmt: skip
    assert [one.rule for one in found] == [
        "ends with a colon", "too short", "", "exact copy", "no answer: truncated", "declines", "exact copy",
    ]  # fmt: skip
    assert found[5].sample.instruction == "What is rain?"
    more, prompts = made(lambda prompt: speak(prompt) if "3" in prompt.slot or prompt.messages else "Hi", target=1)
    assert [one.rule for one in more] == ["too short", "too short", ""]
    assert [one.round for one in more] == [1, 2, 3]
    assert len(prompts) == 4


class Angles:
    """Each text is an angle in degrees."""

    def embed(self, texts):
        angles = np.deg2rad([float(text.split()[0]) for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_an_instruction_near_an_earlier_one_is_dropped_and_does_not_count_for_the_next():
    fresh = Freshness([], 1, 0.975)
    faults = fresh.faults([f"{angle} degrees" for angle in (0, 10, 20, *range(100, 260, 2), 359)], Angles())
    assert faults[0] is None
    assert faults[1].rule == "too similar"
    assert 'with "0 degrees" (most 0.975)' in faults[1].reason
    assert faults[2] is None, "20 is near 10, which was dropped, and far enough from 0"
    assert faults[-1].rule == "too similar"
    assert fresh.faults(["180.5 degrees"], Angles())[0].rule == "too similar"


def test_style_asks_a_chat_for_one_task_type_each():
    model = FakeModel(lambda prompt: {"instruction": f"Do {prompt.key('x')} now"} if prompt.schema else "Done.")
    found = list(MagpieStyle(target=60, **ALL)([], model))
    assert all(one.rule == "" and one.sample.output == "Done." for one in found)
    assert len({one.origin.category for one in found}) >= 10
    assert {one.origin.category for one in found} <= set(KINDS)
    for one, prompt in zip(found[:50], model.prompts[:50], strict=True):
        assert KINDS[one.origin.category] in prompt.messages[0].content
    assert not any(prompt.complete for prompt in model.prompts)


def test_magpie_against_a_real_server_and_one_that_only_chats(monkeypatch):
    with serve() as server:
        endpoint = Endpoint("Practice", server.base_url, PRACTICE_MODEL)
        with Client(endpoint, Remembering()) as client:
            found = list(Magpie(target=12, **ALL)([], client))
        assert sum(not one.rule for one in found) >= 12
        assert len({one.sample.instruction for one in found}) >= 12
        monkeypatch.setattr("curation.practice.server.KINDS", {})
        with Client(endpoint, Remembering()) as client, pytest.raises(Paused, match="Use Magpie-style"):
            list(Magpie(target=3, seed=9, **ALL)([], client))
