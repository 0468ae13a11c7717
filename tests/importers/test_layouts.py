"""Every layout: what it recognises, what it makes of a row, and why it refuses one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import BadRow
from curation.importers import LAYOUTS, Mapped, guess_mapping, recognise
from curation.sample import Message, Sample

ASK = {"role": "user", "content": "Name a colour."}
RED = {"role": "assistant", "content": "Red"}
SEVEN = {"role": "assistant", "content": "Seven"}
MORE = [ASK, {"role": "assistant", "content": "Which kind?"}, {"role": "user", "content": "A warm one."}]
PLAIN = Sample("Name a colour.", output="Red")
PAIR = Sample("Name a colour.", output="Red", rejected="Seven")
LONG_PAIR = Sample(
    "Name a colour.",
    output="Which kind?",
    followups=(Message("user", "A warm one."), Message("assistant", "Red")),
    rejected="Seven",
)


def share(*messages):
    names = {"user": "human", "assistant": "gpt", "system": "system"}
    return [{"from": names[said["role"]], "value": said["content"]} for said in messages]


GOOD = [
    ("alpaca", {"instruction": "Name a colour.", "input": "", "output": "Red"}, [PLAIN]),
    ("alpaca", {"instruction": "Name a colour.", "output": "Red", "input": None, "id": 3}, [PLAIN]),
    (
        "alpaca",
        {"instruction": "A warm one.", "input": "Now", "output": "Red", "system": "Be brief.",
         "history": [["Name a colour.", "Which kind?"]]},
        [Sample("Name a colour.", output="Which kind?", system="Be brief.",
                followups=(Message("user", "A warm one.\n\nNow"), Message("assistant", "Red")))],
    ),
    (
        "dolly",
        {"instruction": "Name it.", "context": "A rose.", "response": "Rose", "category": "closed_qa"},
        [Sample("Name it.", "A rose.", "Rose")],
    ),
    (
        "self_instruct",
        {"instruction": "Add.", "instances": [{"input": "1 1", "output": "2"}, {"input": "1 2", "output": "3"}],
         "is_classification": False},
        [Sample("Add.", "1 1", "2"), Sample("Add.", "1 2", "3")],
    ),
    (
        "sharegpt",
        {"conversations": share({"role": "system", "content": "Be brief."}, ASK, RED), "tools": "[]"},
        [Sample("Name a colour.", output="Red", system="Be brief.")],
    ),
    (
        "sharegpt",
        {"system": "Be brief.", "conversations": [
            {"from": "human", "value": "How warm is it?"}, {"from": "function_call", "value": "{}"},
            {"from": "observation", "value": "20"}, {"from": "gpt", "value": "20 degrees"}]},
        [Sample("How warm is it?", output="{}", system="Be brief.",
                followups=(Message("tool", "20"), Message("assistant", "20 degrees")))],
    ),
    ("openai_chat", {"messages": [ASK, RED]}, [PLAIN]),
    (
        "openai_chat",
        {"messages": [{"role": "developer", "content": "Be brief."},
                      {"role": "user", "content": [{"type": "text", "text": "Name "}, {"value": "it."}]},
                      {"role": "assistant", "content": None, "tool_calls": [{"id": "a"}]},
                      {"role": "tool", "content": ["x"]}]},
        [Sample("Name it.", output='[{"id": "a"}]', system="Be brief.", followups=(Message("tool", "x"),))],
    ),
    ("prompt_completion", {"prompt": "Name a colour.", "completion": "Red"}, [PLAIN]),
    ("prompt_completion", {"prompt": [ASK], "completion": [RED]}, [PLAIN]),
    ("preference_dpo", {"prompt": "Name a colour.", "chosen": "Red", "rejected": "Seven"}, [PAIR]),
    ("preference_dpo", {"prompt": [ASK], "chosen": [RED], "rejected": [SEVEN]}, [PAIR]),
    ("preference_dpo", {"prompt": MORE, "chosen": [RED], "rejected": [SEVEN]}, [LONG_PAIR]),
    ("preference_dpo", {"chosen": [ASK, RED], "rejected": [ASK, SEVEN]}, [PAIR]),
    ("preference_dpo", {"prompt": "Name a colour.", "chosen": [ASK, RED], "rejected": [ASK, SEVEN]}, [PAIR]),
    ("preference_dpo", {"prompt": "Name a colour.", "chosen": [RED], "rejected": [SEVEN]}, [PAIR]),
    (
        "preference_dpo",
        {"chosen": "The sky is blue", "rejected": "The sky is black"},
        [Sample("The sky is", output="blue", rejected="black")],
    ),
    ("preference_dpo", {"instruction": "Name a colour.", "input": "", "chosen": "Red", "rejected": "Seven"}, [PAIR]),
    ("preference_dpo", {"instruction": "Name a colour.", "input": "", "output": ["Red", "Seven"]}, [PAIR]),
    (
        "preference_dpo",
        {"instruction": "A warm one.", "chosen": "Red", "rejected": "Seven",
         "history": [["Name a colour.", "Which kind?"]]},
        [LONG_PAIR],
    ),
    (
        "preference_dpo",
        {"conversations": share(*MORE), "chosen": share(RED)[0], "rejected": share(SEVEN)[0]},
        [LONG_PAIR],
    ),
    ("preference_dpo", {"messages": [ASK], "chosen": RED, "rejected": SEVEN}, [PAIR]),
    (
        "preference_dpo",
        {"input": {"messages": [ASK], "tools": []}, "preferred_output": [RED], "non_preferred_output": [SEVEN]},
        [PAIR],
    ),
    (
        "preference_dpo",
        {"instruction": "Name a colour.", "output_1": "Seven", "output_2": "Red", "preference": 2.0},
        [PAIR],
    ),
    (
        "preference_dpo",
        {"system": "", "question": "Name a colour.", "chosen_response": "Red", "rejected_response": "Seven"},
        [PAIR],
    ),
    ("kto", {"prompt": "Name a colour.", "completion": "Red", "label": True}, [PLAIN]),
    ("kto", {"prompt": [ASK], "completion": [SEVEN], "label": False}, [Sample(ASK["content"], rejected="Seven")]),
    ("kto", {"messages": [ASK, RED], "label": "True"}, [PLAIN]),
    (
        "kto",
        {"conversations": share(*MORE, SEVEN), "kto_tag": False},
        [Sample(ASK["content"], output="Which kind?", followups=(Message("user", "A warm one."),), rejected="Seven")],
    ),
    ("kto", {"instruction": "Name a colour.", "input": "", "output": "Red", "kto_tag": True}, [PLAIN]),
    (
        "oasst",
        {"message_tree_id": "x", "prompt": {"text": "Name a colour.", "role": "prompter", "replies": [
            {"text": "Seven", "role": "assistant", "rank": 1, "replies": []},
            {"text": "Red", "role": "assistant", "rank": 0, "replies": [
                {"text": "Why?", "role": "prompter", "replies": []}, {"text": "So?", "role": "prompter"}]}]}},
        [Sample("Name a colour.", output="Red", followups=(Message("user", "Why?"),))],
    ),
    (
        "sift",
        {"system": "s", "instruction": "Hi", "input": "i", "output": "o", "followups": [ASK, RED], "rejected": "r"},
        [Sample("Hi", "i", "o", "s", (Message("user", "Name a colour."), Message("assistant", "Red")), "r")],
    ),
]  # fmt: skip

BAD = [
    ("alpaca", {"instruction": "Ask", "output": 3}, '"output" is a number, not text'),
    ("alpaca", {"instruction": "Ask", "input": ["x"], "output": ""}, '"input" is a list, not text'),
    ("alpaca", {"instruction": " ", "output": "x"}, "the instruction is empty"),
    ("alpaca", {"output": "x"}, "the instruction is empty"),
    ("alpaca", {"instruction": "Ask"}, '"output" is missing'),
    ("alpaca", {"instruction": "Ask", "output": "x", "history": [["a"]]}, '"history" entry 1 is not a pair'),
    ("alpaca", {"instruction": "Ask", "output": "x", "history": "a"}, '"history" is text, not a list'),
    ("dolly", {"instruction": "Ask", "response": None}, '"response" is missing'),
    ("self_instruct", {"instruction": "Ask", "instances": []}, '"instances" is empty'),
    ("self_instruct", {"instruction": "Ask", "instances": ["x"]}, '"instances" holds text, not an object'),
    ("sharegpt", {"conversations": share(RED)}, "starts with the assistant, not with the user"),
    ("sharegpt", {"conversations": share(ASK, ASK)}, "the user speaks before the first answer"),
    ("sharegpt", {"conversations": []}, "no message of the user"),
    ("sharegpt", {"conversations": [{"from": "owl", "value": "hoo"}]}, 'message 1: the from "owl" is not known'),
    ("openai_chat", {"messages": [{"role": "user", "content": ""}]}, "the instruction is empty"),
    ("openai_chat", {"messages": [ASK, {"role": "assistant", "content": 3}]}, "message 2 is a number, not text"),
    (
        "openai_chat",
        {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]},
        'a part of type "image_url"; only text can be read',
    ),
    ("prompt_completion", {"prompt": "Ask", "completion": True}, '"completion" is true or false, not text'),
    ("preference_dpo", {"prompt": "Ask", "chosen": "a", "rejected": "a"}, "are the same"),
    ("preference_dpo", {"prompt": "Ask", "chosen": "a", "rejected": None}, '"rejected" is missing'),
    ("preference_dpo", {"prompt": "Ask", "chosen": 3, "rejected": "b"}, '"chosen" is a number, not one answer'),
    ("preference_dpo", {"chosen": "ab", "rejected": "cd"}, "do not start with the same words"),
    ("preference_dpo", {"chosen": [ASK, RED], "rejected": [RED, SEVEN]}, "differ in more than the last answer"),
    ("preference_dpo", {"prompt": [ASK], "chosen": [], "rejected": [SEVEN]}, "has no message"),
    ("preference_dpo", {"messages": [ASK], "chosen": ASK, "rejected": SEVEN}, "a message of the user"),
    ("preference_dpo", {"prompt": "Ask", "chosen": [RED], "rejected": 3}, '"rejected" is a number, not one answer'),
    ("preference_dpo", {"instruction": "Ask", "output": ["a"]}, '"output" holds 1 answers'),
    (
        "preference_dpo",
        {"instruction": "Ask", "output_1": "a", "output_2": "b", "preference": 0},
        '"preference" is 0, not 1 or 2',
    ),
    ("kto", {"prompt": "Ask", "completion": "a", "label": 1}, '"label" is a number, not true or false'),
    ("kto", {"label": True}, "there is a label but no messages"),
    ("kto", {"messages": MORE, "label": False}, "does not end with an answer"),
    ("oasst", {"prompt": {"text": "Ask", "role": "owl", "replies": []}}, 'the role "owl" is not known'),
    ("oasst", {"prompt": "x"}, '"prompt" holds text, not an object'),
    ("sift", {"instruction": "Ask", "followups": 3}, '"followups" is a number, not a list'),
    ("mapped", {"question": "Ask"}, 'there is no field "instruction"'),
    ("mapped", {"instruction": ""}, "the instruction is empty"),
]

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["role", "content", "from", "value", "text", "replies", "messages", "output"]), inner
        )
    ),
    max_leaves=8,
)
FIELDS = sorted({field for _, row, _ in GOOD for field in row})


@pytest.mark.parametrize(("name", "row", "samples"), GOOD)
def test_a_row_becomes_its_samples(name, row, samples):
    assert list(LAYOUTS[name]()(row)) == samples


@pytest.mark.parametrize(("name", "row"), [case[:2] for case in GOOD])
def test_a_row_is_recognised_by_its_own_layout_and_no_other(name, row):
    known = [layout().name for layout in LAYOUTS.values() if layout is not Mapped and layout().recognises(row)]
    assert known == [name]
    assert recognise([row]) == LAYOUTS[name]()


@pytest.mark.parametrize(("name", "row", "reason"), BAD)
def test_a_bad_row_is_refused_with_the_reason(name, row, reason):
    with pytest.raises(BadRow) as caught:
        LAYOUTS[name]()(row)
    assert reason in caught.value.reason


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
def test_every_layout_is_named_labelled_tried_and_refuses_something(layout):
    assert LAYOUTS[layout.name] is layout
    assert layout.label()
    assert ">>>" in (layout.__doc__ or "")
    assert any(name == layout.name for name, _, _ in BAD)
    assert layout is Mapped or any(name == layout.name for name, _, _ in GOOD)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
@given(row=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5))
def test_any_row_gives_samples_or_a_reason(layout, row):
    layout().recognises(row)
    try:
        samples = layout()(row)
    except BadRow:
        return
    assert all(isinstance(sample, Sample) and sample.instruction.strip() and sample.id for sample in samples)


def test_the_layout_that_most_rows_fit_is_taken():
    alpaca, chat, other = {"instruction": "a", "output": "b"}, {"messages": []}, {"x": 1}
    assert recognise([alpaca, chat, alpaca]) == LAYOUTS["alpaca"]()
    assert recognise([chat, chat, alpaca, other]) == LAYOUTS["openai_chat"]()
    assert recognise([alpaca, other, other]) is None
    assert recognise([]) is None


@pytest.mark.parametrize(
    ("row", "mapping"),
    [
        ({"Question": "a", "Best Answer": "b", "Category": "c"},
         Mapped(instruction="Question", output="Best Answer", category="Category")),
        ({"n": 1, "text": "a", "label": 1, "label_name": "b"}, Mapped(instruction="text", output="label_name")),
        ({"frage": "a", "antwort": "b"}, Mapped(instruction="frage")),
        ({"context": "a", "antwort": "b", "system_prompt": "c"},
         Mapped(instruction="antwort", input="context", system="system_prompt")),
        ({"output": "a"}, Mapped(instruction="output")),
    ],
)  # fmt: skip
def test_a_mapping_is_guessed_from_names_and_types(row, mapping):
    assert guess_mapping(list(row), [row]) == mapping
    assert mapping.recognises(row)
