"""Texts → unit vectors. To add an embedder: write its file, then name it here."""

from curation.embedders.encoder import Batch, Precision
from curation.embedders.minilm import MiniLM
from curation.embedders.sentence_transformer import SentenceTransformerModel
from curation.methods import by_name

EMBEDDERS = by_name(MiniLM, SentenceTransformerModel)

__all__ = ["EMBEDDERS", "Batch", "MiniLM", "Precision", "SentenceTransformerModel"]
