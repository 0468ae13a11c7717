"""What becomes of the samples that are in: who goes into which split."""

import math
from typing import Annotated

from pydantic import Field, StrictInt, model_validator

from curation.recipe.part import Part, Share


class Splits(Part):
    """Shares of the samples that are in; they add up to one. The seed decides who goes where."""

    train: Share = 0.9
    validation: Share = 0.05
    test: Share = 0.05
    seed: Annotated[StrictInt, Field(ge=0, lt=2**63)] = 0

    @model_validator(mode="after")
    def _adds_up(self) -> "Splits":
        total = self.train + self.validation + self.test
        if not math.isclose(total, 1, abs_tol=1e-6):
            raise ValueError(f"train, validation and test add up to {total:g}; make them add up to 1")
        return self


class Shape(Part):
    """The part of a recipe that turns what is in into a data set."""

    splits: Splits = Splits()

    def shape(self) -> "Shape":
        """This part of a recipe without the rest of it."""
        return Shape.model_validate({name: getattr(self, name) for name in Shape.model_fields})
