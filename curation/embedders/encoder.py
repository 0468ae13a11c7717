"""A loaded sentence-transformers model, one per process, and how texts go through it: batch by batch, unpadded."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from threading import RLock
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from curation.computing.processor import cores
from curation.errors import ModelError
from curation.methods import Vectors

Batch = tuple[NDArray[np.int64], Vectors]
Precision = Literal["fp32", "bf16"]
"""The numbers that a model works with. They give other vectors, so they are part of what names a space."""

_WINDOW = 8192
"""Texts whose lengths are looked at together: enough to fill batches, few enough to start at once."""
_TOKENS = 8192
"""Most word pieces in one batch, so that long texts do not fill the memory."""
_lock = RLock()
"""Fast tokenizers change state while they work, so one thread uses the model at a time."""


class Encoder(Protocol):
    """What is used of `sentence_transformers.SentenceTransformer`."""

    max_seq_length: int | None

    def encode(
        self, inputs: list[str], *, batch_size: int, show_progress_bar: bool, normalize_embeddings: bool
    ) -> Vectors:
        """Embed texts in batches."""

    def state_dict(self) -> Mapping[str, "_Tensor"]:
        """All weights by name."""

    def get_embedding_dimension(self) -> int | None:
        """Columns of a vector."""


class _Tensor(Protocol):
    def float(self) -> "_Tensor": ...

    def cpu(self) -> "_Tensor": ...

    def numpy(self) -> NDArray[np.float32]: ...


def load(path: str, offline: bool, precision: Precision = "fp32") -> Encoder:
    """Load a model from safetensors, without running code that comes with it; the last one is kept.

    Torch's threads are set to one less than there are cores: with every core spinning, one busy neighbour
    slows a run tenfold.

    Args:
        path: a folder, or a name on the Hugging Face hub.
        offline: never ask the network.
        precision: of the weights and of all that is computed.

    Raises:
        ModelError: there is no such model here, or it needs its own code, or has no safetensors file.
    """
    with _lock:
        return _load(path, offline, precision)


@lru_cache(maxsize=1)
def _load(path: str, offline: bool, precision: Precision) -> Encoder:
    import torch
    import transformers
    from sentence_transformers import SentenceTransformer

    transformers.logging.disable_progress_bar()
    transformers.logging.set_verbosity_error()
    torch.set_num_threads(max(1, cores() - 1))
    try:
        encoder: Encoder = SentenceTransformer(
            path,
            trust_remote_code=False,
            local_files_only=offline,
            model_kwargs={"use_safetensors": True, "dtype": torch.bfloat16 if precision == "bf16" else torch.float32},
        )
    except (OSError, ValueError, ImportError, KeyError, TypeError, RuntimeError) as error:
        reason = str(error).strip().split("\n", 1)[0] or type(error).__name__
        raise ModelError(f"The embedding model {path} could not be loaded: {reason}") from error
    return encoder


def fingerprint(state: Mapping[str, _Tensor]) -> str:
    """Eight hexadecimal digits of the SHA-256 of all weights, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(state):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(state[name].float().cpu().numpy()).tobytes())
    return digest.hexdigest()[:8]


def embed(encoder: Encoder, texts: Sequence[str], batch: int = 64) -> Vectors:
    """All vectors at once, float32 of shape (len(texts), dimension), in the order of the texts."""
    vectors = np.empty((len(texts), encoder.get_embedding_dimension() or 0), np.float32)
    for indices, part in embed_batches(encoder, texts, batch):
        vectors[indices] = part
    return vectors


def embed_batches(encoder: Encoder, texts: Sequence[str], batch: int = 64) -> Iterator[Batch]:
    """Embed batch by batch, so that a run shows progress and can stop between two.

    Texts of one length in word pieces go together: nothing is padded, which is 1.3 times as fast as mixed
    batches, and no vector depends on its neighbours.

    Yields:
        positions in `texts` (int64) and their unit vectors (float32, one row each). Each position comes
        once; the order is by length within windows of 8,192 texts, longest first.
    """
    for start in range(0, len(texts), _WINDOW):
        window = [readable(text) for text in texts[start : start + _WINDOW]]
        with _lock:
            lengths = _lengths(encoder, window)
        for part in _buckets(lengths, batch):
            with _lock:
                vectors = encoder.encode(
                    [window[i] for i in part],
                    batch_size=len(part),
                    show_progress_bar=False,
                    normalize_embeddings=True,
                )
            yield part + start, _unit(np.asarray(vectors, np.float32))


def _unit(vectors: Vectors) -> Vectors:
    """The rows at length one: those of a model in bf16 are up to half a per cent longer or shorter."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    is_off = np.abs(lengths - 1) > 1e-4
    return np.asarray(np.where(is_off, vectors / np.maximum(lengths, 1e-12), vectors), np.float32)


def readable(text: str) -> str:
    """The text without lone surrogates, which tokenizers refuse."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _lengths(encoder: Encoder, texts: list[str]) -> NDArray[np.int64]:
    """Word pieces per text as the model will see it; all alike where the tokenizer cannot tell (static models)."""
    tokenizer = getattr(encoder, "tokenizer", None)
    if not callable(tokenizer):
        return np.ones(len(texts), np.int64)
    limit = encoder.max_seq_length
    pieces = tokenizer(texts, truncation=limit is not None, max_length=limit)["input_ids"]
    return np.array([len(ids) for ids in pieces], np.int64)


def _buckets(lengths: NDArray[np.int64], batch: int) -> Iterator[NDArray[np.int64]]:
    """Positions cut into batches of one length each, at most `batch` rows and `_TOKENS` word pieces, longest first."""
    order = np.argsort(-lengths, kind="stable")
    for run in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
        size = max(1, min(batch, _TOKENS // max(1, int(lengths[run[0]]))))
        yield from (run[i : i + size] for i in range(0, len(run), size))
