"""What every part of a recipe is made of: frozen, and checked on making."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]


class Part(BaseModel):
    """A table of a recipe; it takes no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
