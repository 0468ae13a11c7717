"""Requests to express an amount in another unit."""

import re
from fractions import Fraction

from curation.generators.variation.skill import Skill, asked
from curation.generators.variation.skills_of_numbers import NUMBER, written

AMOUNT = re.compile(rf"({NUMBER.pattern}) ?(\S+)")
NAMES = {
    "m": "(?:m|met(?:er|re)s?)",
    "cm": "(?:cm|centimet(?:er|re)s?)",
    "km": "(?:km|kilomet(?:er|re)s?)",
    "g": "(?:g|grams?)",
    "kg": "(?:kg|kilograms?)",
    "minutes": "minutes?",
    "seconds": "seconds?",
    "F": "(?:F|Fahrenheit)",
    "C": "(?:C|Celsius)",
}
"""How an instruction may name the unit that it asks for."""

UNIT_TERMS = (
    "m cm km g kg c f hours hour minutes minute seconds second celsius fahrenheit meters metres meter metre "
    "centimeters centimetres kilometers kilometres grams gram kilograms degrees temperature distance length weight time"
)


def _conversion(units: tuple[str, str], factor: Fraction, zero: Fraction = Fraction()) -> Skill:
    """From one unit to another: value · factor + zero."""
    start, end = units

    def solve(text: str) -> str:
        found = AMOUNT.fullmatch(text.strip())
        if found is None or found[2] not in {start, f"°{start}"}:
            raise ValueError(f"not in {start}")
        return f"{written(Fraction(found[1]) * factor + zero)} {end}"

    return Skill(
        f"{start} to {end}",
        "units",
        (f"Convert the value to {end}.", f"How much is this in {end}?", f"Express the amount in {end}."),
        asked(rf".*\b(?:convert|express|how (?:much|many)|change|what is)\b.*\b{NAMES.get(end, end)}\b.*"),
        lambda random: f"{random.randint(1, 60) * 5} {start}",
        solve,
        terms=UNIT_TERMS,
    )


UNITS = (
    _conversion(("km", "m"), Fraction(1000)),
    _conversion(("m", "cm"), Fraction(100)),
    _conversion(("cm", "m"), Fraction(1, 100)),
    _conversion(("m", "km"), Fraction(1, 1000)),
    _conversion(("kg", "g"), Fraction(1000)),
    _conversion(("g", "kg"), Fraction(1, 1000)),
    _conversion(("hours", "minutes"), Fraction(60)),
    _conversion(("minutes", "seconds"), Fraction(60)),
    _conversion(("C", "F"), Fraction(9, 5), Fraction(32)),
)
