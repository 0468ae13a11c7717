"""Scores of harm, as a moderation endpoint gives them: high where a word of a short list stands, else near nothing."""

import json
import re
from typing import cast

from pydantic import Field

from curation.practice.faults import dice
from curation.practice.protocol import PRACTICE_MODEL, Chat, Said, tokens
from curation.prompts import Json

CATEGORIES = {
    "harassment": ("idiot", "idiots", "stupid", "loser", "moron"),
    "hate": ("hate", "hates", "hatred", "racist"),
    "illicit": ("steal", "hack", "smuggle", "counterfeit"),
    "self-harm": ("suicide", "suicidal"),
    "sexual": ("sex", "sexual", "naked", "porn"),
    "violence": ("kill", "kills", "murder", "bomb", "attack", "shoot", "stab"),
}
"""Category → words that stand for it."""
FLAGGED = 0.5


class Moderated(Chat):
    """A request for scores of harm."""

    messages: list[Said] = Field(default_factory=list)
    input: str = Field(min_length=1)

    def text(self, number: int) -> str:  # noqa: ARG002 - there is one answer
        """The scores as JSON."""
        return json.dumps(scores(self.input))

    @property
    def read(self) -> int:
        """The tokens that are read."""
        return tokens(self.input)

    def shaped(self, body: dict[str, Json]) -> dict[str, Json]:
        """With the scores in place of the choices."""
        results = [_result(choice) for choice in cast(list[dict[str, Json]], body["choices"])]
        return {"id": "modr-practice", "model": PRACTICE_MODEL, "results": cast(Json, results)}


def scores(text: str) -> dict[str, float]:
    """Category → 0 to 1; the same text has the same scores.

    >>> found = scores("Kill the process with PID 3.")
    >>> found["violence"] > 0.5, found["hate"] < 0.05
    (True, True)
    """
    said = set(re.findall(r"[a-z]+", text.lower()))
    return {
        name: round((0.6 if said & set(words) else 0.0) + (0.3 if said & set(words) else 0.02) * dice(name + text), 4)
        for name, words in CATEGORIES.items()
    }


def _result(choice: dict[str, Json]) -> dict[str, Json]:
    """One result; what is broken on purpose is passed on as it is."""
    message = cast(dict[str, Json], choice["message"])
    try:
        found = json.loads(str(message["content"]))
    except ValueError:
        found = {}
    over: dict[str, Json] = {name: isinstance(value, float) and value > FLAGGED for name, value in found.items()}
    return {"flagged": any(over.values()), "categories": over, "category_scores": found}
