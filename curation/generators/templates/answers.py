"""Builds the answer to a template from a row: only what can be derived from the row, else nothing."""

import re
from collections.abc import Callable

from curation.generators.templates.phrasings import Form, Task

Cells = dict[str, str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CUES = {
    "positive": _words(
        "amazing beautiful best brilliant charming delicious delightful enjoyable enjoyed excellent fantastic fun "
        "great happy helpful impressive love loved lovely perfect recommend superb terrific wonderful"
    ),
    "negative": _words(
        "annoying awful bad boring broken disappointed disappointing disappointment dreadful dull frustrating hate "
        "hated horrible mess poor rude slow stupid terrible ugly useless waste worst"
    ),
}
"""Words whose sentiment does not depend on the subject."""
NEGATIONS = _words("not no never hardly without nothing isn't wasn't don't didn't doesn't can't couldn't")
NLI = {
    "entailment": "If the premise is true, the hypothesis must be true as well.",
    "contradiction": "The premise and the hypothesis cannot both be true.",
    "neutral": "The premise leaves open whether the hypothesis is true.",
}
"""What each relation means, by its definition in natural language inference."""
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'“(])")


def answer(task: Task, form: Form, cells: Cells) -> str:
    """The answer in one form; empty where the row does not give it.

    >>> answer("nli", "sentence", {"premise": "It rains.", "hypothesis": "It is wet.", "label": "neutral"})
    'The relation between the premise and the hypothesis is neutral.'
    """
    return ANSWERS.get((task, form), _nothing)(cells)


def _nothing(_cells: Cells) -> str:
    return ""


def _sentiment_explained(cells: Cells) -> str:
    """Quotes cue words of the row's own class, unless there is one of the other class or a negation."""
    label = cells["label"].lower()
    words = [word.lower() for word in re.findall(r"[\w']+", cells["text"].replace("’", "'"))]
    others = {cue for name, cues in CUES.items() if name != label for cue in cues}
    if label not in CUES or NEGATIONS.intersection(words) or others.intersection(words):
        return ""
    shown = [word for word in dict.fromkeys(words) if word in CUES[label]][:3]
    if not shown:
        return ""
    quoted = " and ".join(f'"{word}"' for word in shown)
    return f"The sentiment is {cells['label']}. The wording shows it: {quoted}."


def _nli_explained(cells: Cells) -> str:
    meaning = NLI.get(cells["label"].lower(), "")
    return f"The relation is {cells['label']}. {meaning}" if meaning else ""


def _qa_sentence(cells: Cells) -> str:
    """Only for an answer that is a name, number or phrase; a longer one is a sentence of its own."""
    short = len(cells["answer"].split()) <= 6 and not SENTENCE_END.search(cells["answer"])
    return f"The answer is {cells['answer'].rstrip('.')}." if short else ""


def _qa_explained(cells: Cells) -> str:
    """Quotes the only sentence of the passage that holds the answer word for word."""
    whole = re.compile(rf"(?<!\w){re.escape(cells['answer'])}(?!\w)")
    holding = [part for part in SENTENCE_END.split(cells.get("context", "")) if whole.search(part)]
    first = _qa_sentence(cells)
    if len(holding) != 1 or not first:
        return ""
    return f'{first} The passage says: "{holding[0].strip()}"'


def _bullets(cells: Cells) -> str:
    sentences = [part.strip() for part in SENTENCE_END.split(cells["summary"]) if part.strip()]
    return "\n".join(f"- {sentence}" for sentence in sentences) if len(sentences) > 1 else ""


ANSWERS: dict[tuple[Task, Form], Callable[[Cells], str]] = {
    ("sentiment", "label"): lambda cells: cells["label"],
    ("sentiment", "sentence"): lambda cells: f"The sentiment of the text is {cells['label']}.",
    ("sentiment", "explanation"): _sentiment_explained,
    ("nli", "label"): lambda cells: cells["label"],
    ("nli", "sentence"): lambda cells: f"The relation between the premise and the hypothesis is {cells['label']}.",
    ("nli", "explanation"): _nli_explained,
    ("qa", "label"): lambda cells: cells["answer"],
    ("qa", "sentence"): _qa_sentence,
    ("qa", "explanation"): _qa_explained,
    ("topic", "label"): lambda cells: cells["label"],
    ("topic", "sentence"): lambda cells: f"The topic of the text is {cells['label']}.",
    ("summary", "label"): lambda cells: cells["summary"],
    ("summary", "sentence"): lambda cells: f"In short: {cells['summary']}",
    ("summary", "bullets"): _bullets,
}
