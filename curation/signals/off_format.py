"""Answers that are not in the form that was asked for."""

import math
from collections.abc import Sequence
from typing import ClassVar

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.forms import missed_forms


class OffFormat(Signal):
    r"""Answer is not in the form that was asked for.

    1 when JSON is asked for and the answer is not JSON, when a number of things is asked for and the answer is a list
    of another length, when a bound on words or characters is broken, when a table is asked for and there is none, when
    Python is asked for and the code does not parse, or when the answer does not match a regular expression that is
    given; 0 when one of these could be checked and holds. NaN when nothing could be checked, also for "name three"
    answered in running text. Known false hits: a bound that is meant for another text than the answer, Python 2.

    >>> OffFormat()([Sample("Name three pets.", output="1. cat\n2. dog")])
    [1.0]
    """

    name: ClassVar[str] = "off_format"
    version: ClassVar[int] = 2

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Check every answer."""
        return [_off(sample) for sample in samples]


def _off(sample: Sample) -> float:
    missed = missed_forms(sample)
    return math.nan if missed is None else float(bool(missed))
