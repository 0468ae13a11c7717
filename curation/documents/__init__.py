"""Documents that people wrote (text, Markdown, JSON lines, HTML, PDF) → passages of a size to work with."""

from curation.documents.block import Block, Document
from curation.documents.passages import Passage, passages
from curation.documents.reading import SUFFIXES, read_documents

__all__ = ["SUFFIXES", "Block", "Document", "Passage", "passages", "read_documents"]
