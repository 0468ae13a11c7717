"""Small charts as SVG, drawn by hand: no browser and no plotting library is needed where an export is made."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]")
"""What XML refuses, and what would turn the direction of a text."""

LINE, LABELS, BARS, NUMBERS = 22, 150, 420, 80
"""Pixels: height of a bar with its gap; widths of the names, of the longest bar, of the numbers."""
LONGEST = 24
"""Characters of a name that are drawn."""


def bars(title: str, unit: str, rows: Sequence[tuple[str, int]]) -> str:
    """A bar chart that lies on its side: one row per name, its number written behind the bar.

    It carries its own white ground, so it can be read in a dark page too; names are text, whatever they hold.

    >>> bars("Colours", "samples", [("red", 2)]).count("<rect")
    2
    """
    most = max((number for _, number in rows), default=0) or 1
    width, height = LABELS + BARS + NUMBERS, LINE * (len(rows) + 3)
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="13" role="img" aria-label="{_text(title)}">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="10" y="{LINE}" font-weight="bold" fill="#222222">{_text(title)}</text>',
    ]
    for place, (name, number) in enumerate(rows):
        top, long = LINE * (place + 1.7), round(BARS * number / most, 1)
        drawn += [
            f'<text x="{LABELS - 8}" y="{top + 12:.1f}" text-anchor="end" fill="#222222">{_text(_short(name))}</text>',
            f'<rect x="{LABELS}" y="{top:.1f}" width="{long}" height="{LINE - 6}" fill="#0072b2"/>',
            f'<text x="{LABELS + long + 6:.1f}" y="{top + 12:.1f}" fill="#222222">{number:,}</text>',
        ]
    drawn.append(f'<text x="{LABELS}" y="{height - 8}" fill="#555555">{_text(unit)}</text>')
    return "\n".join([*drawn, "</svg>", ""])


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _text(text: str) -> str:
    return escape(UNPRINTABLE.sub("\ufffd", text), {'"': "&quot;"})
