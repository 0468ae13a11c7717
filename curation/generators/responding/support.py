"""Whether an answer stands in the texts that it cites: a cheap check of words and numbers, no judgement of sense."""

import re
from collections.abc import Iterable, Sequence

from curation.generators.fault import Fault
from curation.rouge import words

MOST_NEW = 15
"""Different content words that "not in the sources" may bring along: enough to say so, too few to answer anyway."""
_NAMED = 4
"""Missing words that are named to the reader."""
_ENDING = re.compile(r"(?<=\w{4})(?:ings?|ed|ers?|es|en|ly|s|e|n)\Z")
"""Of another form of the same word, in English and some of its neighbours; four letters stay at least."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MARKS = re.compile(r"\[\d+\]|^[ \t]*\d+[.)](?=\s)", re.MULTILINE)
"""References to sources and the numbers of a list: no facts."""
_FUNCTION_WORDS = """
the and for with that this these those from are was were been being have has had not but you your his her its
our their they them she who whom whose which what when where why how can could may might must shall should
will would does did doing done than then there here into onto out off over under about above below between
through during before after again more most less least some any each every all both few many much other
another such only own same very just also too yes per via because while until against among within without
upon toward towards however therefore thus hence yet still even well made make makes using used use one
"""
_EMPTY = frozenset(_FUNCTION_WORDS.split())


def unsupported(answer: str, question: str, cited: Sequence[str], least: float) -> Fault | None:
    """Why an answer does not stand in the cited texts; None where it does, as far as words and numbers tell.

    Every number of the answer must stand in a cited text or in the question. Of its different content words (function
    words and those of the question do not count) at least the share `least` must be there, with whatever ending.

    >>> unsupported("Refunds take 14 days.", "How long do refunds take?", ["Refunds are paid within 30 days."], 0.5)
    Fault(rule='number not in sources', reason='14 stands in no cited source')
    """
    numbers = [number for number in _numbers([answer]) if number not in _numbers([question, *cited])]
    if numbers:
        return Fault("number not in sources", f"{', '.join(numbers[:_NAMED])} stands in no cited source")
    content = _new_words(answer, question)
    missing = _missing(content, cited)
    share = 1 - len(missing) / len(content) if content else 1.0
    if share >= least:
        return None
    named = ", ".join(missing[:_NAMED])
    return Fault("not supported", f"{share:.0%} of its words stand in the cited sources (fewest {least:.0%}): {named}")


def overstated(answer: str, question: str, shown: Sequence[str]) -> Fault | None:
    """Why an answer that says "not in the sources" says too much: numbers or many words that stand nowhere."""
    numbers = [number for number in _numbers([answer]) if number not in _numbers([question, *shown])]
    missing = _missing(_new_words(answer, question), shown)
    if not numbers and len(missing) <= MOST_NEW:
        return None
    what = f"it names {', '.join(numbers[:_NAMED])}" if numbers else f"{len(missing)} new words (most {MOST_NEW})"
    return Fault("answers without source", f"it says that the sources do not tell, and goes on: {what}")


def _numbers(texts: Iterable[str]) -> list[str]:
    """Numbers without the signs that divide their digits, which differ from country to country."""
    return [re.sub("[.,]", "", found) for text in texts for found in _NUMBER.findall(_MARKS.sub(" ", text))]


def _new_words(answer: str, question: str) -> list[str]:
    """The different content words of an answer that the question does not have, in order."""
    asked = set(words(question))
    found = (word for word in words(_MARKS.sub(" ", answer)) if not word.isdigit() and word not in asked)
    return list(dict.fromkeys(word for word in found if word not in _EMPTY and (len(word) > 2 or word > "\u2e80")))


def _missing(content: Sequence[str], texts: Sequence[str]) -> list[str]:
    there = {_ENDING.sub("", word) for text in texts for word in words(text)}
    return [word for word in content if _ENDING.sub("", word) not in there]
