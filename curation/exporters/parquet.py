"""Everything that a sample holds, exactly."""

from typing import ClassVar

from curation.exporters.conversation import as_rows
from curation.exporters.file_format import Columns, Container, FileFormat
from curation.methods import Row
from curation.sample import Sample


class Parquet(FileFormat):
    """Parquet: every column of every sample, byte for byte.

    >>> sorted(Parquet()(Sample("Name a colour.", output="Red")))
    ['followups', 'id', 'input', 'instruction', 'output', 'rejected', 'system']
    """

    name: ClassVar[str] = "parquet"
    read_by: ClassVar[str] = "anything that reads Parquet; Sift itself"
    suffix: ClassVar[str] = "parquet"
    container: ClassVar[Container] = "parquet"

    def columns(self) -> Columns:
        """The fields of a sample, with its id first."""
        return {
            "id": "text",
            "system": "text",
            "instruction": "text",
            "input": "text",
            "output": "text",
            "followups": "messages",
            "rejected": "text",
        }

    def accepts(self, sample: Sample) -> bool:  # noqa: ARG002 (the kind of plug-in asks for it)
        """Every sample."""
        return True

    def __call__(self, sample: Sample) -> Row:
        """Write one sample as one row."""
        return {
            "id": sample.id,
            "system": sample.system,
            "instruction": sample.instruction,
            "input": sample.input,
            "output": sample.output,
            "followups": as_rows(list(sample.followups)),
            "rejected": sample.rejected,
        }
