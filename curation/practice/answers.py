"""What the practice model writes: its shape follows from the question alone, and equal questions get equal answers.

To teach it a prompt of a new kind: a schema's field goes to `fields.py`, an answer in plain text to SHAPES.
"""

import json
import re
from collections.abc import Callable

from curation.practice.fields import claim_for
from curation.practice.lists import continued
from curation.practice.question import Question
from curation.practice.replies import reason, reply
from curation.practice.schemas import fitting

__all__ = ["Question", "answer"]

YES_OR_NO = re.compile(r"(?:yes or no|yes/no|classification\?|true or false|true/false)\W*$", re.IGNORECASE)
SCORE = re.compile(r"\bscore\s*:\s*<\w+>|\bfrom\s+(\d+)\s+to\s+(\d+)\b.*\bscore\b", re.IGNORECASE | re.DOTALL)


def answer(question: Question) -> str:
    """The answer to a question."""
    if question.fits is not None:
        return json.dumps(fitting(question, question.fits), ensure_ascii=False)
    text = next(filter(None, (shape(question) for shape in SHAPES)), "") or reply(question.chance, question.subject)
    return json.dumps({"answer": text}, ensure_ascii=False) if question.structured else text


def _yes_or_no(question: Question) -> str:
    if not YES_OR_NO.search(question.text.rstrip()[-200:]):
        return ""
    return "Yes" if claim_for("classification", question) else "No"


def _score(question: Question) -> str:
    found = SCORE.search(question.text)
    if not found:
        return ""
    low, high = (int(found[1]), int(found[2])) if found[1] else (1, 5)
    return f"{reason(question.chance, question.subject)}\nScore: {question.chance.randint(low, max(low, high))}"


def _word(question: Question) -> str:
    """`Answer with the word OK.`, by which a connection is tested."""
    found = re.search(r"^Answer with the word (\w+)\.?$", question.text.strip())
    return found[1] if found else ""


SHAPES: tuple[Callable[[Question], str], ...] = (_word, continued, _yes_or_no, _score)
"""Question → answer, "" where the question is of another shape; the first that gives one."""
