"""What Sift itself exports as Parquet: every field of a sample."""

from collections.abc import Sequence
from typing import ClassVar

from curation.importers.fields import items, question, text
from curation.importers.turns import messages
from curation.methods import Layout, Row
from curation.sample import Sample

FIELDS = frozenset({"system", "instruction", "input", "output", "followups", "rejected"})


class Sift(Layout):
    """Sift: every field of a sample, as its own Parquet export has them.

    >>> row = dict.fromkeys(("system", "input", "output", "rejected"), "") | {"instruction": "Hi", "followups": []}
    >>> Sift()(row)
    [Sample(instruction='Hi', input='', output='', system='', followups=(), rejected='')]
    """

    name: ClassVar[str] = "sift"

    def recognises(self, row: Row) -> bool:
        """By all of its fields."""
        return row.keys() >= FIELDS

    def __call__(self, row: Row) -> Sequence[Sample]:
        """One sample, equal to the one that was exported."""
        return [
            Sample(
                question(row, "instruction"),
                text(row, "input"),
                text(row, "output"),
                text(row, "system"),
                messages(items(row, "followups"), "followups"),
                text(row, "rejected"),
            )
        ]
