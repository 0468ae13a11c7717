"""The guidelines as a reader sees them: of Markdown, headings, lists, quotations, bold and italic words alone.

They may have come with a workspace from elsewhere, so they are hostile like sample text: no links, images, tags,
colours, icons or formulas (T1, T2).
"""

import re

from pages._parts.plain import plain

_LINE = re.compile(r"^(?P<indent> {0,6})(?P<mark>#{1,4} |[-*+] |\d{1,3}[.)] |> )?(?P<rest>.*)$")
_BOLD = re.compile(r"\\\*\\\*(\S(?:.*?\S)?)\\\*\\\*")
_ITALIC = re.compile(r"(?<!\\\*)\\\*(?!\\\*)([^\s*\\](?:[^*]*?[^\s*\\])?)\\\*(?!\\\*)")


def as_markdown(text: str) -> str:
    r"""Markdown in which only what is listed above means anything.

    >>> as_markdown("## Tone\n- **Be** kind ![x](http://evil)")
    '##### Tone\n- **Be** kind \\!\\[x\\]\\(http\u200c\\:\\/\\/evil\\)'
    """
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    found = _LINE.match(line)
    assert found is not None  # every part of the pattern may be empty
    words = _ITALIC.sub(r"*\1*", _BOLD.sub(r"**\1**", plain(found["rest"])))
    mark = found["mark"] or ""
    if mark.startswith("#"):
        return f"{'#' * min(6, len(mark) + 2)} {words}" if words else ""
    # Two spaces at the end keep the line ends that the writer made.
    return f"{found['indent']}{mark}{words}{'' if mark.strip() in ('-', '*', '+') else '  '}" if words else ""
