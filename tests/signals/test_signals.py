"""Each signal on examples whose value can be seen by reading."""

import math

import pytest

from curation.sample import Message, Sample
from curation.signals import SIGNALS
from curation.signals.private_spans import passes_luhn, passes_mod97


def value(name, instruction="Do it.", text="", output=""):
    return SIGNALS[name]()([Sample(instruction, text, output)])[0]


def test_lengths_count_the_chosen_field():
    sample = Sample("one two three", "four", "five six")
    assert [SIGNALS["words"](field=field)([sample])[0] for field in ("instruction", "input", "output")] == [3, 1, 2]
    assert [SIGNALS["characters"](field=field)([sample])[0] for field in ("instruction", "input")] == [13, 4]
    assert math.isnan(value("output_ratio", " ", output="some"))


@pytest.mark.parametrize(
    ("output", "share"),
    [("", math.nan), ("a b c", 0), ("a b c d a b c d", 1), ("a b c d e A B C D", 8 / 9), ("x " * 5, 1), ("x " * 4, 0)],
)
def test_repetition_counts_words_inside_repeated_runs_of_four(output, share):
    assert value("repetition", output=output) == pytest.approx(share, nan_ok=True)


def test_compression_of_nothing_prose_and_a_loop():
    assert math.isnan(value("compression"))
    assert 0.5 < value("compression", output="The quick brown fox jumps over the lazy dog.") < 1.2
    assert value("compression", output="again and again " * 50) > 20


@pytest.mark.parametrize(
    ("output", "empty"),
    [
        ("", 1),
        (" \n", 1),
        ("<nooutput>", 1),
        ("No input", 1),
        ("...", 1),
        ("N/A", 0),
        ("None", 0),
        ("No output required", 1),
        ("N/A (cannot draw)", 1),
        ("0", 0),
        ("👍", 0),
    ],
)
def test_empty_answers(output, empty):
    assert value("empty_answer", output=output) == empty


def test_a_bad_answer_alone_is_not_a_sample_without_an_answer():
    pool = [Sample("a", rejected="bad"), Sample("a", output=" ", rejected="bad"), Sample("a", output="b", rejected="c")]
    assert SIGNALS["empty_answer"]()(pool) == [pytest.approx(math.nan, nan_ok=True), 1, 0]


def test_echo_and_copy_of_the_prompt():
    assert value("echoes_input", "Sort.", "a b", "a  b\n") == 1
    assert value("echoes_input", "Use capitals.", "a b", "A B") == 0
    assert math.isnan(value("echoes_input", output=""))
    assert value("copies_prompt", "Repeat:", "one two three four five", "One two three four five") == 1
    assert math.isnan(value("copies_prompt", output="too short"))


@pytest.mark.parametrize(
    ("output", "cut"),
    [
        ("The rain fell for days and the river rose above the", 1),
        ("These are the things that you need to buy today:", 1),
        ("It rained for days. The river rose. Then the people of the town went", 1),
        ("It rained for days. The river rose.", math.nan),
        ("It rained for days on end. The river rose quickly.", 0),
        ("He said at last: “It rained for days. The river rose.”", 0),
        ("1. Salt your pasta water well\n2. Stir it. Taste it now and then", 0),
        ("Love this planet. Cut down on plastic, and start today #green", 0),
        ("Here is the code that you wanted to have:\n```\nprint(1)\n```", math.nan),
        ("我们今天去公园。", math.nan),
    ],
)
def test_answers_that_were_cut_off(output, cut):
    assert value("ends_mid_sentence", output=output) == pytest.approx(cut, nan_ok=True)


@pytest.mark.parametrize(
    ("output", "declines"),
    [
        ("As an AI language model, I have no body.", 1),
        ("I’m sorry, but I can’t help with that.", 1),
        ("Sorry, I do not know.", 1),
        ("I am unable to generate pictures.", 1),
        ("作为一个AI语言模型，我无法回答。", 1),
        ("I'm sorry for your loss.", 0),
        ("I can't help but smile.", 0),
        ("And sorry I could not travel both", 0),
        ("As dim as an AI-generated joke.", 0),
        ("", math.nan),
    ],
)
def test_refusals(output, declines):
    assert value("refusal", output=output) == pytest.approx(declines, nan_ok=True)


@pytest.mark.parametrize(
    ("instruction", "output", "off"),
    [
        ("Return the result as JSON.", '{"a": [1]}', 0),
        ("Return the result as JSON.", 'Here:\n```json\n{"a": 1}\n```', 0),
        ("Return the result as JSON.", "a: 1", 1),
        ("Return the result as JSON.", "[" * 10_000, 1),
        ("Write a JSON parser.", "def parse(): ...", math.nan),
        ("Name three pets.", "- cat\n- dog\n- fish", 0),
        ("Name three pets.", "1. cat\n   - soft\n2. dog", 1),
        ("Name three pets.", "A cat, a dog and a fish.", math.nan),
        ("Make a list of 5 pets.", "\n".join(f"{n}) pet" for n in range(1, 6)), 0),
        ("List three pros and cons.", "- a\n- b\n- c\n- d\n- e\n- f", math.nan),
        ("Write two sentences.", "- a\n- b\n- c", math.nan),
        ("Show me code.", "```python\nprint(1)\n```", math.nan),
        ("Name three pets.", "", math.nan),
    ],
)
def test_the_form_that_was_asked_for(instruction, output, off):
    assert value("off_format", instruction, output=output) == pytest.approx(off, nan_ok=True)


