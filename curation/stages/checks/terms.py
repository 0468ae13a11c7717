"""What licences ask of a set that holds text under them: a small table, no legal advice."""

import re
from dataclasses import dataclass

OPEN = (
    "apache", "mit", "bsd", "isc", "zlib", "unlicense", "wtfpl", "cc0", "pddl", "odc-by", "cdla-permissive", "ncsa",
    "bsl", "postgresql", "afl", "ecl", "artistic", "ms-pl", "cc-by", "public-domain",
)  # fmt: skip
"""Any licence can be given to a set that holds these; some ask that the authors be named, which provenance does."""
SHARE_ALIKE = ("gpl", "agpl", "lgpl", "mpl", "epl", "eupl", "gfdl", "osl", "odbl", "cdla-sharing")
"""A set that holds these is given the same licence, beside those of Creative Commons with `sa`."""
BOUND = {"sa", "nc", "nd", "non", "noncommercial", "research"}
"""Words that no open licence has: where they come after its name, it is another one."""
_SEVERAL = re.compile(r"[,;/&]|\s(?:and|or)\s")


@dataclass(frozen=True)
class Terms:
    """A licence, as far as the table knows it.

    Args:
        family: its name without the version, for example `cc-by-sa`.
        version: 0 where it has none.
        is_known: whether the table has it.
        is_share_alike: what is made of it has the same licence, this version or a later one.
        is_non_commercial: what is made of it is not for commerce either.
        is_unchanged: nothing may be made of it.
    """

    family: str
    version: float = 0.0
    is_known: bool = True
    is_share_alike: bool = False
    is_non_commercial: bool = False
    is_unchanged: bool = False

    def fits(self, given: "Terms") -> bool:
        """Whether a set under the licence `given` may hold text under this one.

        >>> [terms_of("CC BY-SA 3.0").fits(terms_of(name)) for name in ("mit", "cc-by-sa-4.0", "cc-by-nc-sa-4.0")]
        [False, True, False]
        >>> [terms_of("cc-by-nc-4.0").fits(terms_of(name)) for name in ("cc-by-4.0", "cc-by-nc-sa-4.0")]
        [False, True]
        """
        if not self.is_known or self.is_unchanged:
            return False
        if self.is_share_alike:
            return self.family == given.family and self.version <= given.version
        return given.is_non_commercial or not self.is_non_commercial

    @property
    def kind(self) -> str:
        """What it is in words."""
        if not self.is_known:
            return "not known to Sift" if self.family else "no licence stated"
        kinds = {
            "no derivatives": self.is_unchanged,
            "non-commercial": self.is_non_commercial,
            "share-alike": self.is_share_alike,
        }
        return ", ".join(kind for kind, holds in kinds.items() if holds) or "open"


def terms_of(licence: str) -> Terms:
    """The terms of a licence by its name on the Hub or in words; several at once are open, or nothing that is known.

    >>> terms_of("CC BY-NC 4.0").kind, terms_of("Apache-2.0").kind, terms_of("").kind
    ('non-commercial', 'open', 'no licence stated')
    """
    several = _SEVERAL.split(licence.casefold())
    if len(several) > 1:
        return Terms(licence, is_known=all(terms_of(one).kind == "open" for one in several))
    words = re.sub(r"[\s_/()-]+", "-", licence.casefold().replace("creative commons", "cc")).strip("-")
    version = re.search(r"-?v?(\d+(?:\.\d+)?)(?:-only|-or-later|\+)?$", words)
    family = words[: version.start()] if version else words
    parts = family.split("-")
    number = float(version[1]) if version else 0.0
    if parts[0] == "cc" and "by" in parts:
        return Terms(family, number, True, "sa" in parts, "nc" in parts, "nd" in parts)
    if _names(family, SHARE_ALIKE):
        return Terms(family, number, is_share_alike=True)
    return Terms(family, number, is_known=_names(family, OPEN) and not BOUND & set(re.findall("[a-z]+", family)))


def _names(family: str, known: tuple[str, ...]) -> bool:
    return any(family == name or family.startswith(f"{name}-") for name in known)
