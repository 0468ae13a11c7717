"""A polished answer of the practice model: a few words exchanged, now and then too much or nothing at all."""

from random import Random

from curation.practice.rewriting import OTHER_WORDS, exchanged

UNCHANGED, SHORTENED, GROWN = 0.05, 0.15, 0.25
"""Up to here: share of answers that come back as they are, that lose their last sentence, that grow."""
CLOSING = (
    "In short, this is what matters most.",
    "The order of these points is by weight.",
    "All of this holds for most cases.",
)


def polished(chance: Random, text: str) -> str:
    """The answer, a little clearer.

    >>> polished(Random(2), "It is a good text.")
    'It is a fine passage.'
    """
    throw = chance.random()
    if throw < UNCHANGED:
        return text
    if throw < SHORTENED and ". " in text:
        return text.rpartition(". ")[0] + "."
    if throw < GROWN:
        return " ".join([text, *3 * CLOSING])
    said = exchanged(text, lambda word: chance.choice(OTHER_WORDS[word]) if word in OTHER_WORDS else word)
    return said if said != text else f"{text.rstrip()} {chance.choice(CLOSING)}"
