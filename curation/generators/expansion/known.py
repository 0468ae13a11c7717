"""What is there already: a new text that is too close to it, by its words or by its meaning, is refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from curation.generators.fault import Fault, quoted
from curation.prompts import Model, Vectors
from curation.rouge import UNCOMPARED, Closeness, Pool

NEAREST = 10
"""So many of the most similar texts are noted with a new one, as Self-Instruct does."""


@dataclass(frozen=True)
class Bounds:
    """How close a new text may come to any that is known.

    Args:
        rouge: highest ROUGE-L F1, 0 to 1.
        cosine: highest cosine of the embeddings; 1 to embed nothing.
    """

    rouge: float
    cosine: float = 1.0


class Known:
    """Texts that new ones are compared with; each text that is let in is one of them from then on."""

    def __init__(self, texts: Iterable[str], bounds: Bounds, model: Model) -> None:
        """Start from these texts; equal ones count once. They are embedded only if a bound needs it."""
        self._texts = list(dict.fromkeys(texts))
        self._plain = {plain(text) for text in self._texts}
        self._pool = Pool(self._texts)
        self._bounds, self._model = bounds, model
        self._vectors = model.embed(self._texts) if bounds.cosine < 1 and self._texts else None
        self._used = len(self._texts)
        self._kin = {text: [at] for at, text in enumerate(self._texts)}

    def admit(
        self, texts: Sequence[str], own: str = "", vectors: Vectors | None = None
    ) -> list[tuple[Fault | None, Closeness]]:
        """Judge texts one after the other, each also against those before it that were let in.

        Args:
            texts: without outer white space.
            own: the text that they were made from. Their meaning is its meaning, so cosines with it and with what
                else was made from it do not count.
            vectors: of the texts, where the caller has them already.
        """
        if self._bounds.cosine == 1 or not texts:
            vectors = None
        elif vectors is None:
            vectors = self._model.embed(texts)
        return [self._judge(text, None if vectors is None else vectors[[at]], own) for at, text in enumerate(texts)]

    def _judge(self, text: str, vector: Vectors | None, own: str) -> tuple[Fault | None, Closeness]:
        if plain(text) in self._plain:
            return Fault("exact copy", "the same text is there already"), UNCOMPARED
        closeness = self._pool.nearest([text], NEAREST)[0]
        fault = self._worded(closeness) or (None if vector is None else self._meant(vector, own))
        if fault is None:
            self._add(text, vector, own)
        return fault, closeness

    def _worded(self, closeness: Closeness) -> Fault | None:
        if closeness.most <= self._bounds.rouge:
            return None
        return too_similar("ROUGE-L", closeness.most, closeness.nearest[0].text, self._bounds.rouge)

    def _meant(self, vector: Vectors, own: str) -> Fault | None:
        if self._vectors is None:
            return None
        cosines = self._vectors[: self._used] @ vector[0]
        cosines[self._kin.get(own, [])] = -1.0
        most = int(cosines.argmax())
        if cosines[most] <= self._bounds.cosine:
            return None
        return too_similar("cosine", float(cosines[most]), self._texts[most], self._bounds.cosine)

    def _add(self, text: str, vector: Vectors | None, own: str) -> None:
        self._plain.add(plain(text))
        self._kin.setdefault(own or text, []).append(len(self._texts))
        self._texts.append(text)
        self._pool.add([text])
        if vector is not None:
            self._keep(vector)

    def _keep(self, vector: Vectors) -> None:
        """Room grows by doubling, so that a long run does not copy all vectors for each new one."""
        held = np.empty((0, vector.shape[1]), np.float32) if self._vectors is None else self._vectors
        if self._used == len(held):
            held = np.concatenate([held, np.empty((max(16, len(held)), vector.shape[1]), np.float32)])
        held[self._used] = vector[0]
        self._vectors, self._used = held, self._used + 1


def too_similar(measure: str, value: float, text: str, most: float) -> Fault:
    """The fault of a text that is closer to another than it may be."""
    return Fault("too similar", f"{measure} {value:.2f} with {quoted(text)} (most {most:.2f})")


def plain(text: str) -> str:
    """In lower case and with single spaces: texts that are equal so are copies."""
    return " ".join(text.casefold().split())
