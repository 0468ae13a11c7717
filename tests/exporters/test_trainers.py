"""TRL itself reads what is written for it. TRL is no dependency of Sift: without it this is skipped."""

import pytest

from curation.exporters import FORMATS, TrlKto, TrlPreference
from curation.sample import Message, Sample

trl = pytest.importorskip("trl.data_utils", reason="TRL is not installed (pip install trl)")

PAIR = Sample("Best colour?", output="Blue", rejected="No", system="Be kind.")
TALK = Sample("Hi", output="Hello", followups=(Message("user", "Bye"), Message("assistant", "See you")))
TEMPLATE = (
    "{% for message in messages %}<{{ message.role }}>{{ message.content }}{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}"
)
FORMS = [
    FORMATS[name](conversational=conversational)
    for name in FORMATS
    if name.startswith("trl_")
    for conversational in (True, False)
]


@pytest.fixture(scope="module")
def tokenizer():
    from tokenizers import Tokenizer, models
    from transformers import PreTrainedTokenizerFast

    return PreTrainedTokenizerFast(tokenizer_object=Tokenizer(models.WordLevel({"x": 0})), chat_template=TEMPLATE)


@pytest.mark.parametrize("form", FORMS, ids=repr)
def test_every_row_is_of_the_kind_that_it_is_meant_to_be(form):
    for sample in (PAIR, TALK):
        for row in form.rows(sample) if form.accepts(sample) else ():
            assert trl.is_conversational(row) is form.conversational


@pytest.mark.parametrize("form", FORMS, ids=repr)
def test_trl_makes_one_text_of_messages_and_leaves_plain_text(form, tokenizer):
    for row in form.rows(PAIR):
        made = trl.maybe_apply_chat_template(row, tokenizer)
        parts = {name: text for name, text in made.items() if isinstance(text, str)}
        if not form.conversational:
            assert made == row
        elif "prompt" in parts:
            assert parts.pop("prompt") == "<system>Be kind.<user>Best colour?<assistant>"
            assert set(parts.values()) <= {"Blue", "No"}
        else:
            assert parts == {"text": "<system>Be kind.<user>Best colour?<assistant>Blue"}


@pytest.mark.parametrize("conversational", [True, False])
def test_trl_takes_a_pair_apart_as_the_format_for_kto_does(conversational):
    from datasets import Dataset

    pairs = Dataset.from_list([TrlPreference(conversational=conversational)(PAIR)])
    apart = trl.unpair_preference_dataset(pairs).to_list()
    assert apart == TrlKto(conversational=conversational).rows(PAIR)
