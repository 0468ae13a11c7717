"""ROUGE-L between new texts and a growing pool, exact and fast enough to ask about every new text.

ROUGE-L F1 (Lin 2004, https://aclanthology.org/W04-1013) of two texts of m and n words whose longest common subsequence
has L words is 2·L / (m + n). That is the normalised Indel similarity of two strings when every word is one character,
which rapidfuzz computes hundreds of times faster than the package `rouge_score` computes the same number.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from curation.errors import CurationError
from curation.sample import Near

Floats = NDArray[np.float32]

# Scripts that put no space between words: kana, Han (also beyond the basic plane), Thai, Lao, Burmese, Khmer.
_UNSPACED = (
    r"\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    r"\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
)
UNSPACED = re.compile(f"[{_UNSPACED}]")
"""One character of a script that puts no space between words: it counts as a word."""
_ASCII_WORD = re.compile("[a-z0-9]+")
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+")
_SURROGATES, _SURROGATE_COUNT, _CHARACTERS = 0xD800, 0x800, 0x110000
_UNKNOWN = "\0"
"""Stands for every word that the pool does not have: it equals no character in it."""
_COLUMNS = 1 << 16
"""Texts of the pool in one step, so that what a step needs beside its result is bounded."""
_CELLS = 1 << 23
"""Similarities in memory at a time (32 MB) while the nearest are looked for."""
_ROUNDING = np.float32(1e-6)
"""More than the rounding of a similarity to float32."""


def words(text: str) -> list[str]:
    """The words of a text in lower case; what is neither letter nor digit divides them.

    For ASCII the words of `rouge_score` without its stemmer, which is how Self-Instruct and Alpaca use it. That package
    sees only a–z and 0–9, so that "Größe" is two words and Greek or Chinese none at all; here every letter counts, and
    each character of a script without spaces between words is a word. Vowel signs (in Hindi, for example) divide words.

    >>> words("It's the 2nd größe_x 東京")
    ['it', 's', 'the', '2nd', 'größe', 'x', '東', '京']
    """
    lower = text.lower()
    return (_ASCII_WORD if lower.isascii() else _WORD).findall(lower)


@dataclass(frozen=True)
class Closeness:
    """How near a text is to a pool.

    Args:
        nearest: the most similar texts with their ROUGE-L F1 in float64, most similar first; equal ones in pool order.
        average: mean ROUGE-L F1 to the whole pool; NaN for an empty pool.
    """

    nearest: tuple[Near, ...] = ()
    average: float = float("nan")

    @property
    def most(self) -> float:
        """The highest ROUGE-L F1, 0 for an empty pool; the very float that `rouge_score` gives, also at ties."""
        return self.nearest[0].similarity if self.nearest else 0.0


UNCOMPARED = Closeness()
"""Of a text that was not compared, or with an empty pool."""


class Pool:
    """Texts that new ones are compared with. Words are mapped to characters once, when a text is added.

    >>> pool = Pool(["Name a colour.", "Add two numbers."])
    >>> pool.nearest(["Name a warm colour!"], 1)[0].nearest
    (Near(text='Name a colour.', similarity=0.8571428571428571),)
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        """Start with these texts."""
        self._characters: dict[str, str] = {}
        self._texts: list[str] = []
        self._encoded: list[str] = []
        self.add(texts)

    def __len__(self) -> int:
        """How many texts are in the pool."""
        return len(self._texts)

    def add(self, texts: Iterable[str]) -> None:
        """Put texts at the end of the pool. The most frequent new words get the lowest characters, which is faster.

        Raises:
            CurationError: the pool has more than 1,112,063 different words.
        """
        left = iter(texts)
        while block := list(islice(left, _COLUMNS)):
            split = [words(text) for text in block]
            new = Counter(word for word in chain.from_iterable(split) if word not in self._characters)
            for word, _ in new.most_common():
                self._characters[word] = _character(len(self._characters) + 1)
            self._texts += block
            self._encoded += [self._encode(text) for text in split]

    def scores(self, texts: Sequence[str]) -> Floats:
        """ROUGE-L F1 of every text with every text of the pool: float32 of shape (len(texts), len(pool)).

        A text without words scores 0, also with another one.
        """
        encoded = [self._encode(words(text)) for text in texts]
        found = np.empty((len(texts), len(self)), np.float32)
        for start in range(0, len(self), _COLUMNS):
            found[:, start : start + _COLUMNS] = _similarities(encoded, self._encoded[start : start + _COLUMNS])
        found[[not text for text in encoded]] = 0.0
        return found

    def nearest(self, texts: Sequence[str], k: int = 10) -> list[Closeness]:
        """The k most similar texts of the pool, and the mean similarity to all of it, for every text."""
        if not len(self):
            return [UNCOMPARED for _ in texts]
        return list(self._nearest(texts, min(k, len(self))))

    def _nearest(self, texts: Sequence[str], k: int) -> Iterator[Closeness]:
        rows = max(1, _CELLS // len(self))
        for start in range(0, len(texts), rows):
            block = texts[start : start + rows]
            for text, row in zip(block, self.scores(block), strict=True):
                yield Closeness(self._exact(text, row, k), float(row.mean(dtype=np.float64)))

    def _exact(self, text: str, row: Floats, k: int) -> tuple[Near, ...]:
        """The k most similar by the float64 of `rouge_score`: a decision at a bound may hang on its last bit."""
        least = np.partition(row, len(row) - k)[len(row) - k] - _ROUNDING
        places = np.flatnonzero(row >= least)
        lengths = np.array([len(self._encoded[place]) for place in places.tolist()], np.float64)
        exact = _f1(row[places], len(words(text)), lengths)
        first = np.argsort(-exact, kind="stable")[:k]
        return tuple(Near(self._texts[places[at]], float(exact[at])) for at in first.tolist())

    def _encode(self, split: Iterable[str]) -> str:
        return "".join(self._characters.get(word, _UNKNOWN) for word in split)


def _f1(similarity: Floats, own: int, others: NDArray[np.float64]) -> NDArray[np.float64]:
    """ROUGE-L F1 as `rouge_score` rounds it: from precision and recall, 0 where nothing is common."""
    common = np.rint(similarity.astype(np.float64) * (own + others) / 2)
    precision, recall = common / max(own, 1), common / np.maximum(others, 1)
    return np.asarray(2 * precision * recall / np.where(common > 0, precision + recall, 1.0))


def _similarities(rows: Sequence[str], columns: Sequence[str]) -> Floats:
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    return process.cdist(rows, columns, scorer=Indel.normalized_similarity, workers=-1, dtype=np.float32)


def _character(number: int) -> str:
    code = number if number < _SURROGATES else number + _SURROGATE_COUNT
    if code >= _CHARACTERS:
        raise CurationError(
            "The pool has more than 1,112,063 different words, too many to compare. Choose a smaller pool."
        )
    return chr(code)
