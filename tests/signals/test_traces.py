"""What generation leaves behind: placeholders, leaks, fingerprints, swearing, markers for nothing."""

import math

import pytest

from curation.sample import Message, Sample
from curation.signals import SIGNALS


def value(name, instruction="Do it.", text="", output=""):
    return SIGNALS[name]()([Sample(instruction, text, output)])[0]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dear [Recipient's name], I live in <your city>.", 2),
        ("Say {topic} or {{ first_name }}.", 2),
        ("TODO: write it. To do is to be.", 1),
        ("Lorem ipsum dolor.", 1),
        ("She ______ home.", 1),
        ("See [1], [the docs], {x} and [your profile](http://a.b).", 0),
        ('<p class="x">[Your name]</p>', 0),
        ("```\n# TODO\n```", 0),
    ],
)
def test_placeholders(text, count):
    assert value("placeholders", output=text) == count
    assert SIGNALS["placeholders"]()([Sample("a", followups=(Message("user", text),))]) == [count]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("### Instruction:\nName a pet.\n### Response:", 2),
        ("#Rewritten Prompt#: name a pet", 1),
        ("12. Instruction: Name a pet.", 1),
        ("<|im_end|> [INST] <<SYS>>", 3),
        ("Human: hi\nAssistant: hi", 2),
        ("Answer as given above.", 1),
        ("<NoOutput>", 1),
        ("## Introduction\nThe instructions: fold it. # Output: 3", 0),
        ("Write about the given prompt. The task 3 is hard.", 0),
    ],
)
def test_leaks_of_the_prompt_that_made_a_sample(text, count):
    assert value("prompt_leaks", text) == count
    assert value("prompt_leaks", output=text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("As an AI language model, I don’t have personal opinions.", 2),
        ("My knowledge cutoff is 2021. I was trained by OpenAI.", 2),
        ("I am ChatGPT.", 1),
        ("作为一个人工智能，我不能。", 1),
        ("Als KI habe ich keine Meinung.", 1),
        ("Android was developed by Google. As an AI-based firm we grow.", 0),
        ("", math.nan),
    ],
)
def test_fingerprints_of_models(text, count):
    assert value("model_fingerprints", output=text) == pytest.approx(count, nan_ok=True)


def test_links_and_pictures_in_a_prompt():
    assert value("links", "Compare www.a.example with HTTP://b.example.", "![a cat](cat.png)") == 3
    assert value("links", "Explain http and www.", output="https://a.example") == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kill the process with PID 3.", 0),
        ("An assassin from Scunthorpe passes the class in Sussex; a cockatoo, a dickcissel, a shiitake.", 0),
        ("What the F*ck, you a$$hole! Bullshit.", 3),
        ("So ein Arschloch. Putain de merde.", 3),
        ("Goddamn bastards and sons of bitches pissed off", 4),
    ],
)
def test_profanity_looks_at_whole_words(text, count):
    assert value("profanity", output=text) == count


@pytest.mark.parametrize(
    "word",
    [
        "fucking",
        "motherfucker",
        "sh!tty",
        "jackass",
        "b*tch",
        "cunt",
        "dickheads",
        "whore",
        "wankers",
        "scheisse",
        "gilipollas",
        "stronzo",
        "retards",
        "fags",
        "badass",
        "cabrón",
        "enculé",
        "他妈的",
        "f@ck",
        "a$$",
        "asswipe",
        "arsehole",
        "horseshit",
        "tranny",
        "cazzo",
        "salope",
        "mierda",
        "towelheads",
    ],
)
def test_each_word_of_the_list_is_found_in_any_case(word):
    assert value("profanity", output=f"({word.upper()})") == 1


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("<noinput>", 1),
        ("N/A", 1),
        ("None.", 1),
        ("No input required", 1),
        ("---", 1),
        ("", math.nan),
        ("0", 0),
        ("nil by mouth", 0),
    ],
)
def test_inputs_that_say_there_is_none(text, marker):
    assert value("no_input_marker", text=text) == pytest.approx(marker, nan_ok=True)
