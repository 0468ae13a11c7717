"""What a rewording must not lose: numbers, quoted words, names in brackets and code."""

import re

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_QUOTED = re.compile(r"\"([^\"\n]+)\"|“([^”\n]+)”|`([^`\n]+)`|\{\{?(\w+)\}?\}|<(\w+)>")
_SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def lost_facts(text: str, reworded: str) -> list[str]:
    """The numbers and the quoted or marked words of a text that a rewording of it lacks, in order.

    >>> lost_facts('Name 3 rivers with "au" in them, under 700 km.', "Which three rivers under 70 km have 'au'?")
    ['700']
    """
    folded = reworded.casefold()
    numbers = [*_NUMBER.findall(folded), *(str(_SMALL.index(word)) for word in _words(folded) if word in _SMALL)]
    lost = [number for number in _NUMBER.findall(text) if number not in numbers]
    quoted = [next(filter(None, groups)) for groups in _QUOTED.findall(text)]
    return [*lost, *(part for part in quoted if part.casefold() not in folded)]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text)
