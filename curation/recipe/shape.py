"""What becomes of the samples that are in: which are chosen, how they are mixed, who goes into which split."""

from curation.recipe.mixture import Mixture
from curation.recipe.part import Part
from curation.recipe.selection import Selection
from curation.recipe.splits import Splits


class Shape(Part):
    """The part of a recipe that turns what is in into a data set."""

    selection: Selection = Selection()
    mixture: Mixture = Mixture()
    splits: Splits = Splits()

    def shape(self) -> "Shape":
        """This part of a recipe without the rest of it."""
        return Shape.model_validate({name: getattr(self, name) for name in Shape.model_fields})
