"""Requests about dates and lists: what day, how many days, other notations."""

import json
import re
from datetime import date
from random import Random

from curation.generators.variation.skill import Skill, asked
from curation.generators.variation.skills_of_text import words

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEAR = "January February March April May June July August September October November December"
MONTHS = tuple(YEAR.split())
LONG_DATE = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
ITEM = re.compile(r"[^,\n\"\\\[\](){}]+")
FIRST_DAY, LAST_DAY = date(1990, 1, 1).toordinal(), date(2039, 12, 31).toordinal()

WORDY = r"(?!.*\b(?:numbers|integers|number (?:sequence|series|list))\b)"
"""New lists hold words, so a request about numbers is not one of theirs."""


def _day(random: Random) -> date:
    return date.fromordinal(random.randint(FIRST_DAY, LAST_DAY))


def _long(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _read_long(text: str) -> date:
    found = LONG_DATE.fullmatch(text.strip())
    if found is None:
        raise ValueError("not a date in words")
    return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))


def _read_iso(text: str) -> date:
    if not ISO_DATE.fullmatch(text.strip()):
        raise ValueError("not an ISO date")
    return date.fromisoformat(text.strip())


def _two_days(random: Random) -> str:
    start = random.randint(FIRST_DAY, LAST_DAY - 400)
    return f"{date.fromordinal(start)} to {date.fromordinal(start + random.randint(1, 400))}"


def _between(text: str) -> str:
    start, found, end = text.strip().partition(" to ")
    if not found:
        raise ValueError("not two dates")
    return str((_read_iso(end) - _read_iso(start)).days)


def _items(text: str) -> list[str]:
    """The items of a list with commas."""
    found = text.strip().split(", ")
    if len(found) < 2 or not all(ITEM.fullmatch(one) and one == one.strip() for one in found):
        raise ValueError("not a list with commas")
    return found


def _listed(random: Random) -> str:
    return ", ".join(words(random))


def _alphabetical(text: str) -> str:
    found = _items(text)
    if not all(re.fullmatch(r"[A-Za-z]+", one) for one in found):
        raise ValueError("not words alone")
    return ", ".join(sorted(found, key=str.lower))


DATES = (
    Skill(
        "date to ISO",
        "dates",
        ("Write the date as YYYY-MM-DD.", "Convert this date to the ISO format (YYYY-MM-DD)."),
        asked(r".*\b(?:YYYY-MM-DD|ISO)\b.*"),
        lambda random: _long(_day(random)),
        lambda text: _read_long(text).isoformat(),
    ),
    Skill(
        "date in words",
        "dates",
        ("Write the date with the month in words.", "Write this date with the name of the month."),
        asked(r".*\bmonth\b.*\bwords?\b.*|.*\bname\b.*\bmonth\b.*"),
        lambda random: _day(random).isoformat(),
        lambda text: _long(_read_iso(text)),
    ),
    Skill(
        "day of the week",
        "dates",
        ("Which day of the week is this date?", "Name the weekday.", "What weekday does the date fall on?"),
        asked(r".*\b(?:day of the week|weekday|what day|which day)\b.*"),
        lambda random: _day(random).isoformat(),
        lambda text: DAYS[_read_iso(text).weekday()],
    ),
    Skill(
        "days between",
        "dates",
        (
            "How many days are there from the first date to the last?",
            "Count the days between the dates.",
        ),
        asked(r".*\bdays\b.*"),
        _two_days,
        _between,
    ),
)
LISTS = (
    Skill(
        "alphabetical order",
        "sort",
        ("Sort the words alphabetically.", "Put these words in alphabetical order.", "Arrange the list from A to Z."),
        asked(r"(?!.*(?:reverse|descending|Z to A)).*(?:alphabet|A to Z).*"),
        _listed,
        _alphabetical,
    ),
    Skill(
        "count items",
        "count",
        ("How many items are in the list?", "Count the entries of this list."),
        asked(WORDY + r".*\b(?:count|how many|number of)\b.*\b(?:items|entries|elements|list)\b.*"),
        _listed,
        lambda text: str(len(_items(text))),
    ),
    Skill(
        "reverse list",
        "reverse",
        ("Reverse the list.", "Write the items from last to first."),
        asked(WORDY + r"(?!.*alphabet).*(?:reverse|from last to first|backwards).*"),
        _listed,
        lambda text: ", ".join(reversed(_items(text))),
    ),
    Skill(
        "bullets",
        "lists",
        ("Write the items as a list with hyphens.", "Turn this into a bulleted list."),
        asked(WORDY + r".*(?:bullet|hyphens|dashes).*"),
        _listed,
        lambda text: "\n".join(f"- {one}" for one in _items(text)),
    ),
    Skill(
        "numbered list",
        "lists",
        ("Turn this into a numbered list.", "Number the items, one per line."),
        asked(WORDY + r".*(?:numbered|number the|ordered list).*"),
        _listed,
        lambda text: "\n".join(f"{at}. {one}" for at, one in enumerate(_items(text), start=1)),
    ),
    Skill(
        "JSON array",
        "lists",
        ("Write the items as a JSON array.", "Convert the list to a JSON array."),
        asked(WORDY + r".*\bJSON\b.*"),
        _listed,
        lambda text: json.dumps(_items(text), ensure_ascii=False),
    ),
)
