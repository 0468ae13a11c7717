"""Near-duplicates are not known, so splits cannot keep them together."""

from typing import ClassVar

from curation.stages.checks.check import Check, Finding, Outgoing
from curation.stages.relating import tied_by
from curation.store.pairs import count_not_compared


class NotPaired(Check):
    """Near-duplicates not looked for.

    There is more than one split and near-duplicates were not looked for in all samples, so only equal prompts and
    relatives are known to stay together. It warns and does not block.
    """

    name: ClassVar[str] = "not_paired"
    blocks: ClassVar[bool] = False

    def __call__(self, going: Outgoing) -> Finding | None:
        """Look whether pairs are known."""
        if len(going.chosen.sizes()) < 2:
            return None
        tied = tied_by(going.workspace)
        missing = count_not_compared(going.workspace, tied[0]) if tied else len(going.numbers)
        if not missing:
            return None
        what = f"{missing:,} samples of the workspace were not" if tied else "no sample was"
        return self.found(
            f"Not checked: {what} compared for near-duplicates, so only equal prompts and "
            "relatives are known to share a split. Embed on the Map page, or run `sift embed` and `sift pairs`.",
            going.numbers[:0],
            missing,
        )
