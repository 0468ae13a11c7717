"""What every part of a recipe is made of: frozen, and checked on making."""

from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictInt,
    StrictStr,
)

V = TypeVar("V")
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
MANY = 10**9
"""No data set has more samples; numbers above it are a slip, and too large ones are no numbers of numpy."""
Count = Annotated[StrictInt, Field(ge=1, le=MANY)]


class Part(BaseModel):
    """A table of a recipe; it takes no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _entries(table: object) -> object:
    if not isinstance(table, Mapping | tuple):
        raise ValueError("is not a table")  # noqa: TRY004 - pydantic takes this one alone
    return tuple(table.items()) if isinstance(table, Mapping) else table


def _each_once(entries: tuple[tuple[str, V], ...]) -> tuple[tuple[str, V], ...]:
    names = [name for name, _ in entries]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f'"{twice[0]}" is named twice')
    return entries


Table = Annotated[
    tuple[tuple[StrictStr, V], ...], BeforeValidator(_entries), AfterValidator(_each_once), PlainSerializer(dict)
]
"""A table inside a table, with names of the reader's own: entries that stay in their order, so that it is frozen."""
