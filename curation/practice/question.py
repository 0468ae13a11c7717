"""One question to the practice model, and what can be read from it: the task meant, its schema, how many are wanted."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from curation.prompts import Json

SUBJECT = re.compile(r"^(?:Task|Instruction|Question|Text|#[\w ]+#)[ \t]*:[ \t]*(?=\S)", re.MULTILINE)
FENCED = re.compile(r"^<([a-z ]+ [0-9a-f]{16})>\n(.*?)\n</\1>$", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"^\[([0-9a-f]{16,64}) ([^\]\n]{1,60})\](?:\n|\Z)", re.MULTILINE)
INPUT = re.compile(r"^Input[ \t]*:[ \t]*", re.MULTILINE)
WANTED = re.compile(
    r"\b(\d{1,3})\s+(?:\w+[\s-]+){0,3}(?:tasks|instructions|questions|prompts|examples|items)\b", re.IGNORECASE
)
CLASSIFYING = re.compile(
    r"\b(?:classif\w*|categori[sz]e|label|spam|true or false|yes or no|whether|sort\b.{1,80}\binto|sentiment|"
    r"is (?:it|the \w+|this \w+) (?:an? )?\w+ or|which (?:class|category|kind|language|emotion|genre)|determine if)\b",
    re.IGNORECASE,
)
ALTERNATIVES = re.compile(r"((?:[\w' -]{2,24}, ){0,6}[\w'-]+(?: [\w'-]+)?),? or ((?:not )?[\w'-]+)")


@dataclass(frozen=True)
class Question:
    """What is asked for one choice of an answer.

    Args:
        messages: (role, text) in order.
        schema: the JSON Schema of the answer, None where the request has none beside its words.
        structured: whether the answer must be JSON.
        luck: what the dice depend on besides the messages; "" at temperature 0.
    """

    messages: tuple[tuple[str, str], ...]
    schema: dict[str, Json] | None = None
    structured: bool = False
    luck: str = ""
    made: dict[str, Json] = field(default_factory=dict, compare=False)

    @cached_property
    def chance(self) -> Random:
        """The dice: the same question throws the same."""
        text = json.dumps([self.messages, self.schema, self.luck])
        return Random(int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big"))

    @cached_property
    def fits(self) -> dict[str, Json] | None:
        """The schema that the answer must fit: the request's own, else one stated in the last message."""
        return self.schema or self._stated[1]

    @cached_property
    def text(self) -> str:
        """The last message, without a schema stated in it."""
        return self._stated[0]

    @cached_property
    def subject(self) -> str:
        """What the question is about: the last text between marks, or after the last `Task:`, else all of it."""
        if self.parts:
            return self.parts.get("instruction", "")
        if fenced := FENCED.findall(self.text):
            return str(fenced[-1][1])
        marks = list(SUBJECT.finditer(self.text))
        return INPUT.split(self.text[marks[-1].end() :])[0].strip() if marks else self.text.strip()

    @cached_property
    def parts(self) -> dict[str, str]:
        """What stands between marks such as `[0a1b… answer]` on lines of their own, by the name in the mark."""
        marks = list(MARK.finditer(self.text))
        marks = [mark for mark in marks if mark[1] == marks[-1][1]]
        ends = [mark.start() for mark in marks[1:]]
        return {mark[2]: self.text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=False)}

    @cached_property
    def wanted(self) -> int:
        """How many the question asks for, 0 where it does not say."""
        found = WANTED.search(self.text)
        return min(int(found[1]), 60) if found else 0

    @cached_property
    def _stated(self) -> tuple[str, dict[str, Json] | None]:
        last = self.messages[-1][1]
        for match in re.finditer(r"^\s*\{", last, re.MULTILINE) if '"type"' in last or '"properties"' in last else ():
            start = match.end() - 1
            try:
                found, _ = json.JSONDecoder().raw_decode(last, start)
            except ValueError:
                continue
            if isinstance(found, dict) and {"type", "properties", "anyOf", "enum"} & set(found):
                return last[:start].rstrip().rpartition("\n\n")[0] or last[:start], found
        return last, None


def is_classification(instruction: str) -> bool:
    """Whether an instruction looks as if its answer were one of a few labels.

    >>> is_classification("Classify the review as good or bad."), is_classification("Write a poem.")
    (True, False)
    """
    return bool(CLASSIFYING.search(instruction))


def labels(instruction: str) -> list[str]:
    """The labels that an instruction names.

    >>> labels("Classify the note on heat pumps as low, medium or high.")
    ['low', 'medium', 'high']
    """
    found = list(ALTERNATIVES.finditer(instruction))
    if not found:
        return []
    *first, last = [part.strip() for part in found[-1][1].split(", ")] + [found[-1][2]]
    # Words that lead up to the first label are no part of it.
    first[0] = re.split(r"\b(?:as|is|are|class|into|of|the|either)\b:?", first[0])[-1].strip() or first[0]
    return [*first, last]
