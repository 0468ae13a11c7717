"""What the practice model writes, for every shape of question that this project asks."""

import json
import re
from random import Random

import pytest

from curation.practice.answers import Question, answer
from curation.practice.question import is_classification, labels
from curation.practice.tasks import task


def said(text, luck="", schema=None):
    return answer(Question((("user", text),), schema, schema is not None, luck))


def listed(text):
    return [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("Task ")]


SERIES = "Come up with a series of tasks:\n\nTask 1: Name a colour of the sky.\nTask 2: Sort these words by length."


def test_continues_a_list_of_tasks():
    text = said(SERIES)
    assert [int(number) for number in re.findall(r"^Task (\d+):", text, re.MULTILINE)] == list(range(3, 11))


def test_continues_where_the_last_number_stands_open():
    text = said(f"{SERIES}\nTask 3:")
    assert not text.startswith("Task 3")
    assert text.splitlines()[1].startswith("Task 4:")


def test_continues_a_plain_list_up_to_the_number_asked_for():
    text = said("Continue the list with instructions 3 to 5.\n1. Name a colour.\n2. Name a town.")
    assert re.findall(r"^(\d+)\.", text, re.MULTILINE) == ["3", "4", "5"]
    assert re.findall(r"^(\d+)\.", said("Write 4 new and different instructions."), re.MULTILINE) == [
        "1",
        "2",
        "3",
        "4",
    ]


def test_continues_a_list_of_whole_tasks():
    prompt = (
        "Come up with a list of 20 tasks.\n###\n1. Instruction: Name a colour.\n1. Input:\n<noinput>\n1. Output:\nRed"
    )
    text = said(prompt)
    assert re.findall(r"^(\d+)\. Instruction:", text, re.MULTILINE) == [str(number) for number in range(2, 21)]
    assert text.count("Output:") == text.count("Input:") == text.count("###") == 19
    assert "<noinput>" in text


def test_most_of_many_instructions_are_distinct():
    found = [line for round_ in range(40) for line in listed(said(SERIES, luck=str(round_)))]
    assert len(found) >= 300
    assert len(set(found[:300])) >= 200


def test_can_write_more_than_five_thousand():
    assert len({task(Random(seed)) for seed in range(6500)}) > 5000


def test_every_filter_of_instructions_has_something_to_do():
    found = [task(Random(seed), ["Write a short text about the sea."]) for seed in range(3000)]
    assert any(len(text.split()) <= 3 for text in found)
    assert any(len(text.split()) > 150 for text in found)
    assert any(re.search(r"\b(image|picture|graph)\b", text) for text in found)
    assert any(text.startswith("Write a program") for text in found)
    assert any(not text[0].isalnum() for text in found)
    assert any("short text about the sea" in text or "brief text about the sea" in text for text in found)
    assert any(text.startswith(("Schreibe", "Explique", "Escribe", "Scrivi")) for text in found)
    assert sum(text.isascii() for text in found) > 2700
    assert sum(map(is_classification, found)) > 200


CLASSIFICATION = {
    "type": "object",
    "properties": {"classification": {"type": "boolean"}},
    "required": ["classification"],
}


def test_tells_classification_from_the_rest():
    seen = 0
    for seed in range(100):
        text = task(Random(seed), kind="classification") if seed % 2 else task(Random(seed), kind="open")
        given = f"Is it one?\n\nTask: Classify it.\nAnswer: true\n\nTask: {text}"
        seen += json.loads(said(given, schema=CLASSIFICATION))["classification"] == is_classification(text)
    assert seen >= 90


INSTANCES = {
    "type": "object",
    "properties": {
        "instances": {
            "type": "array",
            "items": {"type": "object", "properties": {"output": {"type": "string"}, "input": {"type": "string"}}},
        }
    },
}


def test_instances_of_a_classification_have_its_labels():
    found = []
    for seed in range(30):
        text = f"Make examples.\n\nTask: Classify the note of day {seed} on heat pumps as low, medium or high."
        found += [one["output"] for one in json.loads(said(text, schema=INSTANCES))["instances"]]
    assert {"low", "medium", "high"} <= set(found)
    assert sum(output in {"low", "medium", "high"} for output in found) / len(found) > 0.85


def test_one_instance_where_no_input_is_needed():
    made = json.loads(said("Make examples.\n\nTask: Write a poem about tide pools.", schema=INSTANCES))["instances"]
    assert len(made) == 1 or any(one["input"] for one in made)


@pytest.mark.parametrize(
    ("instruction", "pattern"),
    [
        ("Write a Python function that adds numbers.", "```python"),
        ("Write an SQL query for the latest orders.", "```sql"),
        ("Give five tips on tea.", r"(?s)(-|\d\.) .*\n(-|\d\.) "),
        ("Draft a letter to the town council.", "Dear"),
        ("Decide whether the note is urgent or not urgent.", "^(not )?urgent$"),
        ("How much are 3 and 4?", r"\d"),
        ("Nenne fünf Tipps zum Thema Kochen.", "Kochen"),
        ("Answer with the word OK.", "^OK$"),
        ("Is the sea blue? Answer yes or no.", "^(Yes|No)$"),
        ("Review the answer below. End with: Score: <rating>", r"Score: [1-5]$"),
    ],
)
def test_form_follows_the_instruction(instruction, pattern):
    assert any(re.search(pattern, said(instruction, luck=str(place))) for place in range(3))


def test_is_on_topic():
    on = sum("glacier" in said("Explain how glacier caves form and melt.", luck=str(place)) for place in range(30))
    assert on >= 25


def test_refuses_now_and_then():
    refused = sum(said("Write a story.", luck=str(place)).startswith("I'm sorry") for place in range(2000))
    assert 5 <= refused <= 60


def test_reads_labels():
    assert labels("Decide whether the review is positive, negative or neutral.") == ["positive", "negative", "neutral"]
    assert labels("Label it as spam or not spam.") == ["spam", "not spam"]
    assert labels("Write a poem.") == []


def test_needs_nothing_but_a_message():
    """Odd questions get an answer all the same."""
    for text in ("", "\ud800", "?", "{", '{"type": "object"', "1.", "Task 1:", "\n\n\n", "é" * 5000):
        assert isinstance(said(text), str)