def test_media_words_follow_the_chosen_list():
    sample = Sample("Describe the video and go  to the file.")
    assert SIGNALS["needs_media"]()([sample]) == [3.0]
    assert SIGNALS["needs_media"](words="self-instruct")([sample]) == [2.0]
    assert value("needs_media", "Describe a drawing and a filing cabinet.") == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Naïve café, Ðorður, NÃO, „so“, 👩‍👩‍👧, می‌خواهم, שלום\u200f!", 0),
        ("CafÃ© and naÃ¯ve", 2),
        ("Itâ€™s", 1),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", 1),
        ("a\ufffdb\x00c\x1b[0m", 3),
        ("abc\u202etxt", 1),
        ("zero\u200bwidth hid\u200dden", 2),
        ("half \ud800", 1),
        ("tabs\tand\r\nlines", 0),
    ],
)
def test_damage_is_counted_and_other_scripts_are_not_damage(text, count):
    assert value("damaged_text", output=text) == count
    assert SIGNALS["damaged_text"]()([Sample("a", followups=(Message("user", text),))]) == [count]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("ada@lovelace.org and ada@lovelace.org.uk", 2),
        ("someone@example.com", 0),
        ("4111-1111-1111-1111", 1),
        ("4111 1111 1111 1112", 0),
        ("GB82 WEST 1234 5698 7654 32", 1),
        ("DE89370400440532013000.", 1),
        ("DE88370400440532013000", 0),
        ("8.8.8.8 but not 192.168.0.1, 256.8.8.8 or 1.2.3.4.5", 1),
        ("+49 30 901820 or (212) 736-5000", 2),
        ("(123) 456-7890 or 212-555-0123", 0),
        ("AKIAIOSFODNN7EXAMPLE", 1),
        ("-----BEGIN RSA PRIVATE KEY-----", 1),
        ("In 2019, 3.14159 and 1,000,000 of 12-34", 0),
    ],
)
def test_personal_data_needs_form_and_checksum(text, count):
    assert value("personal_data", output=text) == count


def test_one_changed_digit_breaks_a_checksum():
    card, account = "4539148803436467", "DE89370400440532013000"
    assert passes_luhn(card)
    assert passes_mod97(account)
    for place in range(16):
        assert not passes_luhn(card[:place] + str((int(card[place]) + 1) % 10) + card[place + 1 :])
    for place in range(2, 22):
        assert not passes_mod97(account[:place] + str((int(account[place]) + 1) % 10) + account[place + 1 :])


ENGLISH = "The bakery opens early in the morning, and people stand in line for fresh bread."
GERMAN = "Die Bäckerei öffnet früh am Morgen, und die Leute stehen für frisches Brot an."
CHINESE = "今天天气很好，我们一起去公园散步，然后在湖边的咖啡馆喝咖啡聊天。"


@pytest.mark.parametrize(
    ("text", "code"), [(ENGLISH, "en"), (GERMAN, "de"), (CHINESE, "zh"), ("12 + 7", ""), ("Ok", "")]
)
def test_languages_of_prompt_and_answer(text, code):
    assert value("language", text) == code
    assert value("answer_language", output=text) == code


@pytest.mark.parametrize(
    ("instruction", "output", "mismatch"),
    [
        (ENGLISH, ENGLISH, 0),
        (ENGLISH, GERMAN, 1),
        (GERMAN, CHINESE, 1),
        ("Translate: " + ENGLISH, GERMAN, math.nan),
        ("Say this in German: " + ENGLISH, GERMAN, math.nan),
        (ENGLISH, "Ja.", math.nan),
        (ENGLISH, "```\n" + GERMAN + "\n```", math.nan),
    ],
)
def test_a_language_mismatch_needs_two_certain_languages_and_no_translation(instruction, output, mismatch):
    assert value("language_mismatch", instruction, output=output) == pytest.approx(mismatch, nan_ok=True)


def test_task_types():
    pool = [
        Sample("Choose.", output="a", rejected="b"),
        Sample("Hello", output="Hi", followups=(Message("user", "More"),)),
        Sample("Classify the animal.", "cat", "mammal"),
        Sample("Classify the animal and explain why at length.", "cat", "It is a mammal, because it has fur."),
        Sample("Are these numbers prime?", "2, 3", "Yes"),
    ]
    kinds = ["preference", "conversation", "classification", "generation", "classification"]
    assert SIGNALS["task_type"]()(pool) == kinds
