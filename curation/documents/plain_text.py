"""Plain text and Markdown → blocks."""

import re
from collections.abc import Iterator
from pathlib import Path

from curation.documents.block import Block, Document
from curation.documents.caps import text_of

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t]*#*$")
_FENCE = re.compile(r"[ \t]*(```+|~~~+)")
_LINK = re.compile(r"!?\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)|<https?://[^>\s]{1,2000}>|https?://\S{1,2000}")


def plain_text(path: Path) -> Iterator[Document]:
    """One document of paragraphs, with empty lines between them.

    Raises:
        BadFile: not UTF-8, empty or over a cap.
    """
    yield Document(path.name, blocks_of_text(text_of(path)))


def markdown(path: Path) -> Iterator[Document]:
    """One document; headings count as such, code stays in one piece, front matter is left out.

    Raises:
        BadFile: not UTF-8, empty or over a cap.
    """
    yield Document(path.name, tuple(_markdown_blocks(_FRONT_MATTER.sub("", text_of(path)))))


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """The paragraphs of a text."""
    return tuple(_paragraph(part) for part in re.split(r"\n[ \t]*\n", text) if part.strip())


def _markdown_blocks(text: str) -> Iterator[Block]:
    held: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        heading = None if fence or mark else _HEADING.match(line)
        if heading or (not fence and not line.strip()):
            yield from _closed(held)
        if heading:
            yield Block(heading[1], heading=True)
        elif line.strip() or fence:
            held.append(line)
        fence = _fence_after(fence, mark)
    yield from _closed(held)


def _fence_after(fence: str, mark: re.Match[str] | None) -> str:
    """The mark that closes the code which the next line is in, "" outside of code."""
    if mark is None:
        return fence
    return mark[1] if not fence else "" if mark[1].startswith(fence) else fence


def _closed(held: list[str]) -> Iterator[Block]:
    text = "\n".join(held)
    held.clear()
    if text.strip():
        yield _paragraph(text)


def _paragraph(text: str) -> Block:
    text = text.strip("\n").rstrip()
    return Block(text.strip(), linked=sum(len(found[0]) for found in _LINK.finditer(text)))
