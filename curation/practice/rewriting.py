"""Texts in other words and "translations" of the practice model: enough is changed, and most of it comes back."""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from curation.practice.languages import FRENCH, GERMAN, ITALIAN, SPANISH, Language

OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    "write": ("compose", "draft"),
    "list": ("name", "give"),
    "explain": ("describe", "set out"),
    "describe": ("explain", "portray"),
    "create": ("make", "put together"),
    "compare": ("contrast", "weigh"),
    "summarise": ("sum up", "condense"),
    "suggest": ("propose", "think of"),
    "give": ("provide", "offer"),
    "name": ("list", "mention"),
    "find": ("look for", "identify"),
    "short": ("brief", "concise"),
    "several": ("some", "a few"),
    "practical": ("useful", "hands-on"),
    "people": ("persons", "those"),
    "about": ("on", "concerning"),
    "how": ("in what way", "how exactly"),
    "why": ("for what reason", "how come"),
    "need": ("require", "have to have"),
    "small": ("little", "modest"),
    "good": ("fine", "sound"),
    "use": ("employ", "make use of"),
    "text": ("passage", "piece of writing"),
    "sentence": ("line", "phrase"),
    "question": ("query", "matter"),
}
FRAMES = ("{text}", "Please {lower}", "Could you {lower}", "I would like you to {lower}", "Your task: {text}")
"""Ways to ask for the same."""
REQUESTS = (
    "Explain {about} to someone who is new to it.",
    "Write an informative text about {about}.",
    "What should I know about {about}?",
    "Tell me what matters about {about} in a few paragraphs.",
    "I need an overview of {about} with the main facts.",
)
DICTIONARIES: Mapping[str, Mapping[str, str]] = {
    "German": {
        "write": "schreibe", "list": "nenne", "explain": "erkläre", "describe": "beschreibe", "create": "entwirf",
        "compare": "vergleiche", "give": "gib", "the": "die", "and": "und", "with": "mit", "for": "für",
        "about": "über", "short": "kurze", "how": "wie", "why": "warum", "what": "was", "is": "ist", "of": "von",
    },
    "French": {
        "write": "écris", "list": "énumère", "explain": "explique", "describe": "décris", "create": "crée",
        "compare": "confronte", "give": "donne", "the": "les", "and": "et", "with": "avec", "for": "pour",
        "about": "sur", "short": "brève", "how": "comment", "why": "pourquoi", "what": "quoi", "of": "de",
    },
    "Spanish": {
        "write": "escribe", "list": "enumera", "explain": "explica", "describe": "retrata", "create": "crea",
        "compare": "compara", "give": "da", "the": "los", "and": "y", "with": "con", "for": "para",
        "about": "sobre", "short": "breve", "how": "cómo", "why": "porqué", "what": "qué",
    },
}  # fmt: skip
"""English words and theirs, each only once in a language, so that there is a way back."""
TONGUES: Mapping[str, Language] = {"German": GERMAN, "French": FRENCH, "Spanish": SPANISH, "Italian": ITALIAN}
_INTO = re.compile(r"\binto ([A-Z]\w+)")
_WRITTEN_IN = re.compile(r"\b[Ww]rite all of it in ([A-Z]\w+)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def reworded(chance: Random, text: str) -> str:
    """The text in other words: some exchanged, and now and then asked for in another way.

    >>> reworded(Random(1), "Explain why honey bees dance.") != "Explain why honey bees dance."
    True
    """
    changed = exchanged(text, lambda word: chance.choice((word, *OTHER_WORDS.get(word, (word,)))))
    frame = chance.choice(FRAMES if text[:1].isupper() and len(text) < 400 else FRAMES[:1])
    changed = frame.format(text=changed, lower=changed[:1].lower() + changed[1:])
    return changed if changed != text else f"Please take care of this: {text}"


def request_for(chance: Random, words: Sequence[str]) -> str:
    """What somebody may have asked to be told this.

    >>> request_for(Random(0), ["tea"])
    'Tell me what matters about tea in a few paragraphs.'
    """
    first, other = words[0], chance.choice(words)
    about = first if first == other else f"{first} and {other}"
    return chance.choice(REQUESTS).format(about=about)


def translated(chance: Random, text: str, question: str) -> str:
    """The text with the words that the dictionaries have, in the language that the question asks for.

    The way back into English takes other words where there are any, as a translator would.
    """
    found = _INTO.search(question)
    language = found[1] if found else "English"
    if language in DICTIONARIES:
        words = DICTIONARIES[language]
        return exchanged(text, lambda word: words.get(word, word))
    back = {foreign: english for words in DICTIONARIES.values() for english, foreign in words.items()}
    return reworded(chance, exchanged(text, lambda word: back.get(word, word)))


def adapted(chance: Random, text: str, question: str) -> str:
    """The text for another language, as far as the practice model has any of it, else in other words."""
    found = _WRITTEN_IN.search(question)
    language = TONGUES.get(found[1]) if found else None
    if language is None:
        return reworded(chance, text)
    topic, other = chance.sample(language.topics, 2)
    forms: Sequence[str] = language.tasks if len(text) < 200 else language.answers
    return chance.choice(forms).format(topic=topic, other=other)


def exchanged(text: str, other: Callable[[str], str]) -> str:
    """The text with each word exchanged for what `other` gives for it in lower case; capitals stay.

    >>> exchanged("The sun and THE moon", lambda word: "a" if word == "the" else word)
    'A sun and a moon'
    """

    def one(found: re.Match[str]) -> str:
        word = found[0]
        new = other(word.lower())
        if new == word.lower():
            return word
        return new.capitalize() if word[0].isupper() and word[1:].islower() else new

    return _WORD.sub(one, text)
