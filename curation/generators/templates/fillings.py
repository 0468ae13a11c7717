"""Values for the gaps of a template: asked for, read, and held apart from those that are there."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from curation.generators.self_instruct.fault import Fault, no_answer, quoted
from curation.generators.templates.slots import fill, slots
from curation.prompts import Json, Reply
from curation.rouge import Pool

Filling = Mapping[str, str]
PRIVATE = 0xE000
"""The first of the characters that no text has a meaning for."""
NOTHING = Fault("no fillings", "the answer has nothing to fill the gaps with")


def described(template: str) -> str:
    """The gaps of a template as a reader of the prompt is told: `topic, audience`."""
    return ", ".join(slots(template))


def read_fillings(reply: Reply, names: Sequence[str]) -> list[dict[str, str]] | Fault:
    """The fillings of an answer, white space folded; the fault where there are none."""
    if reply.problem:
        return no_answer(reply)
    listed = cast(dict[str, list[dict[str, Json]]], reply.data)["fillings"]
    return [{name: " ".join(str(one[name]).split()) for name in names} for one in listed] or NOTHING


def fillings_in(template: str, texts: Iterable[str]) -> list[dict[str, str]]:
    """What the gaps hold in texts that have been made from the template before.

    >>> fillings_in("Explain {topic} to {whom}.", ["Explain tides to a child.", "Name a colour."])
    [{'topic': 'tides', 'whom': 'a child'}]
    """
    names = slots(template)
    marks = [chr(PRIVATE + at) for at in range(len(names))]
    pattern = re.escape(fill(template, dict(zip(names, marks, strict=True))))
    for at, mark in enumerate(marks):
        pattern = pattern.replace(mark, f"(?P<g{at}>.+)", 1).replace(mark, f"(?P=g{at})")
    found = [re.fullmatch(pattern, text.strip(), re.IGNORECASE | re.DOTALL) for text in texts]
    return [{name: one[f"g{at}"] for at, name in enumerate(names)} for one in found if one]


class Filled:
    """The fillings that are there; a new one must differ from each in more than a word or two.

    The texts around the gaps are the same in all, so that the fillings alone are compared.
    """

    def __init__(self, fillings: Iterable[Filling], most_similarity: float) -> None:
        """Start from these."""
        self._listed = [joined(one) for one in fillings]
        self._plain = {_plain(text) for text in self._listed}
        self._pool = Pool(self._listed)
        self._most = most_similarity

    @property
    def latest(self) -> list[str]:
        """All of them as texts, the newest last."""
        return self._listed

    def admit(self, filling: Filling) -> Fault | None:
        """Judge a filling, and know it from now on if it is new."""
        text = joined(filling)
        empty = [name for name, value in filling.items() if not value]
        if empty:
            return Fault("empty gap", f"nothing was given for {', '.join(empty)}")
        if _plain(text) in self._plain:
            return Fault("exact copy", f"{quoted(text)} is there already")
        near = self._pool.nearest([text], 1)[0]
        if near.most > self._most:
            return Fault(
                "too similar", f"ROUGE-L {near.most:.2f} with {quoted(near.nearest[0].text)} (most {self._most:.2f})"
            )
        self._listed.append(text)
        self._plain.add(_plain(text))
        self._pool.add([text])
        return None


def joined(filling: Filling) -> str:
    """The values as one text.

    >>> joined({"topic": "tides", "whom": "a child"})
    'tides / a child'
    """
    return " / ".join(filling.values())


def fillings_schema(names: Sequence[str], count: int) -> str:
    """The JSON Schema of so many fillings."""
    one: dict[str, Json] = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "required": list(names),
        "additionalProperties": False,
    }
    whole: dict[str, Json] = {
        "type": "object",
        "properties": {"fillings": {"type": "array", "items": one, "minItems": 1, "maxItems": count}},
        "required": ["fillings"],
        "additionalProperties": False,
    }
    return json.dumps(whole)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
