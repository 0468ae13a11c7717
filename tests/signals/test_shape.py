"""Lengths, repetition, readability, brackets, forms that were asked for, kinds of damage."""

import math

import pytest

from curation.sample import Message, Sample
from curation.signals import SIGNALS
from curation.signals.tokens import estimated_tokens

TALK = Sample("one two", "three", "four five six", "zero", (Message("user", "seven"),), "worse")


def value(name, instruction="Do it.", text="", output=""):
    return SIGNALS[name]()([Sample(instruction, text, output)])[0]


def test_lengths_of_every_part_and_of_the_conversation_without_the_rejected_answer():
    whole = "zero\none two\nthree\nfour five six\nseven"
    counts = {"words": (3, 2, 1, 8), "characters": (13, 7, 5, len(whole)), "tokens": (3, 2, 1, 12)}
    for unit, (output, instruction, text, conversation) in counts.items():
        assert SIGNALS[unit]()([TALK]) == [output]
        assert SIGNALS[f"instruction_{unit}"]()([TALK]) == [instruction]
        assert SIGNALS[f"input_{unit}"]()([TALK]) == [text]
        assert SIGNALS[f"conversation_{unit}"]()([TALK]) == [conversation]


@pytest.mark.parametrize(
    ("text", "tokens"), [("", 0), ("a  b", 2), ("1234567", 3), ("привет", 2), ("東京", 2), ("x_y", 3)]
)
def test_tokens_are_estimated_by_rule(text, tokens):
    assert estimated_tokens(text) == tokens


@pytest.mark.parametrize(
    ("output", "share"),
    [("", math.nan), ("a b c", 0), ("a b c d", 0), ("x " * 6, 1), ("ab ab ab cd cd cd ab ab ab", 2 / 3)],
)
def test_the_most_frequent_run_of_words(output, share):
    assert value("top_ngram", output=output) == pytest.approx(share, nan_ok=True)


@pytest.mark.parametrize(
    ("output", "share"), [("one line", math.nan), ("a\n\n", math.nan), ("a\nb", 0), ("a\n a \nb\na", 0.5)]
)
def test_lines_that_stand_further_up_already(output, share):
    assert value("duplicate_lines", output=output) == pytest.approx(share, nan_ok=True)


def test_reading_ease_is_lower_for_harder_english_and_absent_elsewhere():
    easy = value("reading_ease", output="The dog ran to the red barn. It saw the cat and they sat down to eat.")
    hard = value(
        "reading_ease",
        output="Institutional heterogeneity considerably complicates interdisciplinary characterisations of economic "
        "sustainability, particularly concerning international organisations.",
    )
    assert easy > 90
    assert hard < 0
    assert math.isnan(value("reading_ease", output="Der Hund lief schnell zur roten Scheune, und dann schlief er ein."))
    assert math.isnan(value("reading_ease", output="Too short."))


def test_certainty_of_both_languages():
    assert value("language_confidence", "Describe how bread is made in a bakery, step by step.") > 0.9
    assert math.isnan(value("language_confidence", "Hi"))
    assert math.isnan(value("answer_language_confidence", output="42"))


@pytest.mark.parametrize(
    ("output", "is_open"),
    [("no code", math.nan), ("```\nx", 1), ("```\nx\n```", 0), ("```\nx\n```\n```", 1), ("a ``` b", math.nan)],
)
def test_code_blocks_that_do_not_end(output, is_open):
    assert value("open_fence", output=output) == pytest.approx(is_open, nan_ok=True)


@pytest.mark.parametrize(
    ("output", "count"), [("", math.nan), ("a) b :)", 0), ("f(x[1)", 2), ("({[]})", 0), ("「東京", 1), ("[0, 1)", 1)]
)
def test_brackets_that_are_not_closed(output, count):
    assert value("unclosed_brackets", output=output) == pytest.approx(count, nan_ok=True)


@pytest.mark.parametrize(
    ("instruction", "output", "form"),
    [
        ("Say it in 5 words or less.", "one two three four five six", "length"),
        ("Say it in at most five words.", "one two three four five six", ""),
        ("Answer in at most 5 words.", "one two three four five", ""),
        ("Use no more than 10 characters.", "01234567890", "length"),
        ("Write exactly 3 words.", "one two", "length"),
        ("Write between 2 and 3 words.", "one", "length"),
        ("Write in under 3 words.", "a b c", "length"),
        ("Write more than 3 words.", "a b c", "length"),
        ("Write at least 1,000 words.", "a b c", "length"),
        ("Write 3 words or more.", "a b", ""),
        ("Write a poem in 100 words.", "a b", ""),
        ("Put it in a table.", "a, b and c", "table"),
        ("Put it in a table.", "| a | b |\n|---|---|\n| 1 | 2 |", ""),
        ("Create a table of contents.", "a, b and c", ""),
        ("Design a SQL table in a table.", "a, b and c", ""),
        ("Write Python code.", "def f(:\n  pass", "Python"),
        ("Write Python code.", "Like so:\n```python\nprint('\\d')\n```", ""),
        ("Write Python code.", "Like so:\n```python\nprint 1\n```", "Python"),
        ("Write Python code.", "Use a list.", ""),
        ("Write Python code.", "print('\0')", "Python"),
        ("Write Python code.", "print(" + "(" * 10_000, "Python"),
        ("Give a word matching the regex `[a-z]{3}`.", "four", "pattern"),
        ("Give a word matching the regex `[a-z]{3}`.", "two", ""),
        ("Give a word that matches the pattern /^b.t$/.", "bat", ""),
        ("Give a word matching the regex `(a+)+$`.", "a" * 100 + "b", ""),
        ("Give a word matching the regex `[`.", "two", ""),
        ("Name three pets as JSON.", "1. a\n2. b", "JSON, number of entries"),
        ("Return JSON. List three pets in at most 2 words.", "1. a\n2. b", "JSON, number of entries, length"),
    ],
)
def test_forms_that_are_asked_for_and_missing(instruction, output, form):
    assert value("broken_form", instruction, output=output) == form
    off = value("off_format", instruction, output=output)
    assert off == 1 if form else off != 1


@pytest.mark.parametrize("answer", ["| " * 50_000, "  a" * 50_000, "-" * 100_000, "{" * 100_000, "x = -" * 3_000])
@pytest.mark.parametrize("asked", ["Make a table.", "Write Python.", "Return JSON.", "Match the regex `.*.*.*x`."])
def test_a_hostile_answer_is_checked_in_time(asked, answer):
    assert SIGNALS["off_format"]()([Sample(asked, output=answer)])
    assert SIGNALS["off_format"]()([Sample(asked, output=f"print({answer})")])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("CafÃ©", "wrong table"),
        ("a\ufffd\x00", "replaced, control"),
        ("abc\u202etxt", "direction"),
        ("zero\u200bwidth", "invisible"),
        ("half \ud800", "half character"),
        ("Naïve", ""),
    ],
)
def test_kinds_of_damage(text, kinds):
    assert value("damage_kinds", output=text) == kinds
