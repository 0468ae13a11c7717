"""Blanks that nobody filled in."""

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import FENCE, whole_text

_WORDS: Final = (
    r"(?:insert|enter|your|my|his|her|their|recipient|sender|company|customer|client|employer|employee|employee's"
    r"|first|last|full|name|date|address|city|state|country|phone|email|e-mail|title|position|subject|topic|product"
    r"|business|organi[sz]ation|amount|number|link|url|image|picture|placeholder|fill|x+)"
)
_BLANK: Final = re.compile(
    rf"\[(?i:{_WORDS})\b[^\[\]\n]{{0,40}}\](?!\()"  # not the text of a Markdown link
    rf"|<(?i:{_WORDS})(?:[ _-][^<>\n]{{1,40}})?>"
    r"|\{\{ ?[A-Za-z_][\w .]{0,40} ?\}\}|(?<![$\w])\{(?:topic|name|input|text|instruction|question|context|subject)\}"
    r"|\b(?:TODO|FIXME|TBD|XXX+)\b|\b[Ll]orem ipsum\b|_{5,}"
)
_HINTS: Final = ("[", "<", "{", "TODO", "FIXME", "TBD", "XXX", "orem ipsum", "_____")
_HTML: Final = re.compile(r"</\w|<\w+ [a-z-]+=")


class Placeholders(Signal):
    """Blanks that nobody filled in.

    How many places such as "[insert name]", "<your city>", "{topic}", "{{ date }}", "TODO", "_____" and "lorem ipsum"
    there are anywhere in the sample. Known false hits: templates that were asked for (a letter with "[Your name]"),
    gaps to be filled ("She _____ home"), the notes of programmers. Where there is HTML or fenced code, 0.

    >>> Placeholders()([Sample("Write to [insert name] about {topic}."), Sample("See [1] and {x}.")])
    [2.0, 0.0]
    """

    name: ClassVar[str] = "placeholders"
    unit: ClassVar[str] = "places"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every sample."""
        return [_count(whole_text(sample)) for sample in samples]


def _count(text: str) -> float:
    if not any(hint in text for hint in _HINTS) or FENCE.search(text) or _HTML.search(text):
        return 0.0
    return float(sum(1 for _ in _BLANK.finditer(text)))
