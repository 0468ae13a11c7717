"""Builds the answer to a template from a row: only what can be derived from the row, else nothing."""

import json
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
MEANING = {
    "same": "Each of the two sentences can be used in place of the other.",
    "different": "One of the two sentences says something that the other does not.",
}
"""What it says of two sentences that they mean the same, or do not."""
SAME = {"", "same", "paraphrase", "equivalent", "duplicate", "yes", "1"}
"""Labels of pairs in which one sentence is a paraphrase of the other; pairs without a label are meant to be."""
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
    return f"The answer is {_without_stop(cells['answer'])}." if short else ""


def _qa_explained(cells: Cells) -> str:
    """Quotes the only sentence of the passage that holds the answer word for word."""
    first, quote = _qa_sentence(cells), _holding(cells["answer"], cells.get("context", ""))
    return f'{first} The passage says: "{quote}"' if first and quote else ""


def _paraphrase(column: str, opening: str = "") -> Callable[[Cells], str]:
    """The other sentence of a pair that means the same; a pair that does not gives nothing."""

    def other(cells: Cells) -> str:
        same = cells.get("label", "").lower() in SAME and cells["text"] != cells["paraphrase"]
        return f"{opening}{cells[column]}" if same else ""

    return other


def _same_sentence(cells: Cells) -> str:
    compared = {"same": "The two sentences mean the same.", "different": "The two sentences differ in meaning."}
    return compared.get(cells["label"].lower(), f"The two sentences are labelled {cells['label']}.")


def _same_explained(cells: Cells) -> str:
    meaning = MEANING.get(cells["label"].lower(), "")
    return f"{_same_sentence(cells)} {meaning}" if meaning else ""


def _extracted_sentence(cells: Cells) -> str:
    """Only for a value that stands in the text: what is not there cannot be said to be so."""
    there = cells["value"] in cells["text"]
    return f"The {cells['field']} is {_without_stop(cells['value'])}." if there else ""


def _extracted_explained(cells: Cells) -> str:
    first, quote = _extracted_sentence(cells), _holding(cells["value"], cells["text"])
    return f'{first} It stands here: "{quote}"' if first and quote else ""


def _extracted_json(cells: Cells) -> str:
    return json.dumps({cells["field"]: cells["value"]}, ensure_ascii=False)


def _holding(value: str, text: str) -> str:
    """The only sentence of a text that holds a value word for word; empty where there is none or several."""
    whole = re.compile(rf"(?<!\w){re.escape(value)}(?!\w)")
    holding = [part.strip() for part in SENTENCE_END.split(text) if whole.search(part)]
    return holding[0] if len(holding) == 1 else ""


def _without_stop(value: str) -> str:
    """Without a full stop at its end, which the sentence around it brings."""
    return value.rstrip(".")


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
    ("paraphrase", "label"): _paraphrase("paraphrase"),
    ("paraphrase", "sentence"): _paraphrase("paraphrase", "In other words: "),
    ("paraphrase", "reverse"): _paraphrase("text"),
    ("same meaning", "label"): lambda cells: cells["label"],
    ("same meaning", "sentence"): _same_sentence,
    ("same meaning", "explanation"): _same_explained,
    ("extraction", "label"): lambda cells: cells["value"],
    ("extraction", "sentence"): _extracted_sentence,
    ("extraction", "explanation"): _extracted_explained,
    ("extraction", "json"): _extracted_json,
    ("translation", "label"): lambda cells: cells["target"],
    ("translation", "sentence"): lambda cells: f'In {cells["target_language"]}, this is: "{cells["target"]}"',
    ("translation", "reverse"): lambda cells: cells["source"],
}
