"""Cuts a text at its numbered marks."""

import re


def pieces(text: str, mark: re.Pattern[str]) -> list[tuple[int, str]]:
    """(number, what follows up to the next mark) of each mark whose number is above the one before.

    What stands before the first mark is left out. The first group of the pattern is the number.

    >>> pieces("So: 4. a 1. b 5. c", re.compile("([0-9])[.]"))
    [(4, ' a 1. b '), (5, ' c')]
    """
    starts: list[re.Match[str]] = []
    for match in mark.finditer(text):
        if not starts or int(match[1]) > int(starts[-1][1]):
            starts.append(match)
    ends = [match.start() for match in starts[1:]]
    return [(int(match[1]), text[match.end() : end]) for match, end in zip(starts, [*ends, None], strict=False)]
