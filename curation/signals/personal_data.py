"""What should not be in a data set: addresses, numbers and keys that lead to a person or an account."""

import ipaddress
import re
from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import whole_text


class PersonalData(Signal):
    """E-mail addresses, card, account and phone numbers, IP addresses and keys.

    Counts what has the form and passes its checksum (cards: Luhn, ISO/IEC 7812-1; IBAN: mod 97, ISO 13616). Addresses
    at example.com, private IP ranges, 555 numbers and 123-456-7890 are made up and do not count.

    >>> PersonalData()([Sample("Write to ada@lovelace.org."), Sample("Card 4111 1111 1111 1112")])
    [1.0, 0.0]
    """

    name: ClassVar[str] = "personal_data"
    unit: ClassVar[str] = "places"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every sample."""
        return [float(_count(whole_text(sample))) for sample in samples]


def passes_luhn(number: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B).

    >>> passes_luhn("4111 1111 1111 1111"), passes_luhn("4111 1111 1111 1112")
    (True, False)
    """
    digits = [int(sign) for sign in reversed(number) if sign in "0123456789"]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return len(set(digits)) > 1 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def passes_mod97(account: str) -> bool:
    """Whether an IBAN's two check digits fit (ISO 13616: first four signs last, letters as 10 to 35, rest of 97 is 1).

    >>> passes_mod97("GB82 WEST 1234 5698 7654 32"), passes_mod97("GB83 WEST 1234 5698 7654 32")
    (True, False)
    """
    packed = account.replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in packed[4:] + packed[:4])) % 97 == 1


def _is_public(address: str) -> bool:
    try:
        return ipaddress.IPv4Address(address).is_global
    except ValueError:
        return False


def _is_reachable(phone: str) -> bool:
    digits = re.sub(r"\D", "", phone)
    is_made_up = len(set(digits)) < 3 or digits in "01234567890123456789" or "555" in (digits[-7:-4], digits[-10:-7])
    return 8 <= len(digits) <= 15 and not is_made_up


def _is_real(email: str) -> bool:
    host = email.rpartition("@")[2].casefold()
    return not re.search(r"(?:^|\.)(?:example|email|domain|test|invalid)(?:\.\w+)?$", host)


_Rule = tuple[re.Pattern[str], Callable[[str], bool]]

# Taken out one after the other, so that a card number is not counted again as a phone number. Each pattern is linear.
_RULES: Final[tuple[_Rule, ...]] = (
    (re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"), _is_real),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b", re.ASCII), passes_mod97),
    (re.compile(r"(?<![\d.-])\d(?:[ -]?\d){12,18}(?![\d.-]?\d)", re.ASCII), passes_luhn),
    (re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)", re.ASCII), _is_public),
    (
        re.compile(
            r"(?<![\w.+])\+[1-9](?:[ ().-]{0,2}\d){7,14}(?!\d)|(?<![\d.\w-])\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?![\d-])"
        ),
        _is_reachable,
    ),
    (
        re.compile(
            r"\bAKIA[0-9A-Z]{16}\b|\bsk-[A-Za-z0-9_-]{20,}|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[abprs]-[A-Za-z0-9-]{10,}"
            r"|\bAIza[0-9A-Za-z_-]{35}|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"
        ),
        bool,
    ),
)
_WORTH_A_LOOK: Final = re.compile(r"@|\d[\d .()-]{6}|\d\.\d|\b[A-Z]{2}\d\d|AKIA|sk-|gh[pousr]_|xox|AIza|-----BEGIN")


def _count(text: str) -> int:
    if not _WORTH_A_LOOK.search(text):
        return 0
    total = 0
    for pattern, is_one in _RULES:
        found = [match for match in pattern.findall(text) if is_one(match)]
        total += len(found)
        for match in found:
            text = text.replace(match, " ")
    return total
