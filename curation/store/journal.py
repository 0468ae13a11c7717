"""What was acknowledged, noted in a small file beside the database, so that no loss stays silent (N11).

A damaged write-ahead log makes DuckDB open with fewer rows than were there, often without any error. The journal
holds how many changes, decisions and samples had been acknowledged; whoever opens the workspace compares.
"""

import os
from pathlib import Path
from typing import NamedTuple

# macOS has no fdatasync.
_flush = getattr(os, "fdatasync", os.fsync)


class Tally(NamedTuple):
    """Numbers that only rise: finished transactions, the last decision, samples."""

    changes: int = 0
    decisions: int = 0
    samples: int = 0


class Loss(NamedTuple):
    """What was acknowledged and is not in the file any more, and the folder with the files as they were found."""

    missing: Tally
    found: Path | None

    @property
    def sentence(self) -> str:
        """What happened, for a reader."""
        parts = [_counted(self.missing.decisions, "decision"), _counted(self.missing.samples, "sample")]
        named = " and ".join(part for part in parts if part)
        changes = _counted(self.missing.changes, "change")
        what = f"{named} ({changes} in all)" if named and changes else named or f"At least {changes}"
        kept = f" The files as they were found are kept in {self.found}." if self.found else ""
        return (
            f"{what} that Sift had confirmed cannot be read any more: the workspace was damaged outside of Sift.{kept}"
        )


def journal_of(path: Path) -> Path:
    """The journal of a workspace file."""
    return path.with_name(path.name + ".journal")


def read_journal(path: Path) -> Tally:
    """What was acknowledged; nothing where there is no journal or it cannot be read."""
    try:
        numbers = [int(word) for word in journal_of(path).read_text("ascii").split()]
    except (FileNotFoundError, ValueError):
        return Tally()
    # Before changes and samples were counted there was one number.
    return Tally(0, *numbers) if len(numbers) == 1 else Tally(*numbers[:3])


def write_journal(path: Path, tally: Tally) -> None:
    """Note what is acknowledged; it is on disk when this returns."""
    journal = os.open(journal_of(path), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        # Always of one length and in one sector, so that it is old or new and never a mix.
        os.write(journal, (" ".join(f"{number:020d}" for number in tally) + "\n").encode())
        _flush(journal)
    finally:
        os.close(journal)


def missing(held: Tally, promised: Tally) -> Tally:
    """What was promised and is not held."""
    return Tally(*(max(0, then - now) for now, then in zip(held, promised, strict=True)))


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}" if number else ""
