"""The first sheet of an Excel workbook (.xlsx), with a header row."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import ParseError

from curation.errors import BadFile
from curation.importers.caps import MAX_RATIO, MAX_WHOLE_BYTES, RATIO_FLOOR
from curation.importers.containers.delimited import header_of
from curation.importers.containers.plain import as_text
from curation.importers.rows import Item, checked


def excel(path: Path) -> Iterator[Item]:
    """Every row below the header of the first sheet; a formula gives the value it was saved with.

    Raises:
        BadFile: damaged, without a header, or over a cap.
    """
    import openpyxl

    refuse_bomb(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # the size that a file claims may be the largest there is
            yield from sheet_rows(sheet.iter_rows(values_only=True), path.name)
        finally:
            book.close()
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, IndexError, OSError, TypeError) as error:
        raise BadFile(f"{path.name} is a damaged Excel file ({error}). Save it again as .xlsx or CSV.") from error


def refuse_bomb(path: Path) -> None:
    """Refuse a workbook that unpacks to more than the caps allow."""
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > min(MAX_WHOLE_BYTES, max(RATIO_FLOOR, MAX_RATIO * path.stat().st_size)):
        raise BadFile(
            f"{path.name} unpacks to {size:,} bytes (cap on files read whole: {MAX_WHOLE_BYTES:,}, "
            f"cap on the compression ratio: {MAX_RATIO} times). Save it as CSV or Parquet instead."
        )


def sheet_rows(rows: Iterator[Sequence[object]], name: str) -> Iterator[Item]:
    """Rows under the names in the first one; rows without any value are passed over."""
    header: tuple[str, ...] = ()
    for number, cells in enumerate(rows, 1):
        filled = [cell is not None for cell in cells]
        if not any(filled):
            continue
        if header:
            values = zip(header, map(as_text, cells), strict=False)
            yield checked(f"row {number}", dict.fromkeys(header, "") | dict(values))
        else:
            header = header_of(["" if cell is None else str(cell) for cell in trimmed(cells)], name)


def trimmed(cells: Sequence[object]) -> Sequence[object]:
    """Cells up to the last one that holds something."""
    last = max(number for number, cell in enumerate(cells, 1) if cell is not None)
    return cells[:last]
