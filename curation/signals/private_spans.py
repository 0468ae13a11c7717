"""Where in a text there is what leads to a person or an account: by form, checksum and numbering plan.

Made-up examples do not count: addresses at example.com, private and documentation IP ranges, 555 numbers,
123-456-7890. Known false hits: numbers that pass a checksum by chance (one in ten of 13 to 19 digits passes Luhn, so
only known card prefixes count), version numbers with four parts, example keys in manuals.
"""

import ipaddress
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple


class Span(NamedTuple):
    """Characters `start` to `end` (not included) of a text, and what they are."""

    start: int
    end: int
    kind: str


def spans(text: str) -> list[Span]:
    """What should not be in a data set, in order and without overlaps.

    Kinds: e-mail, IBAN, card, IP address, phone, key (an API key, a token or a private key).

    >>> spans("Write to ada@lovelace.org.")
    [Span(start=9, end=25, kind='e-mail')]
    """
    return list(_spans(text))


@lru_cache(maxsize=2**12)
def _spans(text: str) -> tuple[Span, ...]:
    """Kept for the next signal that asks about the same text."""
    if not _WORTH_A_LOOK.search(text):
        return ()
    found: list[Span] = []
    for kind, pattern, is_one in _RULES:
        for match in pattern.finditer(text):
            if is_one(match[0]):
                found.append(Span(match.start(), match.end(), kind))
                # What is found is taken out, so that a card number is not found again as a phone number.
                text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    return tuple(sorted(found))


def masked(text: str) -> str:
    """The text with every span replaced by its kind.

    >>> masked("Write to ada@lovelace.org.")
    'Write to [e-mail].'
    """
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    place = 0
    for start, end, kind in spans(text):
        yield from (text[place:start], f"[{kind}]")
        place = end
    yield text[place:]


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


def _is_card(number: str) -> bool:
    """Visa, Mastercard, American Express, Discover, Diners Club, JCB, UnionPay, Maestro begin with 2 to 6."""
    return number[0] in "23456" and passes_luhn(number)


def _is_public(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_global
    except ValueError:
        return False


@lru_cache(maxsize=2**12)
def _is_phone(number: str) -> bool:
    """Whether the numbering plan of its country has the number; without a country code the USA's, as written there."""
    import phonenumbers

    digits = re.sub(r"\D", "", number)
    if len(set(digits)) < 3 or digits in "01234567890123456789" or "555" in (digits[-7:-4], digits[-10:-7]):
        return False
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "US"))
    except phonenumbers.NumberParseException:
        return False


def _is_real(email: str) -> bool:
    host = email.rpartition("@")[2].casefold()
    return not re.search(r"(?:^|\.)(?:example|email|domain|test|invalid|yourdomain|company)(?:\.\w+)?$", host)


_Rule = tuple[str, re.Pattern[str], Callable[[str], bool]]
_KEY: Final = (
    r"\bA(?:KIA|SIA)[0-9A-Z]{16}\b"  # Amazon
    r"|\bsk-[A-Za-z0-9_-]{20,200}"  # OpenAI, Anthropic and others
    r"|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{22,255}|\bglpat-[\w-]{20,64}"
    r"|\bxox[abprs]-[A-Za-z0-9-]{10,200}|\bhf_[A-Za-z]{34}\b|\bAIza[0-9A-Za-z_-]{35}"
    r"|\b[sr]k_live_[0-9A-Za-z]{16,99}|\bSG\.[\w-]{22}\.[\w-]{43}|\bnpm_[A-Za-z0-9]{36}\b|\bpypi-[\w-]{50,255}"
    r"|\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{10,2000}"  # JSON web token
    r"|-----BEGIN (?:[A-Z]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:[\sA-Za-z0-9+/=:,.-]{0,8000}?-----END (?:[A-Z]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----)?"
)
_CARD: Final = r"\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5}|\d{13,19}"  # as they are printed
# In this order, each pattern linear.
_RULES: Final[tuple[_Rule, ...]] = (
    ("key", re.compile(_KEY), bool),
    (
        "e-mail",
        re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"),
        _is_real,
    ),
    ("IBAN", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b", re.ASCII), passes_mod97),
    ("card", re.compile(rf"(?<![\d.-])(?:{_CARD})(?![\d.-]?\d)", re.ASCII), _is_card),
    ("IP address", re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)", re.ASCII), _is_public),
    (
        "IP address",
        re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){2,7}:?(?:[0-9a-fA-F]{1,4}:?){0,6}[0-9a-fA-F]{1,4}(?![\w:])"),
        _is_public,
    ),
    (
        "phone",
        re.compile(
            r"(?<![\w.+])\+[1-9](?:[ ().-]{0,2}\d){7,14}(?!\d)|(?<![\d.\w-])\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?![\d-])"
        ),
        _is_phone,
    ),
)
_WORTH_A_LOOK: Final = re.compile(
    r"@|\d[\d .()-]{6}|\d\.\d|[0-9a-fA-F]:[0-9a-fA-F:]|\b[A-Z]{2}\d\d|A(?:K|S)IA|[sr]k[-_]|gh[pousr]_|github_pat|glpat"
    r"|xox|hf_|AIza|SG\.|npm_|pypi-|eyJ"
    r"|-----BEGIN"
)
