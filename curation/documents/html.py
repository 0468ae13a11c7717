"""HTML → blocks, read as a stream: no tree is built, so nesting costs nothing."""

from collections.abc import Iterator
from pathlib import Path

from curation.documents.block import Block, Document
from curation.documents.caps import content, refuse_binary
from curation.errors import BadFile

SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "footer", "aside"} | {"form", "button", "select", "svg"}
)
"""Elements whose text is no part of what the page says."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "blockquote", "pre", "ul", "ol", "dl", "body"}
    | {"table", "figure", "figcaption", "hr"}
)
LINES = frozenset({"br", "li", "tr", "dt", "dd"})
"""Elements that start a new line in the same block."""
CELLS = frozenset({"td", "th"})
_CHUNK = 1 << 16


class Reading:
    """Takes the events of a parser and makes blocks of them."""

    def __init__(self) -> None:
        """Start outside of everything."""
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._linked = self._skipping = self._in_link = self._in_code = 0
        self._heading = False

    def start(self, tag: str, _attributes: object) -> None:
        """An element begins."""
        self._skipping += tag in SKIPPED
        self._in_link += tag == "a"
        self._in_code += tag == "pre"
        self._border(tag)
        self._heading = self._heading or tag in HEADINGS
        if tag in LINES:
            self._parts.append("\n- " if tag == "li" else "\n")
        elif tag in CELLS and self._parts and not self._parts[-1].endswith("\n"):
            self._parts.append(" | ")

    def end(self, tag: str) -> None:
        """An element ends; a parser may report the end of what never began."""
        self._border(tag)
        self._skipping -= tag in SKIPPED and self._skipping > 0
        self._in_link -= tag == "a" and self._in_link > 0
        self._in_code -= tag == "pre" and self._in_code > 0

    def data(self, text: str) -> None:
        """A piece of text."""
        if self._skipping:
            return
        plain = text if self._in_code else _collapsed(text)
        self._parts.append(plain)
        self._linked += len(plain.strip()) if self._in_link else 0

    def comment(self, text: str) -> None:
        """A comment says nothing."""

    def close(self) -> tuple[Block, ...]:
        """All blocks."""
        self._flush()
        return tuple(self.blocks)

    def _border(self, tag: str) -> None:
        if tag in BLOCKS or tag in HEADINGS:
            self._flush()

    def _flush(self) -> None:
        text = "".join(self._parts)
        lines = (line.rstrip() if self._in_code else " ".join(line.split()) for line in text.split("\n"))
        text = "\n".join(line for line in lines if line and line != "-").strip()
        if text:
            self.blocks.append(Block(text, self._heading, min(self._linked, len(text))))
        self._parts, self._linked, self._heading = [], 0, False


def html(path: Path) -> Iterator[Document]:
    """One document; menus, forms, scripts and what stands at the foot are left out.

    Raises:
        BadFile: empty, binary or over a cap.
    """
    from lxml import etree

    data = content(path)
    refuse_binary(path, data)
    parser = etree.HTMLParser(target=Reading(), no_network=True, encoding=_encoding(data))
    try:
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
        blocks: tuple[Block, ...] = parser.close()
    except (etree.LxmlError, ValueError) as error:
        raise BadFile(f"{path.name} cannot be read as HTML ({error}).") from None
    yield Document(path.name, blocks)


def _encoding(data: bytes) -> str | None:
    """UTF-8 where it is; None lets the page's own words decide."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _collapsed(text: str) -> str:
    """White space as a browser shows it: one space for any."""
    inner = " ".join(text.split())
    before, after = " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
    return f"{before}{inner}{after}" if inner else before or after
