"""How the best so many samples are chosen of those that are in."""

from typing import Annotated

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr, model_validator

from curation.recipe.part import Part, Table


class Selection(Part):
    """The best so many of the samples that are in; without a method all of them go on.

    Args:
        method: the name of a way to choose, "" for none.
        size: how many are chosen at most; a method needs it.
        quality: the number signal that says how good a sample is, "" for none.
        falling: whether a lower number is better.
        options: of the method, by name.
    """

    method: StrictStr = ""
    size: Annotated[StrictInt, Field(ge=1)] | None = None
    quality: StrictStr = ""
    falling: StrictBool = False
    options: Table[StrictBool | StrictInt | StrictFloat | StrictStr] = ()

    @model_validator(mode="after")
    def _has_a_size(self) -> "Selection":
        if self.method and self.size is None:
            raise ValueError(f'"{self.method}" needs a "size": how many samples are to be chosen')
        return self
