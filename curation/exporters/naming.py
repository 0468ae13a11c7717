"""Names that are safe as a folder on every system, whatever a reader types."""

import re
import unicodedata

from curation.errors import BadRecipe

SPLIT = re.compile(r"[A-Za-z0-9]\w{0,39}", re.ASCII)
RESERVED = {"all", "con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))}
"""`all` means every split to `load_dataset`; the others are devices on Windows."""


def slug(name: str) -> str:
    """Letters, digits, `_` and single `-` of a name, at most 40; `export` where nothing is left.

    >>> slug("../My set: v2"), slug("..")
    ('My-set-v2', 'export')
    """
    plain = unicodedata.normalize("NFKC", name)
    return re.sub(r"[^\w-]+|-+", "-", plain)[:40].strip("-_") or "export"


def check_split(name: str) -> None:
    """Refuse what cannot name a split.

    Raises:
        BadRecipe: it cannot be a split of a data set and the name of a file.
    """
    if not SPLIT.fullmatch(name) or name.lower() in RESERVED:
        raise BadRecipe(
            f"{name!r} cannot name a split: use letters, digits and _ (not {', '.join(sorted(RESERVED)[:2])})."
        )
