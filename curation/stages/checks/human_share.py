"""How much of it names no model as an author."""

from typing import ClassVar

from curation.facets import Facets
from curation.stages.authorship import authors_of, who_wrote
from curation.stages.checks.check import Check, Finding, Outgoing
from curation.store.authors import naming_no_model

LEAST = 0.1
"""Share of samples without a model below which it warns: models trained on models' text alone lose its rare parts
(Shumailov et al. 2024)."""


class HumanShare(Check):
    """Little of it is without a model.

    Under 10 % of the samples name no model as an author. Who wrote those is seldom said. It warns and does not block.
    """

    name: ClassVar[str] = "human_share"
    blocks: ClassVar[bool] = False

    def __call__(self, going: Outgoing) -> Finding | None:
        """Count what no model is known to have had a part in."""
        unnamed = going.among(naming_no_model(going.workspace, Facets()))
        share = len(unnamed) / max(1, len(going.numbers))
        if share >= LEAST:
            return None
        wrote = ", ".join(who_wrote(authors_of(going.workspace, going.numbers)))
        return self.found(
            f"Of {len(going.numbers):,} samples, {wrote}. Without a model are {share:.1%}; under {LEAST:.0%} is "
            "little. Take in more samples by people, or fewer by models.",
            unnamed,
        )
