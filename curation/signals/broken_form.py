"""Which form was asked for and is missing."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.forms import missed_forms


class BrokenForm(Signal):
    r"""Form that was asked for and is missing.

    "JSON", "number of entries", "length", "table", "Python" or "pattern"; several with commas between them, "" where
    nothing is missing or nothing could be checked.

    >>> BrokenForm()([Sample("Name three pets.", output="1. cat\n2. dog"), Sample("Name a pet.", output="dog")])
    ['number of entries', '']
    """

    name: ClassVar[str] = "broken_form"
    kind: ClassVar[Literal["number", "label"]] = "label"

    def __call__(self, samples: Sequence[Sample]) -> list[str]:
        """Check every answer."""
        return [", ".join(missed_forms(sample) or ()) for sample in samples]
