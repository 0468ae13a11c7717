"""PDF → blocks: the text of its pages without what stands at the head and foot of every page."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from curation.documents.block import Block, Document
from curation.documents.caps import MAX_PAGES, MAX_STREAM, MAX_UNPACKED, content
from curation.errors import BadFile

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_START = 1024
"""Bytes in which `%PDF` must stand."""
_EDGE = 2
"""Lines at the head and foot of a page that may be the same on every page."""
_SHORT = 0.8
"""A line that ends a sentence and is shorter than this share of the usual ends a paragraph."""
_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?[ \t]+[^\W\d].{0,80}|[^a-z.!?]{4,80}")
_PIECES = 200
"""Forms that one page may draw."""


def pdf(path: Path) -> Iterator[Document]:
    """One document; a scan has no text and is refused.

    Raises:
        BadFile: no PDF, encrypted, damaged, over a cap, or without text.
    """
    data = content(path)
    if b"%PDF" not in data[:_START]:
        raise BadFile(f"{path.name} is no PDF, whatever its name says. It was not opened.")
    pages = _pages(path, data)
    blocks = tuple(_blocks(_without_edges(pages)))
    if not blocks:
        raise BadFile(f"{path.name} has no text: it may be a scan. Run it through text recognition first.")
    yield Document(path.name, blocks)


def _pages(path: Path, data: bytes) -> list[list[str]]:
    """The lines of each page."""
    from pypdf import PdfReader, apply_configuration, get_configuration

    limits = replace(
        get_configuration(),
        zlib_maximum_output_length=MAX_STREAM,
        lzw_maximum_output_length=MAX_STREAM,
        run_length_maximum_output_length=MAX_STREAM,
        array_based_stream_maximum_output_length=MAX_STREAM,
        stream_decoding_work_maximum_length=4 * MAX_STREAM,
        xform_maximum_invocations_per_extraction=_PIECES,
        page_tree_maximum_entries=2 * MAX_PAGES,
        jbig2dec_binary=None,
    )
    try:
        with apply_configuration(limits):
            return list(_read(path, PdfReader(io.BytesIO(data))))
    except BadFile:
        raise
    except Exception as error:  # a damaged PDF can make the parser raise anything
        raise BadFile(f"{path.name} is damaged, or built to be ({type(error).__name__}: {error}).") from None


def _read(path: Path, reader: "PdfReader") -> Iterator[list[str]]:
    if reader.is_encrypted:
        raise BadFile(f"{path.name} is encrypted. Save it without a password, if you may.")
    if len(reader.pages) > MAX_PAGES:
        raise BadFile(f"{path.name} has more than {MAX_PAGES:,} pages (cap on pages). Split it.")
    unpacked = 0
    for page in reader.pages:
        unpacked += _size(page)
        if unpacked > MAX_UNPACKED:
            raise BadFile(f"{path.name} unpacks to more than {MAX_UNPACKED:,} bytes (cap on unpacked bytes).")
        yield [" ".join(line.split()) for line in page.extract_text().split("\n")]


def _size(page: "PageObject") -> int:
    """Bytes that describe a page, unpacked."""
    described = page.get_contents()
    return 0 if described is None else len(described.get_data())


def _without_edges(pages: Sequence[list[str]]) -> Iterator[str]:
    """All lines but those that stand at the head or foot of most pages, whatever their numbers."""
    edges = Counter(edge for page in pages for edge in {_form(line) for line in _edges(page)})
    usual = {edge for edge, count in edges.items() if count >= 3 and count > len(pages) / 2}
    for page in pages:
        ends = {id(line) for line in _edges(page) if _form(line) in usual}
        yield from (line for line in page if id(line) not in ends)


def _edges(page: list[str]) -> list[str]:
    full = [line for line in page if line]
    return full if len(full) <= 2 * _EDGE else full[:_EDGE] + full[-_EDGE:]


def _form(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _blocks(lines: Iterator[str]) -> Iterator[Block]:
    """Paragraphs, put together from lines."""
    every = list(lines)
    lengths = sorted(len(line) for line in every if line)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    held: list[str] = []
    for line in every:
        heading = _is_heading(line)
        if heading or not line:
            yield from _paragraph(held)
        if heading:
            yield Block(line, heading=True)
            continue
        _append(held, line)
        if line.endswith((".", "!", "?", ":")) and len(line) < _SHORT * usual:
            yield from _paragraph(held)
    yield from _paragraph(held)


def _paragraph(held: list[str]) -> Iterator[Block]:
    text = "".join(held).strip()
    held.clear()
    if text:
        yield Block(text)


def _is_heading(line: str) -> bool:
    return bool(_HEADING.fullmatch(line)) and not line.endswith((".", ",", ";")) and any(map(str.isalpha, line))


def _append(held: list[str], line: str) -> None:
    """Put a line to a paragraph; a word that was divided at the end of the line before becomes whole."""
    last = held[-1] if held else ""
    if last.endswith("-") and last[-2:-1].isalpha() and line[:1].islower():
        held[-1] = last[:-1]
    elif held:
        held.append(" ")
    held.append(line)
