"""Reading the lists that models write, with what chat models put around them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.generators.self_instruct.instruction_list import read_list, write_list
from curation.generators.self_instruct.task_list import Task, read_tasks, write_tasks
from curation.sample import Sample

LINES = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("Task 9: One.\nTask 10: Two.", ["One.", "Two."]),
        ("Sure, here they are:\n\nTask 9: One.\n\nTask 10: Two.\n", ["One.", "Two."]),
        ("**Task 9:** One.\n**Task 10: Two.**", ["One.", "Two."]),
        ("### Task 9: One.\n---\n- Task 10. Two.\n***\n", ["One.", "Two."]),
        ("9. One.\n10) Two\nlines.", ["One.", "Two lines."]),
        ("Task 9: Sort:\n1. a\n2. b\nTask 10: Two.", ["Sort: 1. a 2. b", "Two."]),
        ("9. Sort: \n 1. a\n 2. b\n10. Two.", ["Sort: 1. a 2. b", "Two."]),
        ("task 1: Uses C#\nTASK 2: Two.", ["Uses C#", "Two."]),
        ("Task 9:\nTask 10: Two.", ["", "Two."]),
        ("No list.", []),
        ("", []),
    ],
)
def test_a_list_of_tasks(text, tasks):
    assert read_list(text) == tasks


@settings(deadline=None)
@given(st.lists(LINES, max_size=6))
def test_what_is_written_is_read(tasks):
    assert read_list(write_list(tasks)) == tasks


@settings(deadline=None)
@given(st.lists(st.tuples(LINES, st.just("") | LINES, LINES), max_size=5))
def test_whole_tasks_that_are_written_are_read(parts):
    samples = [Sample(*part) for part in parts]
    assert read_tasks(write_tasks(samples)) == [Task(*part) for part in parts]


@settings(deadline=None)
@given(st.text(st.sampled_from("Task 1:.\n#*Instruction Input Output 2"), max_size=200))
def test_no_text_crashes(text):
    read_list(text)
    read_tasks(text)
