import csv
import json
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.exporters import (
    FORMATS,
    Alpaca,
    Csv,
    LlamaFactoryKto,
    LlamaFactoryPreference,
    OpenAiChat,
    OpenAiPreference,
    Parquet,
    ShareGpt,
    TrlKto,
    TrlLanguageModelling,
    TrlPreference,
    TrlPromptCompletion,
    TrlPromptOnly,
    write_rows,
)
from curation.sample import Message, Sample

PLAIN = Sample("Add.", "1, 2", "3")
TALK = Sample(
    "Hi",
    output="Hello",
    system="Be kind.",
    followups=(Message("user", "Bye"), Message("assistant", "See you")),
)
TOOL = Sample("Weather?", output="call()", followups=(Message("tool", "sun"), Message("assistant", "Sunny")))
PAIR = Sample("Best colour?", output="Blue", rejected="No", system="Be kind.")
UNANSWERED = Sample("Hi", output="Hello", followups=(Message("user", "Still there?"),))
EMPTY = Sample("Hi")
BAD = Sample("Best colour?", rejected="No")
ALL = (PLAIN, TALK, TOOL, PAIR, UNANSWERED, EMPTY, BAD)
VARIANTS = [
    *(form() for form in FORMATS.values()),
    Alpaca(extended=False),
    *(form(conversational=False) for form in FORMATS.values() if "conversational" in form.model_fields),
]
KINDS = {
    "text": str,
    "messages": list,
    "turns": list,
    "history": list,
    "request": dict,
    "flag": bool,
}
TEXT = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x00\x1b\u202e\u200b\u2028\r\n\t=,\"'"), max_size=20
)
SAMPLES = st.builds(
    Sample,
    TEXT,
    TEXT,
    TEXT,
    TEXT,
    st.lists(st.builds(Message, st.sampled_from(["user", "assistant", "tool"]), TEXT), max_size=4).map(tuple),
    TEXT,
)


def test_every_format_is_in_the_registry_under_its_name():
    assert [form.name for form in FORMATS.values()] == list(FORMATS)
    assert {type(form).name for form in VARIANTS} == set(FORMATS)
    assert all(form.label() and ">>>" in (form.__doc__ or "") for form in FORMATS.values())


@pytest.mark.parametrize("form", VARIANTS, ids=repr)
@given(SAMPLES)
def test_every_row_has_every_column_with_one_type_and_no_null(form, sample):
    if form.accepts(sample):
        rows = form.rows(sample)
        assert form(sample) == rows[0]
        for row in rows:
            assert list(row) == list(form.columns())
            assert all(type(row[name]) is KINDS[kind] for name, kind in form.columns().items())
            assert "null" not in json.dumps([value for value in row.values() if not value])


@pytest.mark.parametrize(
    ("form", "samples"),
    [
        (Alpaca(), {PLAIN, TALK, PAIR}),
        (Alpaca(extended=False), {PLAIN}),
        (ShareGpt(), {PLAIN, TALK, TOOL, PAIR}),
        (OpenAiChat(), {PLAIN, TALK, PAIR}),
        (TrlPromptCompletion(), {PLAIN, TALK, TOOL, PAIR}),
        (TrlPromptCompletion(conversational=False), {PLAIN, PAIR}),
        (TrlPreference(), {PAIR}),
        (TrlPreference(conversational=False), {PAIR}),
        (TrlLanguageModelling(), {PLAIN, TALK, TOOL, PAIR}),
        (TrlLanguageModelling(conversational=False), {PLAIN, PAIR}),
        (TrlPromptOnly(), set(ALL)),
        (TrlPromptOnly(conversational=False), {PLAIN, PAIR, EMPTY, BAD}),
        (TrlKto(), {PLAIN, TALK, TOOL, PAIR, BAD}),
        (TrlKto(conversational=False), {PLAIN, PAIR, BAD}),
        (OpenAiPreference(), {PAIR}),
        (LlamaFactoryPreference(), {PAIR}),
        (LlamaFactoryKto(), {PLAIN, TALK, TOOL, PAIR, BAD}),
        (Parquet(), set(ALL)),
        (Csv(), set(ALL)),
    ],
    ids=repr,
)
def test_what_a_format_can_carry(form, samples):
    assert {sample for sample in ALL if form.accepts(sample)} == samples


def test_alpaca_puts_earlier_turns_into_history():
    assert Alpaca()(PLAIN) == {"instruction": "Add.", "input": "1, 2", "output": "3", "system": "", "history": []}
    assert Alpaca()(TALK) == {
        "instruction": "Bye",
        "input": "",
        "output": "See you",
        "system": "Be kind.",
        "history": [["Hi", "Hello"]],
    }


def test_sharegpt_names_its_speakers():
    assert [turn["from"] for turn in ShareGpt()(TOOL)["conversations"]] == ["human", "gpt", "observation", "gpt"]
    assert ShareGpt()(TALK)["system"] == "Be kind."


def test_openai_chat_starts_with_the_system_message_only_where_there_is_one():
    assert [m["role"] for m in OpenAiChat()(TALK)["messages"]] == ["system", "user", "assistant", "user", "assistant"]
    assert OpenAiChat()(PLAIN)["messages"][0] == {"role": "user", "content": "Add.\n\n1, 2"}


