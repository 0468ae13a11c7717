"""Where the root verb of an instruction stands: after "please", after "Given …,", behind a subject or an auxiliary."""

from collections.abc import Sequence
from typing import NamedTuple

from curation.diversity.lexicon import (
    ARTICLE,
    AUXILIARY,
    BE,
    DETERMINER,
    HAVE,
    MODAL,
    POLITE,
    PREPOSITION,
    QUESTION,
    SUBJECT,
    entry,
    is_adverb,
    is_base_verb,
)
from curation.diversity.tokens import Token

_OPENS = PREPOSITION | {
    "given",
    "considering",
    "assuming",
    "if",
    "when",
    "because",
    "while",
    "although",
    "suppose",
    "let's",
}
_FINITE = BE | MODAL
_LEADS = DETERMINER | PREPOSITION
_SUBJECT_START = SUBJECT | DETERMINER
_CLAUSE_START = QUESTION | AUXILIARY | SUBJECT
_NOT_BEFORE_VERB = PREPOSITION | DETERMINER | AUXILIARY | SUBJECT
_ASKS_OR_DOES = SUBJECT | {"who"}


class Root(NamedTuple):
    """The root verb in its base form, and the place from which its object may follow (None: it has none there)."""

    verb: str
    after: int | None


def root_verb(tokens: Sequence[Token]) -> Root | None:
    """Find the root verb of a sentence, None where it is a fragment."""
    place = _skip_opening(tokens, _skip_polite(tokens, 0))
    word = _word(tokens, place)
    if word in QUESTION:
        return _question(tokens, place)
    if word in AUXILIARY and not _is_command(tokens, place):
        return _after_auxiliary(tokens, place)
    if word in SUBJECT:
        return _statement(tokens, place + 1)
    return _command(tokens, place) or _statement(tokens, place + 1)


def _command(tokens: Sequence[Token], place: int) -> Root | None:
    """An imperative, also "Writes a …" and "Writing a …", or a word that no list has (misspelt) before an article."""
    word, follows = _word(tokens, place), _word(tokens, place + 1)
    if not word or follows in _FINITE:
        return None
    known = entry(word)
    if is_base_verb(word) or (not known.is_known and word.isalpha() and follows in DETERMINER):
        return Root(word, place + 1)
    is_form = word.endswith("ing") or (word.endswith("s") and follows in DETERMINER)
    return Root(known.verb, place + 1) if known.verb and is_form else None


def _statement(tokens: Sequence[Token], start: int) -> Root | None:
    """A subject comes first: the root is its finite verb, or the verb that an auxiliary leads to."""
    for place in range(start, len(tokens)):
        word = tokens[place].word
        if word in AUXILIARY:
            return _behind(tokens, place)
        if _is_finite(tokens, place, start):
            return Root(entry(word).verb, place + 1)
    return None


def _behind(tokens: Sequence[Token], place: int) -> Root:
    """The subject is known and an auxiliary stands here: take what it leads to, else the auxiliary itself."""
    follows = place + 1
    while is_adverb(_word(tokens, follows)) or _word(tokens, follows) in ("not", "be", "been"):
        follows += 1
    word, auxiliary = _word(tokens, follows), tokens[place].word
    known = entry(word)
    if auxiliary in MODAL and is_base_verb(word):
        return Root(word, follows + 1)
    is_participle = word == "given" or not (known.is_adjective or (known.noun and not word.endswith("ing")))
    if auxiliary not in MODAL and known.verb not in ("", word) and is_participle:
        return Root(known.verb, follows + 1)
    return Root(_base(auxiliary), place + 1 if auxiliary in HAVE else None)


def _question(tokens: Sequence[Token], place: int) -> Root | None:
    """What is …, how would you explain …, who wrote …, which company makes …."""
    while _word(tokens, place + 1) in ("and", "or", ",") and _word(tokens, place + 2) in QUESTION:
        place += 2
    word, follows = tokens[place].word, _word(tokens, place + 1)
    if follows == "to":
        return _command(tokens, place + 2)
    if follows in AUXILIARY:
        return _behind(tokens, place + 1) if word in ("who", "which") else _after_auxiliary(tokens, place + 1)
    return _named_question(tokens, place + 1)


def _named_question(tokens: Sequence[Token], start: int) -> Root | None:
    """Which company makes …, what term is used …: the phrase that is asked for comes before the verb."""
    for later in range(start, len(tokens)):
        if tokens[later].word in AUXILIARY:
            return _fronted(tokens, later)
        if _is_finite(tokens, later, start):
            return Root(entry(tokens[later].word).verb, later + 1)
    return None


