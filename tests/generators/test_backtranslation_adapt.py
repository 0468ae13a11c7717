"""Samples for another language, domain or tone."""

import pytest
from pydantic import ValidationError

from curation.generators import Adapt
from curation.generators.backtranslation.tongues import CODES, code_of, other_language
from curation.sample import Message, Sample, Seed
from tests.generators.fake_model import FakeModel

OLD = Sample(
    "Explain how bees make honey in the summer months.",
    "The bees fly from flower to flower.",
    "They collect nectar, thicken it in the hive and close the cells with wax.",
    system="Be kind.",
    followups=(Message("user", "And wasps?"), Message("assistant", "They do not.")),
    rejected="No idea.",
)
NEW = {
    "adapted_instruction": "Erkläre, wie Bienen in den Sommermonaten Honig herstellen.",
    "adapted_input": "Die Bienen fliegen von Blüte zu Blüte.",
    "adapted_output": "Sie sammeln Nektar, dicken ihn im Stock ein und verschließen die Zellen mit Wachs.",
}


def adapted(said, sample=OLD, **options):
    model = FakeModel(lambda _: said)
    return list(Adapt(**options)([Seed(sample, category="biology")], model)), model


def test_all_three_texts_are_new_and_the_conversation_after_them_is_left_behind():
    (one,), model = adapted(NEW)
    assert one.sample == Sample(*NEW.values(), system="Be kind.")
    assert (one.rule, one.origin.parents, one.origin.category) == ("", (OLD.id,), "biology")
    assert "in German" in model.prompts[0].messages[0].content


def test_domain_and_tone_are_asked_for_and_need_no_language():
    (one,), model = adapted(NEW, languages=(), domain="nursing", tone="warm")
    asked = model.prompts[0].messages[0].content
    assert one.rule == ""
    assert all(wish in asked for wish in ("field: nursing", "tone: warm", "Keep its language"))


@pytest.mark.parametrize(
    ("said", "rule", "reason"),
    [
        ({"adapted_instruction": OLD.instruction}, "other language", "the instruction looks like en"),
        ({"adapted_output": OLD.output}, "other language", "the answer looks like en"),
        ({"adapted_output": " "}, "empty", "no output"),
        ({"adapted_instruction": "", "adapted_input": ""}, "empty", "no instruction and no input"),
        ({f"adapted_{name}": getattr(OLD, name) for name in ("instruction", "input", "output")}, "no change", "as"),
    ],
)
def test_what_is_not_as_wanted_is_dropped_with_the_reason(said, rule, reason):
    (one,), _ = adapted(NEW | said)
    assert one.rule == rule
    assert reason in one.reason


def test_the_answer_may_be_in_another_language_by_design():
    (one,), _ = adapted(NEW | {"adapted_output": OLD.output}, check_answer=False)
    assert one.rule == ""


def test_several_languages_are_a_request_each():
    found, model = adapted(NEW, languages=("German", "Dutch", "German"))
    assert len(model.prompts) == len(found) == 2
    assert found[1].rule == "other language"


@pytest.mark.parametrize("options", [{"languages": ()}, {"languages": ("Klingon",)}])
def test_something_must_change_and_be_told(options):
    with pytest.raises(ValidationError):
        Adapt(**options)


def test_every_language_with_a_name_is_one_that_the_detector_gives():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    assert set(CODES.values()) <= set(LanguageIdentifier.from_model_file(MODEL_FILE).labels)
    assert code_of(" swiss german ") == "de"


def test_what_is_too_short_or_nearly_the_same_language_is_let_pass():
    assert other_language("answer", "Hello", "German") is None
    assert other_language("answer", "Jeg vil gerne have en kop kaffe med mælk, tak.", "Norwegian") is None
    assert other_language("answer", "蜜蜂在夏天采集花蜜并酿造蜂蜜。", "German") is not None
