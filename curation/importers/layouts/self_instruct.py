"""Self-Instruct seed tasks."""

from collections.abc import Sequence
from typing import ClassVar

from curation.errors import BadRow
from curation.importers.fields import has_list, inner, items, question, required, text
from curation.methods import Layout, Row
from curation.sample import Sample


class SelfInstruct(Layout):
    """Self-Instruct: an instruction with several instances.

    >>> row = {"instruction": "Name a colour.", "instances": [{"input": "", "output": "Red"}]}
    >>> SelfInstruct()(row)[0].output
    'Red'
    """

    name: ClassVar[str] = "self_instruct"

    def recognises(self, row: Row) -> bool:
        """By instruction and a list of instances."""
        return "instruction" in row and has_list(row, "instances")

    def __call__(self, row: Row) -> Sequence[Sample]:
        """One sample per instance."""
        asked = question(row, "instruction")
        instances = [inner(value, "instances") for value in items(row, "instances")]
        if not instances:
            raise BadRow('"instances" is empty')
        return [Sample(asked, text(instance, "input"), required(instance, "output")) for instance in instances]
