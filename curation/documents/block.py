"""What is read from a document: its blocks of text in order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, a list, a table or a piece of code.

    Args:
        text: without outer white space, never empty.
        heading: whether it is a heading.
        linked: how many of its characters are links.
    """

    text: str
    heading: bool = False
    linked: int = 0


@dataclass(frozen=True)
class Document:
    """One document: its name, unique in the folder or file that it was read from, and its blocks."""

    name: str
    blocks: tuple[Block, ...]
