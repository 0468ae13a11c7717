"""Alpaca."""

from collections.abc import Sequence
from typing import ClassVar

from curation.importers.fields import question, required, text
from curation.importers.turns import conversation, from_history
from curation.methods import Layout, Row
from curation.sample import Message, Sample

OTHERS = frozenset({"kto_tag", "label", "chosen", "rejected", "instances"})


class Alpaca(Layout):
    """Alpaca: instruction, input, output (also with system and history).

    >>> Alpaca()({"instruction": "Name a colour.", "input": "", "output": "Red"})[0].output
    'Red'
    """

    name: ClassVar[str] = "alpaca"

    def recognises(self, row: Row) -> bool:
        """By instruction and output."""
        return (
            {"instruction", "output"} <= row.keys() and OTHERS.isdisjoint(row) and not isinstance(row["output"], list)
        )

    def __call__(self, row: Row) -> Sequence[Sample]:
        """One sample; earlier turns of a history come first, as the file means them."""
        asked, given, answer = question(row, "instruction"), text(row, "input"), required(row, "output")
        system = text(row, "system")
        if not row.get("history"):
            return [Sample(asked, given, answer, system)]
        spoken = from_history(row, f"{asked}\n\n{given}" if given else asked)
        return [conversation([*spoken, Message("assistant", answer)], system)]
