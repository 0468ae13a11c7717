"""Values for the gaps of a template: asked for, read, and held apart from those that are there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import numpy as np

from curation.generators.fault import Fault, no_answer, quoted
from curation.generators.schemas import records_schema
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
    """The fillings that are there; a new one must differ from each of them in at least one gap.

    The text around the gaps is the same in all, and one gap may well come again (the same audience for another topic),
    so that gaps are compared one by one, and the one that differs most counts.
    """

    def __init__(self, fillings: Iterable[Filling], most_similarity: float) -> None:
        """Start from these."""
        self._listed: list[str] = []
        self._plain: set[str] = set()
        self._pools: dict[str, Pool] = {}
        self._most = most_similarity
        for filling in fillings:
            self._add(filling)

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
        near, similarity = self._nearest(filling)
        if similarity > self._most:
            facts = f"ROUGE-L {similarity:.2f} or more in each gap with {quoted(near)} (most {self._most:.2f})"
            return Fault("too similar", facts)
        self._add(filling)
        return None

    def _nearest(self, filling: Filling) -> tuple[str, float]:
        if not self._listed:
            return "", 0.0
        by_gap = [self._pools[name].scores([value])[0] for name, value in filling.items()]
        least = np.minimum.reduce(by_gap)
        place = int(least.argmax())
        return self._listed[place], float(least[place])

    def _add(self, filling: Filling) -> None:
        self._listed.append(joined(filling))
        self._plain.add(_plain(joined(filling)))
        for name, value in filling.items():
            self._pools.setdefault(name, Pool()).add([value])


def joined(filling: Filling) -> str:
    """The values as one text.

    >>> joined({"topic": "tides", "whom": "a child"})
    'tides / a child'
    """
    return " / ".join(filling.values())


def fillings_schema(names: Sequence[str], count: int) -> str:
    """The JSON Schema of so many fillings."""
    return records_schema("fillings", names, {"minItems": 1, "maxItems": count})


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
