"""How the best so many samples are chosen of those that are in."""

from pydantic import StrictBool, StrictFloat, StrictInt, StrictStr, model_validator

from curation.recipe.part import Count, Part, Table


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
    size: Count | None = None
    quality: StrictStr = ""
    falling: StrictBool = False
    options: Table[StrictBool | StrictInt | StrictFloat | StrictStr] = ()

    @model_validator(mode="after")
    def _has_a_size(self) -> "Selection":
        if self.method and self.size is None:
            raise ValueError(f'"{self.method}" needs a "size": how many samples are to be chosen')
        return self
