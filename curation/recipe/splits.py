"""Into which parts a data set is dealt: any names, by shares of it or by counts."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Annotated, TypeVar

from pydantic import Field, StrictInt, StrictStr, ValidationError, field_validator, model_validator

from curation.errors import BadRecipe
from curation.methods import Json
from curation.recipe.part import Count, Part, Share, Table

_Size = TypeVar("_Size", float, int)

USUAL: Mapping[str, float] = {"train": 0.9, "validation": 0.05, "test": 0.05}
"""What a new recipe starts from, in the order to show."""
NAME = re.compile(r"[A-Za-z0-9]\w{0,39}", re.ASCII)
MOST = 40
"""Splits of one data set."""
RESERVED = {"all", "con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))}
"""`all` means every split to `load_dataset`; the others are devices on Windows."""


def name_fault(name: str) -> str:
    """Why this cannot be a split of a data set and the name of a file; "" where it can.

    >>> name_fault("gold_test"), bool(name_fault("../x")), bool(name_fault("all"))
    ('', True, True)
    """
    if NAME.fullmatch(name) and name.lower() not in RESERVED:
        return ""
    return f"{name!r} cannot name a split: use letters, digits and _ (not {', '.join(sorted(RESERVED)[:2])})"


def in_order(names: Collection[str]) -> list[str]:
    """The order in which splits are shown, written and dealt: the usual ones first, then by name."""
    usual = list(USUAL)
    return sorted(names, key=lambda name: (usual.index(name) if name in USUAL else len(usual), name))


class Splits(Part):
    """Into which splits the samples that go out are dealt. The seed decides who goes where.

    Where the names are train, validation and test and all are shares, they can be given as such:
    `Splits.model_validate({"train": 0.8, "validation": 0.1, "test": 0.1})`.

    Args:
        shares: name → its share of what the counts leave; they add up to one.
        counts: name → how many samples it gets.
        by: a label (or `origin` or `method`) that is spread over all splits alike, "" for none.
        seed: another one deals another way.
    """

    shares: Table[Share] = tuple(USUAL.items())
    counts: Table[Count] = ()
    by: StrictStr = "task_type"
    seed: Annotated[StrictInt, Field(ge=0, lt=2**63)] = 0

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, table: Mapping[str, Json]) -> Mapping[str, Json]:
        if not isinstance(table, Mapping):
            return table
        if any(name in table for name in USUAL):
            table = _from_usual(table)
        _check(table.get("shares"), _is_share, "is not a share: a number from 0 to 1")
        _check(table.get("counts"), _is_count, "is not a count: a whole number from 1 on")
        return table

    @field_validator("shares", "counts", mode="after")
    @classmethod
    def _in_order(cls, entries: tuple[tuple[str, _Size], ...]) -> tuple[tuple[str, _Size], ...]:
        """In one order however they were written, so that equal splits are equal and deal alike."""
        sizes = dict(entries)
        return tuple((name, sizes[name]) for name in in_order(sizes))

    @model_validator(mode="after")
    def _names_each_once(self) -> "Splits":
        names = [name for name, _ in (*self.shares, *self.counts)]
        if fault := next(filter(None, map(name_fault, names)), ""):
            raise ValueError(fault)
        small = [name.lower() for name in names]
        if len(names) > MOST:
            raise ValueError(f"{len(names)} splits are more than {MOST}")
        if twice := next((name for name in names if small.count(name.lower()) > 1), ""):
            raise ValueError(f'"{twice}" is named twice (small and capital letters are one on some systems)')
        return self

    @model_validator(mode="after")
    def _adds_up(self) -> "Splits":
        if not self.shares:
            raise ValueError('"shares" is empty: one split at least takes what the counts leave')
        total = math.fsum(share for _, share in self.shares)
        if not math.isclose(total, 1, abs_tol=1e-6):
            raise ValueError(f"{_listed([name for name, _ in self.shares])} add up to {total:g}; make them add up to 1")
        return self

    @property
    def names(self) -> list[str]:
        """Every split that can get samples, in the order to show."""
        return in_order([name for name, size in (*self.shares, *self.counts) if size])

    @property
    def training(self) -> str:
        """The split to train on, where alone samples may be repeated: `train`, else the one with the largest share."""
        return "train" if "train" in self.names else max(self.shares, key=lambda entry: entry[1])[0]

    @property
    def is_usual(self) -> bool:
        """Whether the names are train, validation and test and all are shares."""
        return not self.counts and set(dict(self.shares)) == set(USUAL)


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def splits_of(rows: Iterable[Mapping[str, object]], by: str, seed: int) -> Splits:
    """The splits that a reader writes into a table, a row for each: its name, and a share in % or a count.

    Raises:
        BadRecipe: a row has no name, or not one of both; or what `Splits` refuses.
    """
    written = [(str(row["name"] or "").strip(), _number(row["share"]), _number(row["count"])) for row in rows]
    filled = [row for row in written if row != ("", None, None)]
    if fault := next(filter(None, (_row_fault(*row) for row in filled)), ""):
        raise BadRecipe(fault)
    shares = [(name, round(share / 100, 9)) for name, share, _ in filled if share is not None]
    counts = [(name, int(count)) for name, _, count in filled if count is not None]
    try:
        return Splits(shares=tuple(shares), counts=tuple(counts), by=by, seed=seed)
    except ValidationError as error:
        said = error.errors(include_url=False)[0]["msg"]
        raise BadRecipe(f"{said.removeprefix('Value error, ')}.") from error


def _row_fault(name: str, share: float | None, count: float | None) -> str:
    """What is wrong with one row of a table of splits, "" for nothing."""
    if not name or (share is None) == (count is None):
        return f"{name or 'A split without a name'}: give a name and either a share or a count."
    if share is not None and not 0 <= share <= 100:
        return f"{name}: {share:g} % is not a share from 0 to 100 %."
    if count is not None and (count < 1 or not count.is_integer()):
        return f"{name}: {count:g} is not a whole number of samples from 1 on."
    return ""


def _number(cell: object) -> float | None:
    """What stands in a cell of a table, where an empty one can be a number that is none."""
    number = None if cell is None else float(str(cell))
    return None if number is None or math.isnan(number) else number


def _from_usual(table: Mapping[str, Json]) -> Mapping[str, Json]:
    """The form with train, validation and test as keys; what is left out has its usual share."""
    if "shares" in table or "counts" in table:
        raise ValueError('"train", "validation" and "test" stand in [splits.shares] or [splits.counts] here')
    rest = {key: value for key, value in table.items() if key not in USUAL}
    return {**rest, "shares": {name: table.get(name, share) for name, share in USUAL.items()}}


def _check(sizes: Json, fits: Callable[[Json], bool], fault: str) -> None:
    if isinstance(sizes, Mapping):
        wrong = next((name for name, size in sizes.items() if not fits(size)), None)
        if wrong is not None:
            raise ValueError(f'"{wrong}" {fault}')


def _is_share(size: Json) -> bool:
    return isinstance(size, (int, float)) and not isinstance(size, bool) and 0 <= size <= 1


def _is_count(size: Json) -> bool:
    return isinstance(size, int) and not isinstance(size, bool) and size >= 1
