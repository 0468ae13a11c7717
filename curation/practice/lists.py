"""Continues a numbered list: `Task 9: …` as Self-Instruct writes it, `4. Instruction: …` as Alpaca does."""

import re
from dataclasses import dataclass

from curation.practice.question import Question
from curation.practice.replies import given_text, needs_input, reply
from curation.practice.tasks import task
from curation.practice.texts import earlier

ITEM = re.compile(
    r"^[ \t#*]*(?P<word>Task[ \t]+)?(?P<number>\d+)[ \t]*(?P<sign>[.:)])[ \t]*(?P<whole>Instruction:)?(?P<rest>.*)$",
    re.MULTILINE | re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:series|list|numbered|continue|come up|new|more|diverse|different)\b.*\b(?:tasks?|instructions?)\b",
    re.IGNORECASE | re.DOTALL,
)
UPTO = re.compile(r"\b(\d{1,3})\s*(?:to|through|-|–)\s*(\d{1,3})\b")
MORE = 8
"""So many are added where the question does not say how many."""


@dataclass(frozen=True)
class Style:
    """How items are numbered: the text around the number, and whether input and output follow."""

    before: str = ""
    after: str = "."
    whole: bool = False

    def item(self, question: Question, number: int, known: list[str]) -> str:
        """One new item."""
        text = task(question.chance, known)
        line = f"{self.mark(number)} {text}"
        if not self.whole:
            return line
        given = given_text(question.chance, text) if needs_input(text) else ""
        output = reply(question.chance, text, given)
        return f"{line}\n{number}. Input:\n{given or '<noinput>'}\n{number}. Output:\n{output}\n###"

    def mark(self, number: int) -> str:
        """What stands before an item."""
        return f"{number}. Instruction:" if self.whole else f"{self.before}{number}{self.after}"


def continued(question: Question) -> str:
    """The rest of the list that a question begins or asks for; "" where it does neither."""
    items = list(ITEM.finditer(question.text))
    if not ASKED.search(question.text) or not (items or question.wanted):
        return ""
    if not items:
        return "\n".join(_lines(question, Style(), 1))
    last = items[-1]
    style = Style("Task " if last["word"] else "", last["sign"], bool(last["whole"]) or "<noinput>" in question.text)
    if last["rest"].strip() or question.text[last.end() :].strip():
        return "\n".join(_lines(question, style, int(last["number"]) + 1))
    # The last number stands there already and waits for its task.
    first = int(last["number"])
    return "\n".join(_lines(question, style, first)).removeprefix(style.mark(first)).lstrip()


def _lines(question: Question, style: Style, first: int) -> list[str]:
    known = earlier(question)
    return [style.item(question, number, known) for number in range(first, _last(question, first) + 1)]


def _last(question: Question, first: int) -> int:
    """The number of the last item: `3 to 5` and `20 tasks` name it, `4 more tasks` counts from the first new one."""
    for upto in UPTO.finditer(question.text):
        if int(upto[1]) == first <= int(upto[2]):
            return int(upto[2])
    return question.wanted if question.wanted >= first else first + (question.wanted or MORE) - 1
