"""What every format adds to a pure function of one sample: how its file is written and which columns it has."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Literal

from curation.methods import Format, Row
from curation.sample import Sample

Container = Literal["json list", "jsonl", "parquet", "csv"]
Column = Literal["text", "messages", "turns", "history", "request", "flag", "names"]
Columns = Mapping[str, Column]
"""Column name → kind: text; messages are lists of {role, content}; turns are lists of {from, value}; history is a
list of [user, assistant]; a request is {messages}; a flag is true or false; names are a list of text. A kind never
changes between rows or splits: readers take the type from the first rows."""


class FileFormat(Format):
    """sample → one row of a file that a trainer or a reader opens.

    Attributes:
        read_by: the programs that read it, in words.
    """

    read_by: ClassVar[str]
    suffix: ClassVar[str]
    container: ClassVar[Container]
    trains: ClassVar[bool] = True
    """False for a format that is for viewing: it stays out of the dataset card."""

    @abstractmethod
    def columns(self) -> Columns:
        """Every column, in order. Every row has them all, empty text or an empty list rather than null."""

    def rows(self, sample: Sample) -> list[Row]:
        """Every row of one sample that is accepted: one, but for formats that tell answers of a sample apart."""
        return [self(sample)]
