"""Alpaca's list of whole tasks."""

import pytest

from curation.generators import Alpaca
from curation.sample import Sample, Seed
from tests.generators.fake_model import FakeModel
from tests.generators.writer import write

SEEDS = [
    Seed(Sample("Name a colour of the rainbow.", output="Red")),
    Seed(Sample("Add the numbers:", "1, 2", "3")),
    Seed(Sample("Turn the sentence into a question.", "It rains.", "Does it rain?")),
    Seed(Sample("Say hello to an old friend.", output="Hello!"), human=False),
]


def task(number, instruction="Explain why bread rises.", given="<noinput>", output="Because of yeast."):
    return f"{number}. Instruction: {instruction}\n{number}. Input:\n{given}\n{number}. Output:\n{output}"


def once(text, **options):
    model = FakeModel(lambda _: text)
    return list(Alpaca(most_requests=1, **options)(SEEDS, model)), model


def test_three_examples_by_people_and_twenty_asked_for():
    candidates, model = once(task(4))
    (prompt,) = model.prompts
    text = prompt.messages[0].content
    assert (prompt.temperature, prompt.top_p, prompt.max_tokens) == (1.0, 1.0, 3072)
    assert prompt.stop == ("\n24. Instruction:",)
    assert "Make up 20 varied tasks" in text
    assert "numbers 4 to 23" in text
    assert ". Instruction: Add the numbers\n" in text
    assert "Input:\n<noinput>\n" in text
    assert "Output:\nDoes it rain?" in text
    assert "old friend" not in text
    (made,) = candidates
    assert set(made.origin.parents) == {seed.sample.id for seed in SEEDS[:3]}
    assert made.sample == Sample("Explain why bread rises.", output="Because of yeast.")
    assert made.rule == ""
    assert len(made.nearest) == 4


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (task(4, "Play some music for a wedding."), "word of the blacklist"),
        (task(4, "Draw the flowchart of a bakery."), "word of the blacklist"),
        (task(4, "Name a colour of the large rainbow."), "too similar"),
        (task(4, "NAME a colour of the rainbow."), "exact copy"),
        (task(4, output=""), "empty output"),
        (task(4, given="Because of yeast."), "input is output"),
        ("4. Instruction: Explain why bread rises.\n4. Output: Yeast.", "incomplete"),
        ("4. Instruction:\n4. Input: a\n4. Output: Yeast.", "incomplete"),
        ("Here you are!", "no tasks"),
    ],
)
def test_each_rule_drops_visibly(text, rule):
    (made,), _ = once(text)
    assert made.rule == rule
    assert made.reason


def test_a_list_is_read_whole_with_headings_and_lists_in_its_answers():
    answer = "### Steps\n1. Mix.\n2. Wait.\n\n1. Instruction: none"
    text = "\n###\n".join(["Sure!", task(4, output=answer), task(5, "Compare tea with coffee.", "both cold"), "###"])
    (first, second), _ = once(text)
    assert first.sample.output == answer
    assert second.sample == Sample("Compare tea with coffee.", "both cold", "Because of yeast.")


def test_the_last_task_of_a_list_that_was_cut_off_is_dropped():
    text = task(4) + "\n###\n" + task(5, "Compare tea with coffee.", output="Tea is")
    (first, last), _ = once(("truncated", text))
    assert (first.rule, last.rule) == ("", "cut off")
    (gone,), _ = once(("truncated", "4. Instru"))
    assert gone.rule == "no answer: truncated"


def test_a_refusal_is_one_dropped_candidate():
    (gone,), _ = once(("refused", "No."))
    assert (gone.rule, gone.reason) == ("no answer: refused", 'the model refused: "No."')


def test_it_stops_at_the_target_and_shows_what_models_wrote_only_where_asked():
    model = FakeModel(write)
    candidates = list(Alpaca(target=30, per_request=5, machine_in_context=1)(SEEDS, model))
    kept = [one for one in candidates if not one.rule]
    assert 30 <= len(kept) < 35
    people = {seed.sample.id for seed in SEEDS[:3]}
    assert {len(people & set(one.origin.parents)) for one in candidates} == {2}
