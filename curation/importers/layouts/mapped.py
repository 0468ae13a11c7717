"""Any table, with its columns named by the reader."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from curation.errors import BadRow
from curation.importers.fields import question, text
from curation.methods import Layout, Row
from curation.sample import Sample


class Mapped(Layout):
    """Columns of your choice.

    >>> Mapped(instruction="Question", output="Answer")({"Question": "Name a colour.", "Answer": "Red"})[0].output
    'Red'
    """

    name: ClassVar[str] = "mapped"
    instruction: str = Field("instruction", min_length=1, description="Column with what is asked")
    input: str = Field("", description="Column with what it is asked about, empty for none")
    output: str = Field("", description="Column with the answer, empty for none")
    system: str = Field("", description="Column with the system message, empty for none")
    category: str = Field("", description="Column with the task type, empty for none")

    def recognises(self, row: Row) -> bool:
        """Whether the row has every column that is named."""
        return all(column in row for column in self.columns())

    def __call__(self, row: Row) -> Sequence[Sample]:
        """One sample."""
        for column in self.columns():
            if column not in row:
                raise BadRow(f'there is no field "{column}"')
        given, answer, system = (
            text(row, column) if column else "" for column in (self.input, self.output, self.system)
        )
        return [Sample(question(row, self.instruction), given, answer, system)]

    def columns(self) -> list[str]:
        """The columns that are named."""
        named = (self.instruction, self.input, self.output, self.system, self.category)
        return [column for column in named if column]
