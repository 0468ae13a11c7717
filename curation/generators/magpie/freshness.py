"""Which instructions of a run are sound and new: the filters of Magpie that need no judge.

The filter that comes with Magpie (magpie-align/magpie) keeps no instruction that ends with a colon and none twice;
exp/gen_dis.py counts as repeated what is nearer than 0.05 in squared L2 distance of unit vectors: a cosine above 0.975.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curation.generators.fault import Fault, quoted
from curation.prompts import Model, Vectors
from curation.rouge import words
from curation.sample import Seed


class Freshness:
    """Grows with every sound instruction. It depends on nothing but the pool and the order of the calls.

    Args:
        pool: instructions that may not come again word for word.
        fewest_words: of an instruction.
        most_similarity: the highest cosine with an instruction made before; 1 for no comparison.
    """

    def __init__(self, pool: Sequence[Seed], fewest_words: int, most_similarity: float) -> None:
        """Start with the pool."""
        self._seen = {_plain(seed.sample.instruction) for seed in pool}
        self._fewest, self._most = fewest_words, most_similarity
        self._texts: list[str] = []
        self._vectors: Vectors = np.empty((0, 0), np.float32)

    def faults(self, texts: Sequence[str], model: Model) -> list[Fault | None]:
        """What is wrong with each text, earlier ones counting for later ones; None for one that is sound and new."""
        found = [self._fault(text) for text in texts]
        sound = [place for place, fault in enumerate(found) if fault is None]
        if self._most < 1 and sound:
            for place, vector in zip(sound, model.embed([texts[place] for place in sound]), strict=True):
                found[place] = self._too_near(texts[place], vector)
        return found

    def _fault(self, text: str) -> Fault | None:
        if text.rstrip("\"'”’)").endswith((":", "：")):
            return Fault("ends with a colon", "what it announces does not follow")
        count = len(words(text))
        if count < self._fewest:
            return Fault("too short", f"{count} words (fewest {self._fewest})")
        if _plain(text) in self._seen:
            return Fault("exact copy", "the same instruction is there already")
        self._seen.add(_plain(text))
        return None

    def _too_near(self, text: str, vector: NDArray[np.float32]) -> Fault | None:
        """Compare with all before it; where it is far enough from them, it counts for the next."""
        count = len(self._texts)
        if count:
            cosines = self._vectors[:count] @ vector
            nearest = int(cosines.argmax())
            if cosines[nearest] > self._most:
                facts = f"cosine {cosines[nearest]:.3f} with {quoted(self._texts[nearest])} (most {self._most:.3f})"
                return Fault("too similar", facts)
        if count == len(self._vectors):
            larger = np.empty((max(64, 2 * count), len(vector)), np.float32)
            larger[:count] = self._vectors[:count].reshape(count, len(vector))
            self._vectors = larger
        self._vectors[count] = vector
        self._texts.append(text)
        return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
