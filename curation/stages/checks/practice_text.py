"""Text that was made up by rule, for trying things out."""

from typing import ClassVar

from curation.practice import PRACTICE_MODEL
from curation.stages.checks.check import Check, Finding, Outgoing, samples
from curation.store.authors import written_alone_by


class PracticeText(Check):
    """Text of the practice model.

    It stays out of an export unless it is asked for (`--practice`, the switch on the Export page). That is its
    override: it needs no other reason.
    """

    name: ClassVar[str] = "practice_text"

    def __call__(self, going: Outgoing) -> Finding | None:
        """Look for text of the practice model alone."""
        found = going.among(written_alone_by(going.workspace, PRACTICE_MODEL))
        if not len(found):
            return None
        is_are = samples(len(found), "is text", "are text")
        return self.found(f"{is_are} of the practice model, made up by rule. It is no data to train on.", found)
