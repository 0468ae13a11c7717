"""What should not be in a data set: addresses, numbers and keys that lead to a person or an account."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.private_spans import spans
from curation.signals.texts import whole_text


class PersonalData(Signal):
    """E-mail addresses, card, account and phone numbers, IP addresses and keys.

    Counts what has the form and passes its checksum (cards: Luhn, ISO/IEC 7812-1; IBAN: mod 97, ISO 13616) or is in
    its country's numbering plan (phones: the package phonenumbers). Addresses at example.com, private IP ranges, 555
    numbers and 123-456-7890 are made up and do not count. Known false hits: long numbers that pass by chance.

    >>> PersonalData()([Sample("Write to ada@lovelace.org."), Sample("Card 4111 1111 1111 1112")])
    [1.0, 0.0]
    """

    name: ClassVar[str] = "personal_data"
    unit: ClassVar[str] = "places"
    tier: ClassVar[int] = 2
    version: ClassVar[int] = 2

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every sample."""
        return [float(len(spans(whole_text(sample)))) for sample in samples]


class PersonalKinds(Signal):
    """Which personal data there is.

    "e-mail", "IBAN", "card", "IP address", "phone", "key" (API keys, tokens and private keys of known form); several
    with commas between them, "" for none.

    >>> PersonalKinds()([Sample("Write to ada@lovelace.org or call (212) 736-5000."), Sample("Write.")])
    ['e-mail, phone', '']
    """

    name: ClassVar[str] = "personal_kinds"
    kind: ClassVar[Literal["number", "label"]] = "label"
    tier: ClassVar[int] = 2

    def __call__(self, samples: Sequence[Sample]) -> list[str]:
        """Name the kinds in every sample."""
        return [", ".join(sorted({span.kind for span in spans(whole_text(sample))})) for sample in samples]
