import json
import re
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.generators import GENERATORS, InputVariation
from curation.generators.variation.skill import Family
from curation.generators.variation.skills_of_numbers import written
from curation.generators.variation.variation import SKILLS, skill_of
from curation.sample import Message, Sample

FAMILIES = Family.__args__
MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]


def ints(text):
    return [int(one) for one in text.split(", ")]


def listed(values):
    return ", ".join(str(value) for value in values)


def rising(values):
    """Sorting once more, by taking the smallest again and again."""
    left, out = list(values), []
    while left:
        out.append(left.pop(left.index(min(left))))
    return out


def day_in_words(text):
    day, month, year = text.split()
    return date(int(year), MONTHS.index(month) + 1, int(day))


def calculated(text):
    left, sign, right = text.split()
    if sign == "*":
        return sum([int(left)] * int(right))
    return int(left) + int(right) * (1 if sign == "+" else -1)


def days_apart(text):
    start, end = map(date.fromisoformat, text.split(" to "))
    count = 0
    while start < end:
        start += timedelta(days=1)
        count += 1
    return count


def weekday(text):
    """Zeller's congruence."""
    year, month, day = map(int, text.split("-"))
    if month < 3:
        year, month = year - 1, month + 12
    h = (day + 13 * (month + 1) // 5 + year % 100 + year % 100 // 4 + year // 100 // 4 + 5 * (year // 100)) % 7
    return ["Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"][h]


def scaled(factor, unit, zero=0.0):
    return lambda text: f"{round(float(text.split()[0]) * factor + zero, 6):.10g} {unit}"


def product(values):
    out = 1
    for value in values:
        out *= value
    return out


AGAIN = {
    "sort rising": lambda text: listed(rising(ints(text))),
    "sort falling": lambda text: listed(rising(ints(text))[::-1]),
    "alphabetical order": lambda text: listed(rising(text.split(", "))),
    "count words": lambda text: text.count(" ") + 1,
    "count letters": lambda text: sum(1 for _ in text),
    "count vowels": lambda text: len(re.sub("[^aeiou]", "", text.lower())),
    "count items": lambda text: text.count(",") + 1,
    "reverse letters": lambda text: "".join(text[-at] for at in range(1, len(text) + 1)),
    "reverse words": lambda text: " ".join(text.split()[::-1]),
    "reverse list": lambda text: listed(text.split(", ")[::-1]),
    "upper case": lambda text: "".join(chr(ord(c) - 32) if "a" <= c <= "z" else c for c in text),
    "lower case": lambda text: "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text),
    "capital first letters": lambda text: text.title(),
    "extract numbers": lambda text: listed(re.sub(r"\D+", " ", text).split()),
    "sum": lambda text: sum(ints(text)),
    "product": lambda text: product(ints(text)),
    "mean": lambda text: f"{sum(ints(text)) / len(ints(text)):g}",
    "largest": lambda text: rising(ints(text))[-1],
    "smallest": lambda text: rising(ints(text))[0],
    "expression": calculated,
    "km to m": scaled(1000, "m"),
    "m to cm": scaled(100, "cm"),
    "cm to m": scaled(0.01, "m"),
    "m to km": scaled(0.001, "km"),
    "kg to g": scaled(1000, "g"),
    "g to kg": scaled(0.001, "kg"),
    "hours to minutes": scaled(60, "minutes"),
    "minutes to seconds": scaled(60, "seconds"),
    "C to F": scaled(1.8, "F", 32),
    "date to ISO": lambda text: str(day_in_words(text)),
    "date in words": lambda text: f"{int(text[8:])} {MONTHS[int(text[5:7]) - 1]} {text[:4]}",
    "day of the week": weekday,
    "days between": days_apart,
    "bullets": lambda text: "- " + text.replace(", ", "\n- "),
    "numbered list": lambda text: "\n".join(f"{at + 1}. {one}" for at, one in enumerate(text.split(", "))),
    "JSON array": lambda text: '["' + text.replace(", ", '", "') + '"]',
}


def everything(per_skill=4, **options):
    return list(InputVariation(families=FAMILIES, per_skill=per_skill, **options)([]))


def skill_in(ref):
    return ref.rsplit(" ", 1)[0].split(", ")[-1]


def test_every_skill_is_computed_again_here():
    assert set(AGAIN) == {skill.name for skill in SKILLS}
    assert len({skill.name for skill in SKILLS}) == len(SKILLS)
    assert {skill.family for skill in SKILLS} == set(FAMILIES)


@pytest.mark.parametrize("skill", SKILLS, ids=lambda skill: skill.name)
def test_answers_are_right(skill):
    random = Random(5)
    for _ in range(60):
        given_ = skill.draw(random)
        assert skill.solve(given_) == str(AGAIN[skill.name](given_))


@pytest.mark.parametrize("one", everything(), ids=lambda one: one.origin.ref)
def test_what_we_make_is_recognised_as_what_it_is(one):
    skill = skill_of(one.sample)
    assert skill is not None
    assert skill.name == skill_in(one.origin.ref)


@pytest.mark.parametrize(
    ("instruction", "given_", "output", "name"),
    [
        ("Arrange the given numbers in ascending order.", "2, 4, 0, 8, 3", "0, 2, 3, 4, 8", "sort rising"),
        ("Find the largest number", "56, 99, 24", "99", "largest"),
        ("Convert a text string to upper case.", "i love dogs", "I LOVE DOGS.", "upper case"),
        ("Evaluate the following expression and provide the answer.", "7 + 3", "10", "expression"),
        ("Convert the following temperature to Fahrenheit.", "25°C", "77 F", "C to F"),
        ("Convert the temperature to Fahrenheit.", "25 °C", "77 F", "C to F"),
        ("Express the distance in meters.", "3 km", "3000 m", "km to m"),
        ("What day of the week is the given date?", "2000-02-29", "Tuesday", "day of the week"),
        ("Given a string, reverse it and print it out.", "hello", "olleh", "reverse letters"),
    ],
)
def test_requests_of_a_pool(instruction, given_, output, name):
    skill = skill_of(Sample(instruction, given_, output))
    assert (skill.name if skill else None) == name


@pytest.mark.parametrize(
    ("instruction", "given_", "output"),
    [
        ("Sort the numbers.", "3, 1, 2", "3, 2, 2"),
        ("Sort the numbers.", "3, 1, 2", ""),
        ("Sort the numbers.", "", "1, 2, 3"),
        ("Sort the numbers.", "some text", "some text"),
        ("Given two numbers, calculate the sum.", "7, 9", "16"),
        ("Sort the following numbers in ascending order: 3, 5, 4.", "3, 5, 4", "3, 4, 5"),
        ("Sort the terms based on their atomic number", "Uranium, Helium, Lithium", "Helium, Lithium, Uranium"),
        ("Sort a list of vegetables in alphabetical order.", "Radish, Carrot", "Carrot, Radish"),
        ("Reverse the following list alphabetically.", "apple, carrot, potato", "potato, carrot, apple"),
        ("Reverse the following number sequence", "59, 22, 15", "15, 22, 59"),
        ("Calculate the following sum and give me the result.", "25 + 37", "62"),
        ("Find the sum of the even numbers.", "2, 4", "6"),
        ("Design an algorithm to sort the numbers.", "2, 1", "1, 2"),
        ("List the total number of elements in this list.", "[1, 2, 3]", "3"),
        ("What is the weekday of the date?", "2023-02-30", "Monday"),
        ("Convert the date to the ISO format.", "31 June 2020", "2020-06-31"),
    ],
)
def test_what_is_not_surely_understood_is_left_alone(instruction, given_, output):
    assert skill_of(Sample(instruction, given_, output)) is None


def test_more_than_a_request_and_an_answer_is_left_alone():
    plain = {"instruction": "Sort the numbers.", "input": "2, 1", "output": "1, 2"}
    assert skill_of(Sample(**plain)) is not None
    assert skill_of(Sample(**plain, rejected="2, 1")) is None
    assert skill_of(Sample(**plain, system="Answer in words.")) is None
    assert skill_of(Sample(**plain, followups=(Message("user", "And now?"),))) is None


POOL = [
    Sample("Sort the numbers.", "3, 1, 2", "1, 2, 3"),
    Sample("Write a poem.", output="Roses"),
    Sample("Write the text in capital letters.", "so it is", "SO IT IS"),
]


def test_parents_are_named_and_the_instruction_kept():
    made = list(InputVariation(per_sample=4)(POOL))
    assert [one.origin.parents for one in made] == [(POOL[0].id,)] * 4 + [(POOL[2].id,)] * 4
    for one in made:
        parent = next(sample for sample in POOL if sample.id in one.origin.parents)
        assert one.sample.instruction == parent.instruction
        assert one.sample.output == str(AGAIN[skill_in(one.origin.ref)](one.sample.input))
        assert one.origin.method == "input_variation"
        assert one.origin.category in FAMILIES


def test_no_duplicates_and_unique_refs():
    made = everything(per_skill=30)
    assert len({one.sample.id for one in made}) == len(made)
    assert len({one.origin.ref for one in made}) == len(made)
    again = InputVariation(families=FAMILIES, per_skill=30)([one.sample for one in made])
    assert not {one.sample.id for one in made} & {one.sample.id for one in again}


def test_a_kind_that_is_used_up_ends():
    made = list(InputVariation(families=("units",), per_skill=2000)([]))
    assert 0 < len(made) < 9 * 2000


def test_same_options_same_samples():
    options = InputVariation(families=FAMILIES, seed=2)
    assert list(options(POOL)) == list(options(POOL))
    assert [one.sample.input for one in options(POOL)] != [
        one.sample.input for one in InputVariation(families=FAMILIES, seed=3)(POOL)
    ]


@pytest.mark.parametrize("limit", [0, 2, 1000])
def test_requested_is_an_upper_bound(limit):
    options = InputVariation(families=("dates", "sort"), limit=limit)
    assert 0 < len(list(options(POOL))) <= options.requested(POOL)


def test_nothing_to_do():
    assert list(InputVariation()([])) == []
    assert list(InputVariation()([POOL[1]])) == []


@given(st.text(max_size=40), st.sampled_from(["Sort the list.", "Reverse the text.", "Convert to JSON.", "Add up."]))
def test_any_input_is_taken(given_, instruction):
    for skill in SKILLS:
        try:
            skill.solve(given_)
        except ValueError:
            continue
    skill_of(Sample(instruction, given_, given_))


@given(st.fractions(max_denominator=40))
def test_a_written_number_is_exact(value):
    try:
        text = written(value)
    except ValueError:
        assert 10_000 % value.denominator
    else:
        assert type(value)(text) == value


def test_json_answers_are_json():
    for one in everything(per_skill=5):
        if skill_in(one.origin.ref) == "JSON array":
            assert ", ".join(json.loads(one.sample.output)) == one.sample.input


@pytest.mark.parametrize("name", GENERATORS)
def test_the_registry_holds_usable_generators(name):
    plugin = GENERATORS[name]
    assert plugin.name == name
    assert plugin.label()
    assert all(field.description for field in plugin.model_fields.values())
    assert callable(plugin.requested)
