"""The sentence patterns into which a model puts an instruction."""

from typing import Literal, get_args

Pattern = Literal[
    "question",
    "polite request",
    "statement of need",
    "role or task",
    "passive voice",
    "given first",
    "purpose first",
    "noun phrase",
    "two sentences",
    "other words",
]
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)
HOW: dict[Pattern, str] = {
    "question": "a question whose answer is what is asked for",
    "polite request": 'a polite request, such as one that begins with "Could you" or ends with "please"',
    "statement of need": 'a statement of what the writer needs or wants, such as "I am looking for …"',
    "role or task": 'a statement of the reader\'s task or role, such as "Your task is to …" or "As an editor, …"',
    "passive voice": "a sentence in the passive voice, with the object of the request as its subject",
    "given first": "what the request is about, or what is given, comes first; then what to do with it",
    "purpose first": "the purpose, the audience or a condition comes first; then the request",
    "noun phrase": "a noun phrase without a verb, as people type into a search box",
    "two sentences": "two short sentences: the setting, then the request",
    "other words": "an imperative again, with other words for its verb and nouns",
}
"""Each pattern in the words that the model is told."""
