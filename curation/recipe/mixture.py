"""In which proportions samples are mixed, and in which order they go out."""

import math
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field, StrictInt, StrictStr, ValidationError, model_validator

from curation.errors import BadRecipe
from curation.methods import Json
from curation.recipe.part import MANY, Count, Part, Share, Table

Order = Literal["as collected", "shuffled", "rising", "falling"]
ORDERS: tuple[Order, ...] = get_args(Order)


class Mixture(Part):
    """How many samples of each label go out. As it is, all go out as they were collected.

    Args:
        by: what samples are told apart by: origin, method, tag or a label signal; "" takes all of them as one.
        shares: of the whole, by label. Labels that are not named share what is left in proportion to what there is of
            them; none of them goes out where the shares add up to one.
        counts: samples by label, in place of shares. Labels that are not named share what the size leaves.
        size: samples in all, repeats included; None for as many as the shares allow.
        most: samples of one label at most, whatever shares, counts and size say.
        repeat: how often one sample may go out where its label would otherwise fall short.
        human: least share of what goes out that names no model as an author.
        seed: another seed draws others and shuffles otherwise.
        order: of what goes out; `rising` and `falling` go by a number, samples without it last.
        order_by: the number signal that is meant by that.
    """

    by: StrictStr = ""
    shares: Table[Share] = ()
    counts: Table[Annotated[StrictInt, Field(ge=0, le=MANY)]] = ()
    size: Count | None = None
    most: Count | None = None
    repeat: Annotated[StrictInt, Field(ge=1, le=100)] = 1
    human: Share = 0.1
    seed: Annotated[StrictInt, Field(ge=0, lt=2**63)] = 0
    order: Order = "as collected"
    order_by: StrictStr = ""

    @model_validator(mode="after")
    def _names_labels_of_something(self) -> "Mixture":
        if (self.shares or self.counts) and not self.by:
            raise ValueError('"shares" and "counts" need "by", which says what their labels are')
        if self.shares and self.counts:
            raise ValueError('a mixture has "shares" or "counts", not both')
        return self

    @model_validator(mode="after")
    def _fits_the_whole(self) -> "Mixture":
        total = math.fsum(share for _, share in self.shares)
        if total > 1 + 1e-9:
            raise ValueError(f"the shares of the mixture add up to {total:g}; make them add up to 1 or less")
        counted = sum(count for _, count in self.counts)
        if self.size is not None and counted > self.size:
            raise ValueError(f'the counts add up to {counted:,}, which is more than "size" ({self.size:,})')
        return self

    @model_validator(mode="after")
    def _knows_its_order(self) -> "Mixture":
        if self.order in ("rising", "falling") and not self.order_by:
            raise ValueError(f'"order" is "{self.order}", and "order_by" does not say by which signal')
        return self

    def named(self) -> dict[str, float]:
        """Share or count by label, of those that are named."""
        return dict(self.shares or self.counts)


def mixture_of(wishes: Mapping[str, Json]) -> Mixture:
    """The mixture that a reader fills in.

    Raises:
        BadRecipe: wishes that do not go together.
    """
    try:
        return Mixture.model_validate(wishes)
    except ValidationError as error:
        said = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        raise BadRecipe(f"{said[:1].upper()}{said[1:]}.") from error
