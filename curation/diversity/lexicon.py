"""What English words can be: parts of speech and base forms, from lemminflect's word list, and the closed classes."""

from functools import lru_cache
from typing import NamedTuple


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BE = _words("is are was were am be been being 's 're 'm")
DO = _words("do does did")
MODAL = _words("can could will would shall should may might must")
HAVE = _words("have has had")
AUXILIARY = BE | DO | MODAL | HAVE
QUESTION = _words("what which who whom whose when where why how what's who's where's how's whats")
PRONOUN = _words(
    "i you he she it we they me him her us them myself yourself itself themselves yourselves this that these those "
    "something anything everything nothing someone anyone everyone somebody anybody everybody nobody there mine yours"
)
SUBJECT = _words("i you he she it we they there this that these those")
RECEIVER = _words("me us him them you")
POSSESSIVE = _words("my your his her its our their")
ARTICLE = _words("a an the some any another each every no") | POSSESSIVE
DETERMINER = ARTICLE | _words(
    "this that these those all both several many few various other such more most least enough much one two three "
    "four five six seven eight nine ten eleven twelve fifteen twenty fifty hundred dozen either neither half"
)
PREPOSITION = _words(
    "of to in for on with from by about into at as between among within without over under after before during "
    "through across against per via upon toward towards like regarding concerning including based onto outside "
    "inside around above below behind beyond near since until throughout despite unlike beside besides except "
    "using according versus vs off up out down away back"
)
CLAUSE = _words("if whether that because so while than when where why how what which who whom whose although though")
CONJUNCTION = _words("and or but & nor then")
PARTICLE = _words("up out down off away back over")
POLITE = _words(
    "let's lets please kindly now then next first firstly second secondly finally lastly also just ok so and hi hello"
)
GIVES = _words("give tell show send teach offer ask provide write make tell bring lend pay hand read")
LATE_ADVERB = _words("well first again later together once twice today online")
NEVER_HEAD = _words("following given below above same other one ones which how what me more most best rest go")


_NO_ADVERB = PREPOSITION | CLAUSE | QUESTION | DETERMINER | PRONOUN


class Entry(NamedTuple):
    """What one word can be.

    Args:
        verb: its base form as a verb, "" where it is none.
        noun: its singular as a noun, "" where it is none.
        is_adjective: whether it can be an adjective.
        is_adverb: whether it can be an adverb.
        is_known: whether the word list has it.
    """

    verb: str
    noun: str
    is_adjective: bool
    is_adverb: bool
    is_known: bool


@lru_cache(maxsize=2**17)
def entry(word: str) -> Entry:
    """Look a lower-case word up.

    >>> entry("stories").noun, entry("wrote").verb, entry("quickly").is_adverb
    ('story', 'write', True)
    """
    from lemminflect import getAllLemmas

    found = getAllLemmas(word)
    verb, noun = found.get("VERB", ("",))[0], found.get("NOUN", ("",))[0]
    return Entry(verb, noun, "ADJ" in found, "ADV" in found, bool(found))


@lru_cache(maxsize=2**15)
def guessed_noun(word: str) -> str:
    """The singular of a noun that the word list does not have, by rule."""
    from lemminflect import getAllLemmasOOV

    return str(getAllLemmasOOV(word, "NOUN").get("NOUN", (word,))[0])


@lru_cache(maxsize=2**17)
def is_adverb(word: str) -> bool:
    """Whether a word can only be an adverb ("briefly"), so that it may be passed over."""
    known = entry(word)
    return known.is_adverb and not (known.is_adjective or known.noun or known.verb) and word not in _NO_ADVERB


@lru_cache(maxsize=2**17)
def is_base_verb(word: str) -> bool:
    """Whether a word can be an imperative or stand after "can"."""
    return entry(word).verb == word and word not in AUXILIARY - {"do", "have", "be"}
