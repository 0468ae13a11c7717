"""What leads to a person or an account (T26)."""

from typing import ClassVar

import numpy as np

from curation.stages.checks.check import Check, Finding, Outgoing, samples
from curation.store.signals import read_labels, read_numbers

SIGNAL, KINDS = "personal_data", "personal_kinds"


class PersonalData(Check):
    """Personal data and keys.

    E-mail addresses, card, account and phone numbers, public IP addresses, API keys, tokens and private keys, as the
    signal `personal_data` found them.
    """

    name: ClassVar[str] = "personal_data"

    def __call__(self, going: Outgoing) -> Finding | None:
        """Look at what was measured."""
        found = going.among(np.flatnonzero(read_numbers(going.workspace, SIGNAL) >= 1).astype(np.int32))
        if not len(found):
            return None
        labels = read_labels(going.workspace, KINDS)
        kinds = sorted({kind for number in found.tolist() for kind in labels[number].split(", ") if kind})
        named = f" ({', '.join(kinds)})" if kinds else ""
        return self.found(
            f"{samples(len(found), 'seems', 'seem')} to hold personal data or keys{named}. Edit or reject them on "
            "Review; a key that is real must be withdrawn where it was issued, too.",
            found,
        )
