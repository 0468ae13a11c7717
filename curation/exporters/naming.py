"""Names that are safe as a folder on every system, whatever a reader types."""

import re
import unicodedata

from curation.errors import BadRecipe
from curation.recipe.splits import name_fault


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
    if fault := name_fault(name):
        raise BadRecipe(f"{fault}.")
