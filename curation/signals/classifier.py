"""A text classifier of the reader's own: a model on this computer that gives each of its labels a probability."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from curation.errors import ModelError
from curation.methods import Plugin
from curation.sample import Sample
from curation.signals.texts import conversation

BATCH = 16
LONGEST = 512
"""Word pieces of a text that are looked at, where the model does not take fewer."""
_lock = Lock()

Probabilities = dict[str, NDArray[np.float64]]


class Classifier(Plugin):
    """A sequence-classification model on this computer.

    For example a toxicity model that you have downloaded. It is loaded from safetensors only, never from the network,
    and a model that brings its own code is refused (T24). Each label becomes a signal with its probability: over all
    labels together where a text has one of them, each by itself where the model says that it can have several. Long
    texts are cut after 512 word pieces.
    """

    name: ClassVar[str] = "classifier"
    model: str = Field(min_length=1, description="Folder of the model, or the name of one that is on this computer")
    part: Literal["conversation", "answer"] = Field(
        "conversation", description="What is looked at: all that a model is trained on, or the answer alone"
    )

    def version(self) -> str:
        """12 hexadecimal digits for the weights and everything that was asked for. Loads the model.

        Raises:
            ModelError: the model cannot be loaded.
        """
        said = f"{self.model_dump_json()} {_loaded(self.model).fingerprint}"
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:12]

    def __call__(self, samples: Sequence[Sample]) -> Probabilities:
        """Label → probability, 0 to 1, one per sample in the same order; NaN where there is no text.

        Raises:
            ModelError: the model cannot be loaded.
        """
        loaded = _loaded(self.model)
        texts = [(sample.output if self.part == "answer" else conversation(sample)).strip() for sample in samples]
        there = [place for place, text in enumerate(texts) if text]
        found = np.full((len(texts), len(loaded.labels)), np.nan)
        # Texts of one length go together, so that little is padded.
        there.sort(key=lambda place: len(texts[place]))
        for start in range(0, len(there), BATCH):
            places = there[start : start + BATCH]
            found[places] = loaded([texts[place].encode("utf-8", "replace").decode() for place in places])
        return {label: found[:, place] for place, label in enumerate(loaded.labels)}


class _Loaded:
    """A model and its tokenizer, ready; one text at a time goes through at once."""

    def __init__(self, name: str) -> None:
        import torch
        import transformers

        transformers.logging.disable_progress_bar()
        transformers.logging.set_verbosity_error()
        places = {"local_files_only": True, "trust_remote_code": False}
        self._tokenizer = transformers.AutoTokenizer.from_pretrained(name, **places)
        self._model = transformers.AutoModelForSequenceClassification.from_pretrained(
            name, use_safetensors=True, dtype=torch.float32, **places
        ).eval()
        config = self._model.config
        self.labels = tuple(str(config.id2label[place]) for place in range(config.num_labels))
        several = config.problem_type == "multi_label_classification" or config.num_labels == 1
        self._squash = torch.sigmoid if several else lambda logits: torch.softmax(logits, -1)
        limits = [LONGEST, self._tokenizer.model_max_length, getattr(config, "max_position_embeddings", LONGEST)]
        self._longest = int(min(limit for limit in limits if limit and limit > 0))
        digest = hashlib.sha256()
        for weight in self._model.state_dict().values():
            digest.update(weight.numpy().tobytes())
        self.fingerprint = digest.hexdigest()[:16]

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float64]:
        import torch

        with _lock, torch.inference_mode():
            asked = self._tokenizer(
                list(texts), truncation=True, max_length=self._longest, padding=True, return_tensors="pt"
            )
            found: NDArray[np.float64] = self._squash(self._model(**asked).logits).double().numpy()
        return found


@lru_cache(maxsize=1)
def _loaded(name: str) -> _Loaded:
    try:
        return _Loaded(name)
    except (OSError, ValueError, ImportError, KeyError, TypeError, RuntimeError, AttributeError) as error:
        reason = str(error).strip().split("\n", 1)[0] or type(error).__name__
        raise ModelError(
            f"The classifier {name} could not be loaded: {reason} Give the folder of a sequence-classification model "
            "with its tokenizer and model.safetensors."
        ) from error
