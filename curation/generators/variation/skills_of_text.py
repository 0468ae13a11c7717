"""Requests about words and letters: count, reverse, change case."""

from random import Random

from curation.generators.variation.skill import Skill, asked

THINGS = (
    "amber anchor apple arrow autumn basket beacon bridge candle canyon carpet castle cedar circle clover "
    "copper coral cotton desert dragon echo ember falcon feather fiddle forest garden ginger glacier granite "
    "hammer harbor hazel honey island ivory jacket jungle kettle ladder lantern lemon lizard maple marble "
    "meadow mirror mountain needle oasis ocean olive orchid paper pebble pepper pillow planet pocket prairie "
    "quartz rabbit ribbon river rocket saddle saffron sailor shadow silver spider spring summer sunset "
    "thunder timber tunnel turtle valley velvet violet walnut whistle willow window winter yellow zebra"
)
WORDS = THINGS.split()
PEOPLE = ("Ada", "Ben", "Chen", "Dana", "Elif", "Femi", "Gita", "Hugo", "Ines", "Jonas", "Kofi", "Lena", "Mina", "Noah")
PLACES = ("the garden", "the harbor", "the old mill", "the station", "the library", "the market", "the river bank")
DEEDS = ("found", "painted", "carried", "sold", "repaired", "borrowed", "photographed", "described", "dropped", "hid")
VOWELS = frozenset("aeiouAEIOU")


def words(random: Random) -> list[str]:
    """Four to eight different words."""
    return random.sample(WORDS, random.randint(4, 8))


def sentence(random: Random) -> str:
    """A plain sentence about a person, a thing and a place."""
    person, deed, place = random.choice(PEOPLE), random.choice(DEEDS), random.choice(PLACES)
    number, colour, thing = random.randint(2, 9), *random.sample(WORDS, 2)
    return f"{person} {deed} {number} {colour} {thing} boxes near {place}."


def word(random: Random) -> str:
    """One word, or two joined to one."""
    return "".join(random.sample(WORDS, random.randint(1, 2)))


def plain(text: str) -> str:
    """The text as it is.

    Raises:
        ValueError: it is empty.
    """
    if not text.strip():
        raise ValueError("empty")
    return text.strip()


COUNTING = (
    Skill(
        "count words",
        "count",
        ("Count the words in the sentence.", "How many words does this sentence have?", "Give the number of words."),
        asked(r".*\b(?:count|number of|how many)\b.*\bwords?\b.*"),
        sentence,
        lambda text: str(len(plain(text).split())),
    ),
    Skill(
        "count letters",
        "count",
        (
            "Count the letters in the word.",
            "How many letters are in this word?",
            "Give the number of letters.",
        ),
        asked(r".*\b(?:count|number of|how many)\b.*\b(?:letters|characters)\b.*"),
        word,
        lambda text: str(len(_single(text))),
    ),
    Skill(
        "count vowels",
        "count",
        (
            "Count the vowels in the text.",
            "How many vowels are there in this sentence?",
        ),
        asked(r".*\b(?:count|number of|how many)\b.*\bvowels\b.*"),
        sentence,
        lambda text: str(sum(letter in VOWELS for letter in plain(text))),
    ),
)
REVERSING = (
    Skill(
        "reverse letters",
        "reverse",
        ("Reverse the word.", "Write the word backwards.", "Write this word from its last letter to its first."),
        asked(r".*(?:reverse|backwards|from its last letter).*"),
        word,
        lambda text: _single(text)[::-1],
    ),
    Skill(
        "reverse words",
        "reverse",
        ("Put the words in reverse order.", "Write these words from last to first.", "Reverse the order of the words."),
        asked(r".*(?:reverse|backwards|from last to first).*"),
        lambda random: " ".join(words(random)),
        lambda text: " ".join(reversed(_several(text))),
    ),
)
CASING = (
    Skill(
        "upper case",
        "case",
        ("Write the text in capital letters.", "Convert this to upper case.", "Put the sentence in all caps."),
        asked(r".*(?:upper ?-?case|capital letters|all caps|capitali[sz]e all).*"),
        sentence,
        lambda text: plain(text).upper(),
    ),
    Skill(
        "lower case",
        "case",
        (
            "Write the text in small letters.",
            "Convert this to lower case.",
            "Make all letters lower case.",
        ),
        asked(r".*(?:lower ?-?case|small letters).*"),
        sentence,
        lambda text: plain(text).lower(),
    ),
    Skill(
        "capital first letters",
        "case",
        ("Write every word with a capital first letter.", "Capitalise the first letter of each word."),
        asked(r".*(?:(?:first letter|capital).*(?:each|every) word|(?:each|every) word.*capital|title ?-?case).*"),
        lambda random: " ".join(words(random)),
        lambda text: " ".join(one[0].upper() + one[1:] for one in _several(text)),
    ),
)


def _single(text: str) -> str:
    """One word of letters."""
    if not text.strip().isalpha():
        raise ValueError("not one word")
    return text.strip()


def _several(text: str) -> list[str]:
    """Words with single spaces between them and no punctuation, so that their order can change."""
    found = text.strip().split(" ")
    if len(found) < 2 or not all(one.isalpha() for one in found):
        raise ValueError("not words alone")
    return found