def _fronted(tokens: Sequence[Token], place: int) -> Root:
    """The subject stands before the auxiliary (how many pupils are learning …) or after it (what dog should I get)."""
    root = _after_auxiliary(tokens, place)
    is_subject_after = _word(tokens, place + 1) in _SUBJECT_START or tokens[place].word not in BE
    return root if is_subject_after else _behind(tokens, place)


def _after_auxiliary(tokens: Sequence[Token], place: int) -> Root:
    """An auxiliary, then the subject, then the verb; "be" is the root itself."""
    auxiliary = tokens[place].word
    if auxiliary in BE:
        return Root("be", None)
    verb = next((at for at in range(place + 1, len(tokens)) if _is_verb_of(tokens, at, place)), None)
    if verb is None:
        return Root(_base(auxiliary), None)
    return Root(tokens[verb].word, verb + 1)


def _is_verb_of(tokens: Sequence[Token], place: int, auxiliary: int) -> bool:
    """A base form after at least one word of subject, neither a name nor the noun after an article."""
    text, word = tokens[place]
    if not is_base_verb(word) or text[0].isupper() or place == auxiliary + 1:
        return False
    before = tokens[place - 1].word
    known = entry(word)
    is_inside_subject = (before in DETERMINER and before not in SUBJECT) or (
        entry(before).is_adjective and not entry(before).noun
    )
    return not (is_inside_subject and (known.noun or known.is_adjective))


def _is_finite(tokens: Sequence[Token], place: int, start: int) -> bool:
    """A verb in the present or past that is no noun here: "produces", "primarily focuses", "countries speak"."""
    word, before = tokens[place].word, tokens[place - 1].word
    known = entry(word)
    if not known.verb or word.endswith("ing"):
        return False
    if place == start:
        makes = before == "what" and known.verb != word and _word(tokens, place + 1) in ARTICLE
        return makes or before in _ASKS_OR_DOES
    if before in _LEADS:
        return False
    return is_adverb(before) or not (known.noun or known.is_adjective) or _agrees(tokens, place)


def _agrees(tokens: Sequence[Token], place: int) -> bool:
    """A noun in -s or a verb: a verb after a singular noun, when no auxiliary follows ("which company makes it")."""
    word, before = tokens[place].word, tokens[place - 1].word
    is_after_singular = word.endswith("s") and entry(word).verb != word and entry(before).noun == before
    return is_after_singular and not any(token.word in AUXILIARY for token in tokens[place:])


def _skip_polite(tokens: Sequence[Token], place: int) -> int:
    while place < len(tokens) and (
        tokens[place].word in POLITE or not tokens[place].word[0].isalnum() or is_adverb(tokens[place].word)
    ):
        place += 1
    return place


def _skip_opening(tokens: Sequence[Token], place: int) -> int:
    """Past "Given a list," and "In your own words,": the first comma behind which a sentence can start."""
    is_opening = _word(tokens, place) in _OPENS or (_word(tokens, place).endswith("ing") and place + 1 < len(tokens))
    if not is_opening and not (_word(tokens, place) in QUESTION and _word(tokens, place + 1).endswith("ing")):
        return place
    for comma in range(place + 1, len(tokens)):
        if tokens[comma].word == ",":
            start = _skip_polite(tokens, comma + 1)
            word = _word(tokens, start)
            if is_base_verb(word) or word in _CLAUSE_START:
                return start
    return _skip_without_comma(tokens, place)


def _skip_without_comma(tokens: Sequence[Token], place: int) -> int:
    """Using these words write a story: the first word that can only be a verb and has an article behind it."""
    for later in range(place + 2, len(tokens)):
        word, before = tokens[later].word, tokens[later - 1].word
        is_led = before in _NOT_BEFORE_VERB
        if is_base_verb(word) and _word(tokens, later + 1) in ARTICLE and not is_led:
            return later
    return place


def _is_command(tokens: Sequence[Token], place: int) -> bool:
    """Have a look, do the sum, be brief: an auxiliary in its base form with no subject behind it."""
    word, follows = tokens[place].word, _word(tokens, place + 1)
    return word in ("do", "have", "be") and (follows in ARTICLE or word == "be")


def _base(auxiliary: str) -> str:
    if auxiliary in BE:
        return "be"
    return "have" if auxiliary in HAVE else entry(auxiliary).verb or auxiliary


def _word(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].word if place < len(tokens) else ""
