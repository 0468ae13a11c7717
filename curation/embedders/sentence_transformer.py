"""Any sentence-transformers model."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import ClassVar

from pydantic import Field

from curation.embedders import encoder
from curation.methods import Embedder, Vectors


class SentenceTransformerModel(Embedder):
    """Another sentence-transformers model.

    Loaded from safetensors only; a model that brings its own code is refused.
    """

    name: ClassVar[str] = "sentence-transformers"
    model: str = Field(description="Name on the Hugging Face hub, or a folder", min_length=1)
    precision: encoder.Precision = Field("fp32", description="Numbers that the model works with")

    @property
    def revision(self) -> str:
        """What a stored vector is keyed by: model, weights and number format. Loads the model.

        Raises:
            ModelError: the model cannot be loaded.
        """
        return f"{self.model}@{_fingerprint(self.model)} {self.precision}"

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; float32 of shape (len(texts), dimension), every row of length one.

        Raises:
            ModelError: the model cannot be loaded.
        """
        return encoder.embed(self._loaded(), texts)

    def embed_batches(self, texts: Sequence[str], batch: int = 64) -> Iterator[encoder.Batch]:
        """Embed batch by batch: positions in `texts` and their vectors, each position once.

        Raises:
            ModelError: the model cannot be loaded.
        """
        return encoder.embed_batches(self._loaded(), texts, batch)

    def _loaded(self) -> encoder.Encoder:
        return encoder.load(self.model, offline=False, precision=self.precision)


@lru_cache(maxsize=4)
def _fingerprint(model: str) -> str:
    """Of the weights as loaded, so that a folder whose weights were replaced is another revision."""
    return encoder.fingerprint(encoder.load(model, offline=False).state_dict())
