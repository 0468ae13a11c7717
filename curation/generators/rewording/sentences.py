"""The first sentence of a request, and whether it is an imperative that we know."""

import re

LEAD = (
    "add analyse analyze answer arrange brainstorm build calculate categorize change choose cite classify "
    "combine compare complete compose compute construct convert correct count craft create define delete "
    "describe design determine develop devise differentiate discuss distinguish draft draw edit estimate "
    "evaluate examine explain extract fill find fix formulate generate give group identify illustrate imagine "
    "improve infer insert invent list make match modify name offer organize outline paraphrase pick predict "
    "prepare propose provide rank rate read recommend remove rename reorder rephrase replace research rewrite "
    "select shorten show simplify solve sort specify state suggest summarise summarize tell transform "
    "translate turn verify write"
)
VERBS = frozenset(LEAD.split())
"""Verbs that begin a request. A text that begins otherwise is left alone, unless it is a question."""
ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|No|Fig|Inc|approx)|\b[A-Za-z]|\d)\.$")
FIRST = re.compile(r"(?P<sentence>[^\n.?!:]*(?:[.](?=\S)[^\n.?!:]*)*)(?P<end>[.?!:]?)(?P<rest>(?:\s.*)?)", re.DOTALL)
QUOTES = re.compile(r"[\"“”]")


def first_sentence(text: str) -> tuple[str, str, str]:
    """The first sentence without its end mark, the mark, and all that follows; empty where it cannot be told.

    >>> first_sentence("Sort the list. Then count it.")
    ('Sort the list', '.', ' Then count it.')
    """
    found = FIRST.fullmatch(text.strip())
    if found is None or ABBREVIATED.search(found["sentence"] + found["end"]) or QUOTES.search(found["sentence"]):
        return "", "", ""
    return found["sentence"].rstrip(), found["end"], found["rest"]


def is_imperative(sentence: str) -> bool:
    """Whether it begins with one of our verbs and something follows."""
    verb, _, rest = sentence.partition(" ")
    return verb.lower() in VERBS and bool(rest.strip())


def lowered(sentence: str) -> str:
    """With a small first letter."""
    return sentence[0].lower() + sentence[1:]


def imperative(text: str) -> tuple[str, str, str]:
    """The first sentence, its mark and the rest where it is a request by one of our verbs; else three empty texts."""
    sentence, end, rest = first_sentence(text)
    return (sentence, end, rest) if end in {"", ".", ":"} and is_imperative(sentence) else ("", "", "")