def test_trl_learns_the_last_answer_only():
    row = TrlPromptCompletion()(TALK)
    assert [m["content"] for m in row["prompt"]] == ["Be kind.", "Hi", "Hello", "Bye"]
    assert row["completion"] == [{"role": "assistant", "content": "See you"}]


def test_trl_text_keeps_prompt_and_answer_apart_when_put_together():
    row = TrlPreference(conversational=False)(PAIR)
    assert row["prompt"] + row["chosen"] == "Be kind.\n\nBest colour?\n\nBlue"
    assert TrlPromptCompletion(conversational=False, separator="\n")(PAIR)["prompt"] == "Be kind.\nBest colour?\n"


def test_trl_preference_as_messages():
    row = TrlPreference()(PAIR)
    assert [m["role"] for m in row["prompt"]] == ["system", "user"]
    assert row["chosen"] == [{"role": "assistant", "content": "Blue"}]
    assert row["rejected"] == [{"role": "assistant", "content": "No"}]
    assert not TrlPreference().accepts(Sample("Q", output="same", rejected="same"))


def test_openai_preference_ends_its_input_with_the_user():
    row = OpenAiPreference()(PAIR)
    assert row == {
        "input": {"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Best colour?"}]},
        "preferred_output": [{"role": "assistant", "content": "Blue"}],
        "non_preferred_output": [{"role": "assistant", "content": "No"}],
    }


def test_language_modelling_is_the_whole_conversation():
    assert TrlLanguageModelling()(TALK) == OpenAiChat()(TALK)
    assert TrlLanguageModelling(conversational=False)(PAIR) == {"text": "Be kind.\n\nBest colour?\n\nBlue"}


def test_prompt_only_ends_with_a_question():
    assert [message["content"] for message in TrlPromptOnly()(TALK)["prompt"]] == ["Be kind.", "Hi", "Hello", "Bye"]
    assert [message["content"] for message in TrlPromptOnly()(UNANSWERED)["prompt"]] == ["Hi", "Hello", "Still there?"]
    assert TrlPromptOnly(conversational=False)(BAD) == {"prompt": "Best colour?\n\n"}
    assert not TrlPromptOnly().accepts(Sample("", output="alone"))


def test_kto_has_a_row_for_each_answer_with_its_label():
    assert [row["label"] for row in TrlKto().rows(PAIR)] == [True, False]
    assert [row["completion"][0]["content"] for row in TrlKto().rows(PAIR)] == ["Blue", "No"]
    assert [row["label"] for row in TrlKto(conversational=False).rows(BAD)] == [False]
    assert [row["label"] for row in TrlKto().rows(PLAIN)] == [True]
    same = Sample("Q", output="same", rejected="same")
    assert not any(form.accepts(same) for form in (TrlKto(), LlamaFactoryKto()))


def test_kto_of_a_long_conversation_is_its_last_answer():
    long = Sample("Hi", output="Hello", rejected="Go", followups=TALK.followups)
    assert [row["completion"][0]["content"] for row in TrlKto().rows(long)] == ["See you"]


def test_llama_factory_kto_ends_each_conversation_with_the_answer_that_is_meant():
    rows = LlamaFactoryKto().rows(PAIR)
    assert [(row["conversations"][-1], row["kto_tag"]) for row in rows] == [
        ({"from": "gpt", "value": "Blue"}, True),
        ({"from": "gpt", "value": "No"}, False),
    ]
    assert {row["system"] for row in rows} == {"Be kind."}


def test_llama_factory_preference_keeps_instruction_and_input_apart():
    pair = Sample("Add.", "1, 2", "3", rejected="4")
    row = {"instruction": "Add.", "input": "1, 2", "chosen": "3", "rejected": "4", "system": ""}
    assert LlamaFactoryPreference()(pair) == row


def unsafe(cell):
    return cell[:1] in {*"=+-@\t\r\n＝＋－＠"}


@settings(deadline=None)  # each file waits for the disk
@given(SAMPLES, st.sampled_from("=+-@\t\r"))
def test_no_csv_cell_starts_a_formula(tmp_path_factory, sample, start):
    """T3: and apart from the `'` every cell comes back as it was."""
    hostile = Sample(start + sample.instruction, sample.input, sample.output, rejected=sample.rejected)
    path = tmp_path_factory.mktemp("csv") / "view.csv"
    write_rows(path, "csv", Csv().columns(), [Csv()(hostile)])
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, cells = csv.reader(file)
    assert "for viewing" in header[0]
    assert not any(unsafe(cell) for cell in chain(header, cells))
    values = (hostile.id, "", hostile.instruction, hostile.input, hostile.output, "", hostile.rejected)
    assert tuple(cells) == tuple(f"'{value}" if unsafe(value) else value for value in values)


def test_formulas_stay_exact_where_it_is_for_training():
    """T3."""
    bomb = Sample("=HYPERLINK()", output="@x")
    assert OpenAiChat()(bomb)["messages"][0]["content"] == "=HYPERLINK()"
    assert Parquet()(bomb)["output"] == "@x"
