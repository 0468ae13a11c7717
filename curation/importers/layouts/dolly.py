"""Databricks Dolly."""

from collections.abc import Sequence
from typing import ClassVar

from curation.importers.fields import question, required, text
from curation.methods import Layout, Row
from curation.sample import Sample


class Dolly(Layout):
    """Dolly: instruction, context, response, category.

    >>> Dolly()({"instruction": "Name a colour.", "context": "", "response": "Red"})[0].output
    'Red'
    """

    name: ClassVar[str] = "dolly"

    def recognises(self, row: Row) -> bool:
        """By instruction and response."""
        return {"instruction", "response"} <= row.keys()

    def __call__(self, row: Row) -> Sequence[Sample]:
        """One sample; the context is its input."""
        return [Sample(question(row, "instruction"), text(row, "context"), required(row, "response"))]
