"""The head noun of the object that follows a verb."""

from collections.abc import Sequence

from curation.diversity.lexicon import (
    ARTICLE,
    AUXILIARY,
    CLAUSE,
    CONJUNCTION,
    DETERMINER,
    GIVES,
    LATE_ADVERB,
    NEVER_HEAD,
    PARTICLE,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    RECEIVER,
    entry,
    guessed_noun,
    is_adverb,
    is_base_verb,
)
from curation.diversity.tokens import QUOTED, Token

_ARTICLES = ARTICLE - POSSESSIVE
_ADJUNCT = ARTICLE | PREPOSITION | CLAUSE | AUXILIARY
_SKIPPED = RECEIVER | LATE_ADVERB
_BLOCKS = PREPOSITION | CLAUSE | AUXILIARY


def object_noun(tokens: Sequence[Token], start: int, verb: str) -> str | None:
    """The singular of the head of the direct object.

    Args:
        tokens: a sentence.
        start: the place after the verb.
        verb: the verb, in its base form.

    Returns:
        None where there is no object or its head is a pronoun, a name, a number, a quotation or a clause.
    """
    place = _skip_coordinated(tokens, start)
    while _word(tokens, place) in _SKIPPED or is_adverb(_word(tokens, place)):
        place += 1
    if _word(tokens, place) in PARTICLE:
        place += 1
    noun, end = _head(tokens, place)
    if verb in GIVES and noun and _word(tokens, end) in _ARTICLES:
        return _head(tokens, end)[0] or noun
    return noun


def _head(tokens: Sequence[Token], start: int) -> tuple[str | None, int]:
    """The head of the noun phrase that starts here, and the place after the phrase."""
    head: str | None = None
    place = start
    while place < len(tokens) and not _ends(tokens, place, start, head is not None):
        noun = _noun(tokens, place, start)
        if noun is not None:
            head = noun
        place += 1
    return head or None, place


def _noun(tokens: Sequence[Token], place: int, start: int) -> str | None:
    """The singular of a word that may be the head so far, "" for one that hides the head before it, None for others."""
    text, word = tokens[place]
    if not word[0].isalpha() or word in DETERMINER or word.endswith(("'s", "s'")):
        return None
    if word in NEVER_HEAD:
        return ""
    if _is_name(tokens, place, start):
        return ""
    known = entry(word)
    if known.noun or _is_naming(tokens, place, start):
        return known.noun or word
    return None if known.is_known or not text.islower() else guessed_noun(word)


def _is_naming(tokens: Sequence[Token], place: int, start: int) -> bool:
    """A verb form used as a noun: "the layering of the model"."""
    is_led = place > start and tokens[place - 1].word in ARTICLE
    return is_led and tokens[place].word.endswith("ing") and _word(tokens, place + 1) in ("", "of", "for", "in")


def _is_name(tokens: Sequence[Token], place: int, start: int) -> bool:
    """A capital inside a sentence marks a name, unless the word is a plural or an article belongs to it."""
    text, word = tokens[place]
    if not text[0].isupper():
        return False
    plain = entry(word).noun
    is_common = plain and (plain != word or (place > start and tokens[start].word in DETERMINER))
    return not is_common


def _ends(tokens: Sequence[Token], place: int, start: int, has_head: bool) -> bool:
    word = tokens[place].word
    if has_head and _trails(tokens, place):
        return True
    if word in _BLOCKS:
        return not (word == "that" and place == start and _starts_noun(tokens, place + 1))
    if word in PRONOUN or word in ARTICLE:
        return _ends_at_pronoun(tokens, place, start, has_head)
    if word in CONJUNCTION or not word[0].isalnum():
        return _ends_at_mark(tokens, place, has_head)
    return has_head and _is_verb_after_noun(tokens, place)


def _ends_at_pronoun(tokens: Sequence[Token], place: int, start: int, has_head: bool) -> bool:
    """An article inside a phrase starts another one; a pronoun stands alone; "these" may be either."""
    word = tokens[place].word
    if word in DETERMINER:
        follows_all = place > start and _word(tokens, place - 1) in DETERMINER
        return has_head or (place > start and not follows_all) or not _starts_noun(tokens, place + 1)
    return True


def _ends_at_mark(tokens: Sequence[Token], place: int, has_head: bool) -> bool:
    """Marks and conjunctions join adjectives ("short, clear text"), and names ("Food and Drink Pairs")."""
    word = tokens[place].word
    if word in (QUOTED, "/", "-", "'", "*"):
        return has_head and word == QUOTED
    before, after = _word(tokens, place - 1), _word(tokens, place + 1)
    if word != "," and word not in CONJUNCTION:
        return True
    if _is_capital(tokens, place - 1) and _is_capital(tokens, place + 1):
        return False
    return not (_describes(before) and _describes(after) and _starts_noun(tokens, place + 2))


def _trails(tokens: Sequence[Token], place: int) -> bool:
    """An adverb or adjective behind its noun: "work well", "elements present in water"."""
    word, before = tokens[place].word, tokens[place - 1].word
    if word in LATE_ADVERB:
        return True
    is_plural = entry(before).noun not in ("", before)
    return is_plural and entry(word).is_adjective and _word(tokens, place + 1) in PREPOSITION


def _is_verb_after_noun(tokens: Sequence[Token], place: int) -> bool:
    """A participle that opens a clause after the noun: "events underlying the debate", "words related to"."""
    word = tokens[place].word
    known = entry(word)
    if not known.verb or known.verb == word or _is_joined(tokens, place):
        return False
    if word.endswith("ing"):
        return (not known.noun and not known.is_adjective) or (_word(tokens, place + 1) in _ADJUNCT and not known.noun)
    return not known.noun and not (known.is_adjective and _starts_noun(tokens, place + 1))


def _is_joined(tokens: Sequence[Token], place: int) -> bool:
    """A participle that makes an adjective with the abbreviation before it: "a NASA funded project"."""
    before = tokens[place - 1].text
    return (
        len(before) > 1 and before.isupper() and tokens[place].word.endswith("ed") and _starts_noun(tokens, place + 1)
    )


def _skip_coordinated(tokens: Sequence[Token], place: int) -> int:
    """Past "and explain" in "identify and explain the cause": the verbs share their object."""
    while _word(tokens, place) in (",", "and", "or", "&", "/", "then"):
        follows = place + 1
        while _word(tokens, follows) in (",", "and", "or", "then") or is_adverb(_word(tokens, follows)):
            follows += 1
        if not is_base_verb(_word(tokens, follows)):
            return place
        place = follows + 1
    return place


def _describes(word: str) -> bool:
    known = entry(word)
    return known.is_adjective or (bool(known.verb) and known.verb != word and not known.noun)


def _starts_noun(tokens: Sequence[Token], place: int) -> bool:
    word = _word(tokens, place)
    is_word = bool(word) and (word[0].isalnum() or word in (QUOTED, "-"))
    return is_word and word not in _BLOCKS and word not in CONJUNCTION


def _is_capital(tokens: Sequence[Token], place: int) -> bool:
    return 0 < place < len(tokens) and tokens[place].text[0].isupper()


def _word(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].word if place < len(tokens) else ""
