"""How much of it people wrote."""

from typing import ClassVar

from curation.facets import Facets
from curation.stages.checks.check import Check, Finding, Outgoing
from curation.store.authors import written_by_people

LEAST = 0.1
"""Share of samples by people below which it warns: models trained on models' text alone lose its rare parts
(Shumailov et al. 2024)."""


class HumanShare(Check):
    """Little of it is by people.

    Under 10 % of the samples have no model among their origins. It warns and does not block.
    """

    name: ClassVar[str] = "human_share"
    blocks: ClassVar[bool] = False

    def __call__(self, going: Outgoing) -> Finding | None:
        """Count what no model had a part in."""
        people = going.among(written_by_people(going.workspace, Facets()))
        share = len(people) / max(1, len(going.numbers))
        if share >= LEAST:
            return None
        return self.found(
            f"{len(people):,} of {len(going.numbers):,} samples ({share:.1%}) were written without a model; under "
            f"{LEAST:.0%} is little. Take in more samples by people, or fewer by models.",
            people,
        )
