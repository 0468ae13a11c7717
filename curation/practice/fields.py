"""What the practice model puts into a field of JSON, by the field's name.

To teach it a field, add its name to `TEXTS` (in texts.py), or here to NUMBERS, CLAIMS or CHOICES.
"""

from collections.abc import Mapping, Sequence

from curation.practice.question import Question, is_classification
from curation.practice.quoting import source_number
from curation.practice.texts import TEXTS, Made, sentence
from curation.practice.worth import judged, preferred
from curation.prompts import Json


def text_for(name: str, question: Question, made: Made) -> str:
    """A text for a field of this name; a sentence on the topic where the name says nothing."""
    return TEXTS.get(plain(name), sentence)(question, made)


def share_for(name: str, question: Question) -> float | None:
    """Where a number for a field of this name lies between its bounds, 0 to 1; None where the name says nothing.

    Judges seldom give the lowest marks, so neither does this one.
    """
    if plain(name) not in NUMBERS:
        return None
    if question.parts:
        return judged(question)
    return max(question.chance.random(), question.chance.random(), question.chance.random() * 0.8)


def number_for(name: str, question: Question) -> int | None:
    """The number for a field of this name, where the question says which there are."""
    return source_number(question) if plain(name) == "source" else None


def claim_for(name: str, question: Question) -> bool:
    """Yes or no for a field of this name."""
    if plain(name) in CLAIMS:
        # Wrong now and then, as models are.
        return is_classification(question.subject) != (question.chance.random() < 0.03)
    if question.parts:
        return question.chance.random() < 0.4 + 0.6 * judged(question)
    return question.chance.random() < SHARES.get(plain(name), 0.7)


def choice_for(name: str, question: Question, options: Sequence[Json]) -> Json:
    """One of the values that a field of this name may have."""
    named = [option for option in options if isinstance(option, str)] if plain(name) in CHOICES else []
    return preferred(question, named) or question.chance.choice(options)


def plain(name: str) -> str:
    """A field's name without its number, in lower case.

    >>> plain("Candidate_Answers"), plain("is_classification")
    ('answer', 'is_classification')
    """
    last = name.lower().replace("-", "_")
    last = last if last in KNOWN else last.rpartition("_")[2]
    return last if last in KNOWN or not last.endswith("s") else last[:-1]


NUMBERS = frozenset({"score", "rating", "grade", "quality", "complexity", "difficulty", "accuracy", "helpfulness"})
CLAIMS = frozenset({"classification", "is_classification"})
SHARES: Mapping[str, float] = {"equal": 0.2, "fits": 0.9, "source": 0.85}
"""How often a claim holds whatever it is about."""
CHOICES = frozenset({"better", "winner", "preferred"})
KNOWN = frozenset({*TEXTS, *NUMBERS, *CLAIMS, *SHARES, *CHOICES})
