"""Sources under terms that the export's licence does not keep, or that do not go together."""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from curation.stages.checks.check import Check, Finding, Numbers, Outgoing, samples
from curation.stages.checks.terms import Terms, terms_of
from curation.store.gate import licensed, unlicensed_children
from curation.store.samples import count_samples

UNDECIDED = ("", "other", "unknown")
"""Licences of an export that say nothing of its terms: then only the sources are compared with one another."""
Flags = NDArray[np.bool_]


class Licences(Check):
    """Licences that do not go together.

    Share-alike text goes into a set of the same licence alone, non-commercial text into a non-commercial one, text
    without derivatives into none; text with no or an unknown licence into one whose own licence is `other`. Of a
    sample with several origins one that fits is enough; what was made from samples keeps the terms of its parents.
    With the licence `other` it is enough that the sources can go together. A small table, no legal advice.
    """

    name: ClassVar[str] = "licences"

    def __call__(self, going: Outgoing) -> Finding | None:
        """Hold the licence of every origin against that of the export."""
        stated = licensed(going.workspace)
        fitting = _fitting(going, {name: going.among(numbers) for name, numbers in stated.items()})
        fits = _fits(going, stated, fitting)
        found = going.numbers[~fits[going.numbers]]
        if not len(found):
            return None
        return self.found(
            f"{self._words(going, found, stated, fitting)} State another licence or leave them out.", found
        )

    def _words(self, going: Outgoing, found: Numbers, stated: Mapping[str, Numbers], fitting: set[str]) -> str:
        counts = {name: len(np.intersect1d(numbers, found)) for name, numbers in stated.items() if name not in fitting}
        named = [
            f"{count:,} {name or 'without one'} ({terms_of(name).kind})"
            if name
            else f"{count:,} with no licence stated"
            for name, count in sorted(counts.items(), key=lambda item: -item[1])
            if count
        ]
        about = f": {', '.join(named)}" if named else ""
        if going.licence.strip().casefold() in UNDECIDED:
            return f"{samples(len(found), 'is', 'are')} under terms that do not go together{about}."
        return f"{samples(len(found), 'does', 'do')} not fit the licence {going.licence.strip()}{about}."


def _fitting(going: Outgoing, stated: Mapping[str, Numbers]) -> set[str]:
    """The licences of what goes out that are in order; others of the workspace are judged by the same terms."""
    if going.licence.strip().casefold() not in UNDECIDED:
        given = terms_of(going.licence)
        return {name for name in stated if terms_of(name).fits(given)}
    there = {name: terms_of(name) for name, numbers in stated.items() if len(numbers) and terms_of(name).is_known}
    return {name for name in stated if name not in there or _goes_with(there[name], list(there.values()))}


def _goes_with(one: Terms, others: list[Terms]) -> bool:
    """Whether some licence of these, or an open one, can be given to a set with this one and each of the others."""
    if one.is_unchanged:
        return False
    return all(other.is_unchanged or one.fits(other) or other.fits(one) for other in others)


def _fits(going: Outgoing, stated: Mapping[str, Numbers], fitting: set[str]) -> Flags:
    """Whether each sample of the workspace is in order, by number: by an origin of its own, else by all its parents."""
    count = count_samples(going.workspace)
    own, fits = np.zeros(count, np.bool_), np.ones(count, np.bool_)
    for name, numbers in stated.items():
        fits[numbers] = False
        if name in fitting:
            own[numbers] = True
    fits |= own
    children, parents = unlicensed_children(going.workspace)
    while True:
        torn = children[~fits[parents] & fits[children] & ~own[children]]
        if not len(torn):
            return fits
        fits[torn] = False
