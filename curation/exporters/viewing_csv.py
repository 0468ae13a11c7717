"""A table for spreadsheets. It is changed for safety, so it is for viewing and never for training."""

from typing import ClassVar

from curation.exporters.file_format import Columns, Container, FileFormat
from curation.methods import Row
from curation.sample import Sample

FIRST = "id (for viewing, not for training)"
NAMES = (FIRST, "system", "instruction", "input", "output", "followups", "rejected")
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""Excel and LibreOffice run a cell that starts so as a formula (OWASP, "CSV Injection")."""


def safe_cell(text: str) -> str:
    """The text with `'` before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class Csv(FileFormat):
    """CSV: for viewing in a spreadsheet, not for training.

    A cell that a spreadsheet would run as a formula gets `'` before it.

    >>> Csv()(Sample("=1+1", output="2"))["instruction"]
    "'=1+1"
    """

    name: ClassVar[str] = "csv"
    read_by: ClassVar[str] = "a spreadsheet; never a trainer, for cells that would run as formulas are changed"
    suffix: ClassVar[str] = "csv"
    container: ClassVar[Container] = "csv"
    trains: ClassVar[bool] = False

    def columns(self) -> Columns:
        """The fields of a sample as text."""
        return dict.fromkeys(NAMES, "text")

    def accepts(self, sample: Sample) -> bool:  # noqa: ARG002 (the kind of plug-in asks for it)
        """Every sample."""
        return True

    def __call__(self, sample: Sample) -> Row:
        """Write one sample as one row."""
        followups = "\n\n".join(f"{message.role}: {message.content}" for message in sample.followups)
        cells = (sample.id, sample.system, sample.instruction, sample.input, sample.output, followups, sample.rejected)
        return dict(zip(NAMES, map(safe_cell, cells), strict=True))
