"""Everything that can go wrong for a reader, worded for a reader.

    CurationError
    ├── BadInput            a file, row or value that cannot be used; names the place
    │   ├── BadFile         the whole file is refused
    │   └── BadRow          one row is refused; the others go on
    ├── BadRecipe           a recipe that cannot be read or does not fit the samples
    ├── Overtaken           another person was faster; nothing was written
    ├── NotReady            a step is asked for before the one that it needs
    ├── HeldBack            the gate before an export found what nobody gave a reason for
    ├── NotAllowed          the role of the person who asks does not allow it
    ├── Cancelled           a person stopped a run
    ├── Paused              a run stands still and can be resumed
    ├── ModelError          an endpoint or an embedding model did not do its part
    └── WorkspaceError      the workspace file cannot be used
        └── WorkspaceBusy   another process holds it

Pages and commands catch `CurationError` alone and show `str(error)`; any other exception is a bug.
"""

from collections.abc import Sequence


class CurationError(Exception):
    """What went wrong and what to do next, in one or two sentences."""


class BadInput(CurationError):
    """Something from outside cannot be used; the message names file, line and reason."""


class BadFile(BadInput):
    """The whole file is refused and nothing of it is kept."""


class BadRow(BadInput):
    """One row is refused.

    Args:
        reason: what is wrong, without the place, for example `"output" is a number, not text`.
    """

    def __init__(self, reason: str) -> None:
        """Keep the reason apart from the place, which the reader of the file knows."""
        super().__init__(reason)
        self.reason = reason


class BadRecipe(CurationError):
    """A recipe cannot be read, or names what is not there."""


class NotReady(CurationError):
    """A step needs another one first; the message names it."""


class HeldBack(CurationError):
    """What would be exported should not go out as it is, and nobody said why it may: nothing was written.

    Args:
        lines: (check, how many, what there is and what to do), the lines that block.
    """

    def __init__(self, lines: Sequence[tuple[str, int, str]]) -> None:
        """List the lines below one another."""
        count = "1 check holds" if len(lines) == 1 else f"{len(lines)} checks hold"
        listed = "\n".join(f"- {check}: {words}" for check, _, words in lines)
        super().__init__(
            f"{count} the export back; nothing was written.\n{listed}\nMend it, or say for each why it may go out: "
            "--override CHECK=REASON, or the field beside its line on the Export page."
        )
        self.lines = tuple(lines)


class Overtaken(CurationError):
    """Somebody decided on a sample between the moment it was shown and the press: nothing was written (F18).

    Args:
        reviewer: who decided last.
        action: accept or reject.
        seconds: how long ago.
        samples: on how many of the samples somebody decided.
    """

    def __init__(self, reviewer: str, action: str, seconds: float, samples: int = 1) -> None:
        """Word the sentence that pages and commands show."""
        which = "Already" if samples == 1 else f"{samples:,} of the samples are already decided on, the last one"
        super().__init__(f"{which} {action}ed by {reviewer}, {_ago(seconds)}.")
        self.reviewer = reviewer
        self.action = action
        self.seconds = seconds
        self.samples = samples


class NotAllowed(CurationError):
    """The person who asks is not logged in, or their role does not allow it."""


class Cancelled(CurationError):
    """A person stopped the run."""


class Paused(CurationError):
    """A run stands still: it can be resumed, and nothing that was paid for is asked again.

    Args:
        message: what happened and what to do before it is resumed.
        seconds: after so long it is worth resuming, 0 where time alone does not help.
    """

    def __init__(self, message: str, seconds: float = 0.0) -> None:
        """Keep the time apart from the sentence."""
        super().__init__(message)
        self.seconds = seconds


class ModelError(CurationError):
    """A language or embedding model could not be reached, was refused or answered with nothing usable.

    Args:
        message: what happened and what to do.
        kind: one word or two for what happened, for example `auth`, `quota` or `timeout`, so that a run can choose
            between stopping, waiting and going on; empty where nothing depends on it.
    """

    def __init__(self, message: str, kind: str = "") -> None:
        """Keep the kind apart from the sentence."""
        super().__init__(message)
        self.kind = kind


class WorkspaceError(CurationError):
    """The workspace file cannot be opened or is not one of ours."""


class WorkspaceBusy(WorkspaceError):
    """Another process holds the workspace.

    Args:
        path: the workspace file.
        pid: the process that holds it, 0 where it cannot be told.
    """

    def __init__(self, path: str, pid: int) -> None:
        """Word the sentence that pages and commands show."""
        who = f"process {pid}" if pid else "another process"
        super().__init__(f"{path} is open in {who}. Close it there (or stop that process), then try again.")
        self.pid = pid


def _ago(seconds: float) -> str:
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length:.0f} {unit} ago"
    return f"{seconds:.0f} s ago"
