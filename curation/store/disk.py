"""What the disk refuses, in words for a reader (F14)."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from curation.errors import WorkspaceError

RESERVE = 50_000_000
"""Bytes that must be free beside the workspace before a run starts: more than one write-ahead log takes."""

REFUSED = (duckdb.OperationalError, duckdb.FatalException, duckdb.InternalError)
"""What DuckDB raises where disk, memory or the file are to blame, and not the question."""


def check_space(path: str | Path) -> None:
    """Make sure that a run can write: call it before one starts.

    Raises:
        WorkspaceError: less than 50 MB are free on the disk of this workspace file.
    """
    free = _free(Path(path))
    if free < RESERVE:
        raise WorkspaceError(
            f"The disk is nearly full: {free / 1e6:,.0f} MB are free beside {path}, and a run needs "
            f"{RESERVE / 1e6:,.0f} MB. Free some space, then try again."
        )


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Whatever the disk refuses inside becomes one sentence.

    Raises:
        WorkspaceError: the file could not be read or written.
    """
    try:
        yield
    except (*REFUSED, OSError) as error:
        raise WorkspaceError(f"{_cause(path)}: {_first_line(error)}. {_advice(error)}") from error


def _cause(path: Path) -> str:
    return f"The disk is full, {path} cannot be written" if _is_full(path) else f"{path} cannot be read or written"


def _advice(error: Exception) -> str:
    start = "start Sift again" if isinstance(error, duckdb.FatalException) else "try again"
    return f"What was confirmed before is kept. Make sure that the disk is not full, then {start}."


def _is_full(path: Path) -> bool:
    return _free(path) < RESERVE


def _free(path: Path) -> int:
    return shutil.disk_usage(path.parent).free


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
