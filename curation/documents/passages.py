"""Documents → passages between two lengths, cut where a heading, a paragraph or at least a sentence ends.

Li et al. 2023 (Humpback, https://arxiv.org/abs/2308.06259) take segments of 600 to 3,000 characters of web pages and
drop those that are headers or repetition. What counts as repetition here is the bound of Rae et al. 2021 (Gopher,
https://arxiv.org/abs/2112.11446): 30 % of the lines are repeated.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curation.documents.block import Block, Document

MOST_LINKED = 0.5
MOST_HEADED = 0.5
MOST_REPEATED = 0.3
_END = re.compile(r"[.!?…][\"'”’)\]]*\s|[。！？]|\n")
_BETWEEN = "\n\n"
_HUGE = 50_000
"""Characters of the longest block that is cut directly."""
_PART = re.compile(rf"(?s:.{{1,{_HUGE}}})(?:\s|$)|(?s:.{{1,{_HUGE}}})")


@dataclass(frozen=True)
class Passage:
    """A part of a document.

    Args:
        document: its name.
        number: 1, 2, 3 … in the document.
        text: as it stands there, paragraphs with an empty line between them.
        rule: why it is not good for anything, in two or three words; "" where it is good.
        reason: the same with its facts.
    """

    document: str
    number: int
    text: str
    rule: str = ""
    reason: str = ""


def passages(document: Document, least: int = 600, most: int = 3000) -> list[Passage]:
    """The passages of a document in order; together they hold all its text.

    Args:
        document: what to cut.
        least: fewest characters of a good one; only the last one of a document can be shorter.
        most: most characters, at least twice as many as `least`.
    """
    return [
        Passage(document.name, number, _text(blocks), *_fault(blocks, least))
        for number, blocks in enumerate(_grouped(document.blocks, least, most), start=1)
    ]


def _grouped(blocks: Sequence[Block], least: int, most: int) -> list[list[Block]]:
    groups: list[list[Block]] = []
    held: list[Block] = []
    for block in (piece for whole in blocks for piece in _pieces(whole)):
        if block.heading and _length(held) >= least:
            groups.append(held)
            held = []
        held = _filled(groups, held, block, (least, most))
    if held:
        groups.append(held)
    if len(groups) > 1 and _length(groups[-1]) < least and _length(groups[-2] + groups[-1]) <= most:
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups


def _pieces(block: Block) -> Iterator[Block]:
    """A block of ordinary length as it is; a huge one in parts, because each cut copies what is left."""
    if len(block.text) <= _HUGE:
        yield block
        return
    for found in _PART.finditer(block.text):
        if found[0].strip():
            yield Block(found[0].strip(), block.heading, block.linked * len(found[0]) // len(block.text))


def _filled(groups: list[list[Block]], held: list[Block], block: Block, bounds: tuple[int, int]) -> list[Block]:
    """Put a block to those held; what is full goes to the groups. Gives those held afterwards."""
    least, most = bounds
    while _length([*held, block]) > most:
        if _length(held) >= least:
            done, held = _without_last_headings(held, least)
            groups.append(done)
            continue
        room = most - (_length(held) + len(_BETWEEN) if held else 0)
        first, block = _cut(block, room)
        groups.append([*held, first])
        held = []
    return [*held, block] if block.text else held


def _without_last_headings(held: list[Block], least: int) -> tuple[list[Block], list[Block]]:
    """A heading belongs to what follows it."""
    at = len(held)
    while at > 1 and held[at - 1].heading and _length(held[: at - 1]) >= least:
        at -= 1
    return held[:at], held[at:]


def _cut(block: Block, room: int) -> tuple[Block, Block]:
    """The start of a block that has room, and its rest: cut after a sentence, else at a space, else anywhere."""
    window = block.text[: room + 1]
    ends = [found.end() for found in _END.finditer(window) if room // 2 <= found.end() <= room]
    at = ends[-1] if ends else window.rfind(" ", room // 2, room) + 1 or room
    first, rest = block.text[:at].strip(), block.text[at:].strip()
    share = at / len(block.text)
    return Block(first, block.heading, int(block.linked * share)), Block(
        rest, block.heading, int(block.linked * (1 - share))
    )


def _fault(blocks: Sequence[Block], least: int) -> tuple[str, str]:
    characters = sum(len(block.text) for block in blocks)
    linked = sum(block.linked for block in blocks) / max(1, characters)
    headed = sum(len(block.text) for block in blocks if block.heading) / max(1, characters)
    repeated = _repeated(_text(blocks))
    length = _length(blocks)
    faults = (
        (length < least, "too short", f"{length:,} characters (fewest {least:,})"),
        (linked > MOST_LINKED, "mostly links", f"{linked:.0%} of the characters are links (most {MOST_LINKED:.0%})"),
        (headed > MOST_HEADED, "mostly headings", f"{headed:.0%} of the characters are headings"),
        (repeated > MOST_REPEATED, "repeated lines", f"{repeated:.0%} of the lines stand there more than once"),
    )
    return next(((rule, reason) for holds, rule, reason in faults if holds), ("", ""))


def _repeated(text: str) -> float:
    """Share of the lines that stood there before."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return 1 - len(set(lines)) / len(lines) if lines else 0.0


def _text(blocks: Sequence[Block]) -> str:
    return _BETWEEN.join(block.text for block in blocks)


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks) + len(_BETWEEN) * max(0, len(blocks) - 1)
