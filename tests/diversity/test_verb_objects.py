"""Root verb and object of instructions, on sentences written for this test."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.diversity import top_verb_objects, verb_objects

EXAMPLES = [
    ("Write a short story about two lost dogs.", ("write", "story")),
    ("Please list five famous bridges", ("list", "bridge")),
    ("Kindly rewrite the sentence below.", ("rewrite", "sentence")),
    ("Re-write this paragraph.", ("rewrite", "paragraph")),
    ("Can you suggest a good title?", ("suggest", "title")),
    ("How would you describe winter to a child?", ("describe", "winter")),
    ("Given a list of prices, compute the average price.", ("compute", "price")),
    ("Using the words below, write a poem.", ("write", "poem")),
    ("When baking bread, measure the flour first.", ("measure", "flour")),
    ("Identify and explain the main causes of erosion.", ("identify", "cause")),
    ("Give me an example of irony.", ("give", "example")),
    ("Give the customer a discount.", ("give", "discount")),
    ("Tell me whether the claim holds.", ("tell", None)),
    ("Explain why the sky is blue.", ("explain", None)),
    ("Explain it.", ("explain", None)),
    ("Come up with three names.", ("come", None)),
    ("Make up a riddle.", ("make", "riddle")),
    ("Describe the events leading to the war.", ("describe", "event")),
    ("Find words related to music.", ("find", "word")),
    ("Summarize the argument discussed.", ("summarize", "argument")),
    ("Name the elements present in seawater.", ("name", "element")),
    ("Write a clear, friendly letter.", ("write", "letter")),
    ('Translate "good day" to Danish.', ("translate", None)),
    ("Describe Marie Curie.", ("describe", None)),
    ("Plan a NASA funded project.", ("plan", "project")),
    ("Describe the API used by most shops.", ("describe", None)),
    ("Summarise the US election.", ("summarise", "election")),
    ("Add 2 and 3.", ("add", None)),
    ("Recieve a letter and answer it.", ("recieve", "letter")),
    ("Generates a report on trade.", ("generate", "report")),
    ("Task: Sort the numbers.", ("sort", "number")),
    ("1. Sort the numbers.", ("sort", "number")),
    ("You are given a text.", ("give", "text")),
    ("I have a cat.", ("have", "cat")),
    ("The river crosses two countries.", ("cross", "country")),
    ("What is rain?", ("be", None)),
    ("What's the tallest tree?", ("be", None)),
    ("Are cats clever?", ("be", None)),
    ("Who wrote this play?", ("write", "play")),
    ("Which company makes trains?", ("make", "train")),
    ("How many pupils are currently learning French?", ("learn", None)),
    ("Does a whale sleep well?", ("sleep", None)),
    ("When and where did the talks begin?", ("begin", None)),
    ("How to bake bread", ("bake", "bread")),
    ("Do the sum.", ("do", "sum")),
    ("6 + 3 = ?", None),
    ("", None),
    ("你好", None),
]


@pytest.mark.parametrize(("text", "pair"), EXAMPLES)
def test_an_instruction_has_a_root_verb_and_an_object(text, pair):
    assert verb_objects([text]) == [pair]


def test_only_the_first_sentence_counts():
    assert verb_objects(["Draw a cat. Then paint the dog.", "\n\nDraw a cat\npaint the dog"]) == [("draw", "cat")] * 2


def test_most_examples_are_right_for_other_subjects_too():
    """The same sentence forms with other verbs and nouns, as a guard against rules that fit single words."""
    verbs, nouns = ["describe", "create", "explain", "find", "improve"], ["recipe", "bridge", "theory", "garden"]
    forms = ["{} the {}.", "Please {} one simple {} for me.", "In your own words, {} the {}.", "Can you {} this {}?"]
    cases = [(form.format(verb, noun), (verb, noun)) for form in forms for verb in verbs for noun in nouns]
    assert verb_objects([text.capitalize() for text, _ in cases]) == [pair for _, pair in cases]


@given(st.lists(st.text(max_size=80) | st.text("\"'()[]<>,.:;?! abthewriIngYou", max_size=60), max_size=5))
@settings(deadline=None)
def test_any_text_gives_one_entry_each(texts):
    pairs = verb_objects(texts)
    assert len(pairs) == len(texts)
    assert all(pair is None or (pair[0] and pair[1] != "") for pair in pairs)


def test_long_text_takes_no_time():
    assert verb_objects(["Write " * 50_000, '"' * 50_000, "(" * 50_000])[0] is not None


def test_the_sunburst_keeps_the_commonest_and_breaks_ties_by_alphabet():
    pairs = [("write", "poem")] * 3 + [("write", "essay")] * 3 + [("write", "song")] + [("list", "fact")] * 2
    pairs += [("add", "line")] * 2 + [("be", None)] * 9 + [None]
    assert top_verb_objects(pairs, verbs=2, objects=2) == [
        ("write", "essay", 3),
        ("write", "poem", 3),
        ("add", "line", 2),
    ]
    assert top_verb_objects([]) == []
