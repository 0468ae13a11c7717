"""MiniLM's arithmetic without padding: texts of many lengths go through it as one long row of word pieces."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from curation.computing.processor import cores
from curation.embedders.encoder import Batch, Precision, readable
from curation.methods import Vectors

if TYPE_CHECKING:
    import torch

    Tensors = dict[str, torch.Tensor]

LONGEST = 256
"""Word pieces that the model was trained to read; what comes after them is cut."""
_LAYERS, _HEADS, _WIDTH, _EPSILON = 6, 12, 384, 1e-12
_WINDOW = 8192
"""Texts whose lengths are looked at together."""
_PIECES = 2048
"""Most word pieces that are multiplied at once: enough to read the weights seldom, few enough for the caches."""


class Packed:
    """The forward pass of all-MiniLM-L6-v2 (BERT, Devlin et al. 2019; mean of the last layer, length one).

    All that treats each word piece by itself is done for many texts at once, and only the attention text by text, for
    those of one length together. That is an eighth faster than batches of one length, and needs no transformers.

    Args:
        folder: with `model.safetensors` and `tokenizer.json`.
        precision: of the weights and of all that is computed.
    """

    def __init__(self, folder: Path, precision: Precision) -> None:
        import torch
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        torch.set_num_threads(max(1, cores() - 1))
        kind = torch.bfloat16 if precision == "bf16" else torch.float32
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        self._weights = _joined(load_file(folder / "model.safetensors"), kind)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """All vectors at once, float32 of shape (len(texts), 384), in the order of the texts."""
        vectors = np.empty((len(texts), _WIDTH), np.float32)
        for indices, part in self.embed_batches(texts):
            vectors[indices] = part
        return vectors

    def embed_batches(self, texts: Sequence[str], batch: int = _WINDOW) -> Iterator[Batch]:
        """As `encoder.embed_batches`; `batch` is the most texts in one."""
        for start in range(0, len(texts), _WINDOW):
            window = [readable(text) for text in texts[start : start + _WINDOW]]
            pieces = [found.ids for found in self._tokenizer.encode_batch(window)]
            lengths = np.array([len(ids) for ids in pieces], np.int64)
            for part in _packs(lengths, batch):
                yield part + start, self._vectors([pieces[i] for i in part], lengths[part])

    def _vectors(self, pieces: list[list[int]], lengths: NDArray[np.int64]) -> Vectors:
        """Unit vectors of texts in word pieces, longest first."""
        import torch
        from torch.nn.functional import gelu, normalize

        runs = _runs(lengths)
        with torch.inference_mode():
            rows = self._embedded(pieces, lengths)
            for layer in range(_LAYERS):
                name = f"encoder.layer.{layer}"
                seen = _attention(self._linear(rows, f"{name}.attention.self"), runs)
                rows = self._norm(
                    self._linear(seen, f"{name}.attention.output.dense") + rows, f"{name}.attention.output"
                )
                wide = gelu(self._linear(rows, f"{name}.intermediate.dense"))
                rows = self._norm(self._linear(wide, f"{name}.output.dense") + rows, f"{name}.output")
            means = [rows[at : at + m * n].view(m, n, _WIDTH).float().mean(1) for at, m, n in runs]
            vectors: Vectors = normalize(torch.cat(means), dim=1).numpy()
        return vectors

    def _embedded(self, pieces: list[list[int]], lengths: NDArray[np.int64]) -> "torch.Tensor":
        import torch

        words = torch.tensor([piece for ids in pieces for piece in ids])
        places = torch.from_numpy(np.concatenate([np.arange(length) for length in lengths]))
        word, place, kind = (
            self._weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")
        )
        return self._norm(word[words] + kind[0] + place[places], "embeddings")

    def _linear(self, rows: "torch.Tensor", name: str) -> "torch.Tensor":
        from torch.nn.functional import linear

        return linear(rows, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, rows: "torch.Tensor", name: str) -> "torch.Tensor":
        from torch.nn.functional import layer_norm

        weight, bias = (self._weights[f"{name}.LayerNorm.{part}"] for part in ("weight", "bias"))
        return layer_norm(rows, (_WIDTH,), weight, bias, _EPSILON)


def _joined(weights: "Tensors", kind: "torch.dtype") -> "Tensors":
    """The weights as numbers of this kind, those of query, key and value of a layer as one matrix."""
    import torch

    found = {name: tensor.to(kind) for name, tensor in weights.items() if tensor.is_floating_point()}
    for layer in range(_LAYERS):
        of = f"encoder.layer.{layer}.attention.self"
        for part in ("weight", "bias"):
            found[f"{of}.{part}"] = torch.cat([found.pop(f"{of}.{side}.{part}") for side in ("query", "key", "value")])
    return found


def _packs(lengths: NDArray[np.int64], batch: int) -> Iterator[NDArray[np.int64]]:
    """Positions, longest text first, at most `batch` and (but for one that is longer) `_PIECES` word pieces at once."""
    order = np.argsort(-lengths, kind="stable")
    ends = np.cumsum(lengths[order])
    start = 0
    while start < len(order):
        before = ends[start] - lengths[order[start]]
        stop = int(np.searchsorted(ends, before + _PIECES, side="right"))
        stop = max(start + 1, min(stop, start + batch))
        yield order[start:stop]
        start = stop


def _runs(lengths: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """For texts of one length after another: the first row, how many texts, and their length."""
    found, at = [], 0
    for run in np.split(lengths, np.flatnonzero(np.diff(lengths)) + 1):
        found.append((at, len(run), int(run[0])))
        at += int(run.sum())
    return found


def _attention(joined: "torch.Tensor", runs: list[tuple[int, int, int]]) -> "torch.Tensor":
    """What each word piece takes from those of its own text; `joined` holds query, key and value side by side."""
    import torch
    from torch.nn.functional import scaled_dot_product_attention

    seen = torch.empty(len(joined), _WIDTH, dtype=joined.dtype)
    for at, m, n in runs:
        query, key, value = joined[at : at + m * n].view(m, n, 3, _HEADS, -1).permute(2, 0, 3, 1, 4)
        found = scaled_dot_product_attention(query, key, value)
        seen[at : at + m * n] = found.transpose(1, 2).reshape(m * n, _WIDTH)
    return seen
