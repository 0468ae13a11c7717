"""What an import refused, as a table that can be taken away."""

import csv
import io
from collections.abc import Sequence

from curation.exporters.viewing_csv import FORMULA_STARTS
from curation.sample import Refusal


def refusals_csv(refusals: Sequence[Refusal]) -> bytes:
    """A CSV file (UTF-8 with a mark, as spreadsheets expect) of place and reason.

    A cell that a spreadsheet would run as a formula gets `'` before it.
    """
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(["place", "reason"])
    table.writerows([_safe(refusal.place), _safe(refusal.reason)] for refusal in refusals)
    return written.getvalue().encode("utf-8-sig", "backslashreplace")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
