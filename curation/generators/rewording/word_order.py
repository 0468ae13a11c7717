"""Rules that move or turn parts of a request: passive voice, real questions, what is given or the form first.

Each gives a text, or nothing where it does not fit. They leave alone whatever could be read in two ways: clauses,
lists, pronouns and quotations.
"""

import re

from curation.generators.rewording.sentences import imperative, lowered
from curation.generators.rewording.verb_forms import gerund, participle

NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)"
LENGTH = (
    rf"in (?:(?:no more than|at most|fewer than|about) )?(?:(?:a|one|{NUMBER}|a few)"
    r"(?: \w+)? (?:bullet points?|lines?|paragraphs?|sentences?|steps?|words?)|your own words|plain language)"
)
"""The form in which an answer is wanted."""
CLAUSE = re.compile(
    r"[,;()\[\]{}\"“”]|\b(?:and|or|but|that|which|who|whose|whether|if|when|where|how|why|what|so|to|than|because|while|"
    r"me|you|your|it|its|they|them|their|he|she|his|her|us|our|not)\b",
    re.IGNORECASE,
)
"""What makes a sentence more than a verb, its object and where or how it is done."""
WHAT = rf"(?P<object>(?:an?|the|this|these|those|{NUMBER}) .+?)"
MADE = re.compile(rf"{WHAT}(?P<how> (?:as|into|using) .+| {LENGTH})?")
"""An object that comes to be; what follows it tells what it is like, unless it is one of these."""
CHANGED = re.compile(rf"{WHAT}(?P<how> (?:as|by|for|in|into|using|with) .+)?")
"""An object that is there; what follows tells what becomes of it."""
REVISIONS = "convert correct edit paraphrase rephrase rewrite simplify summarise summarize translate"
CHANGING = frozenset(REVISIONS.split())
ACTIONS = (
    "analyse analyze calculate categorize classify compose compute construct convert correct create define describe "
    "design determine develop draft edit evaluate examine explain extract find generate identify illustrate list make "
    "name outline paraphrase rank remove rephrase rewrite select simplify sort suggest summarise summarize translate "
    "write"
)
TRANSITIVE = frozenset(ACTIONS.split())
"""Verbs whose object is what is worked on or made, so that it can be the subject of a passive."""
TEXTS = "article conversation dialogue email e-mail essay headline letter message note paragraph passage phrase review"
GIVEN = re.compile(
    r"(?P<which>the following|the given|the|this|these) "
    rf"(?P<kind>(?:{'|'.join(TEXTS.split())}|poem|product|quote|recipe|sentence|snippet|statement|story|text|word|"
    r"number|item|line)s?)"
    r"(?P<rest> (?:as|for|in|into|using|with) .+)?"
)
FORM = re.compile(rf"(?P<request>.+?) (?P<form>{LENGTH})")
SINGLE = r"(?!\w*s\b|following|given)\w+(?: (?:of|between|for|in) .+)?"
ASKED: tuple[tuple[str, str], ...] = (
    (rf"(?:list|name) ({NUMBER} [\w\- ]+)", "What are {0}?"),
    (
        rf"(?:calculate|compute|determine|find|give|name|state|identify) (the (?!following|given)(?:\w+ )?{SINGLE})",
        "What is {0}?",
    ),
    (r"explain how to (.+)", "How do you {0}?"),
    (r"(?:describe|explain) (the (?:difference|relationship|connection) between .+)", "What is {0}?"),
    (r"(?:describe|explain) (the (?:purpose|role|function|concept|meaning) of .+)", "What is {0}?"),
)
"""Requests that ask for what something is, and the question that asks for the same."""


def passive(text: str) -> str:
    """With the object of the request as subject.

    >>> passive("Summarise the report in two lines."), passive("Write a poem about rain.")
    ('The report should be summarised in two lines.', 'A poem about rain should be written.')
    """
    sentence, end, rest = imperative(text)
    verb, _, after = sentence.partition(" ")
    found = (CHANGED if verb.lower() in CHANGING else MADE).fullmatch(after)
    if found is None or CLAUSE.search(after) or verb.lower() not in TRANSITIVE:
        return ""
    what = found["object"]
    return f"{what[0].upper()}{what[1:]} should be {participle(verb.lower())}{found['how'] or ''}{end}{rest}"


def asked(text: str) -> str:
    """A request for what something is, as a question.

    >>> asked("Name three birds."), asked("Find the area of the circle.")
    ('What are three birds?', 'What is the area of the circle?')
    """
    sentence, end, rest = imperative(text)
    after = sentence.partition(" ")[2].removeprefix("how to ")
    if end == ":" or CLAUSE.search(after.replace(" and ", " ") if " between " in after else after):
        return ""
    for pattern, shape in ASKED:
        found = re.fullmatch(pattern, lowered(sentence)) if sentence else None
        if found:
            return f"{shape.format(*found.groups())}{rest}"
    return ""


def given_first(text: str) -> str:
    """What is given comes first.

    >>> given_first("Summarise the following text in one line.")
    'Given the following text, summarise it in one line.'
    """
    sentence, end, rest = imperative(text)
    verb, _, after = sentence.partition(" ")
    found = GIVEN.fullmatch(after)
    if found is None or CLAUSE.search(after):
        return ""
    many = found["kind"].endswith("s")
    if found["which"] == ("this" if many else "these"):
        return ""
    pronoun, which = "them" if many else "it", found["which"].replace("the given", "the")
    return f"Given {which} {found['kind']}, {verb.lower()} {pronoun}{found['rest'] or ''}{end}{rest}"


def form_first(text: str) -> str:
    """The form of the answer comes first.

    >>> form_first("Describe the water cycle in two sentences.")
    'In two sentences, describe the water cycle.'
    """
    sentence, end, rest = imperative(text)
    found = FORM.fullmatch(sentence) if sentence else None
    if found is None or CLAUSE.search(found["request"]):
        return ""
    return f"{found['form'][0].upper()}{found['form'][1:]}, {lowered(found['request'])}{end}{rest}"


def would_you_mind(text: str) -> str:
    """A polite question with the verb in -ing.

    >>> would_you_mind("Name a bird.")
    'Would you mind naming a bird?'
    """
    sentence, end, rest = imperative(text)
    verb, _, after = sentence.partition(" ")
    if not sentence or re.search(r"[,;]|\b(?:and|or)\b", after):
        return ""
    return f"Would you mind {gerund(verb.lower())} {after}{'?' if end in {'', '.'} else end}{rest}"
