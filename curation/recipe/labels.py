"""Labels of samples as codes, so that a rule on a million of them is a look-up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Labels:
    """What samples are labelled with: a sample may have no label, one, or several.

    Args:
        total: how many samples there are.
        samples: the number of the sample of each entry, int32 of shape (entries,).
        codes: the place in `names` of each entry's label, int32 of shape (entries,).
        names: the labels, each once.
    """

    total: int
    samples: NDArray[np.int32]
    codes: NDArray[np.int32]
    names: tuple[str, ...]

    @staticmethod
    def of(labels: Sequence[str]) -> "Labels":
        """One label per sample by number, "" for none.

        >>> Labels.of(["en", "", "de"]).names
        ('en', 'de')
        """
        names = tuple(dict.fromkeys(label for label in labels if label))
        places = {name: place for place, name in enumerate(names)}
        samples = [number for number, label in enumerate(labels) if label]
        codes = [places[labels[number]] for number in samples]
        return Labels(len(labels), np.asarray(samples, np.int32), np.asarray(codes, np.int32), names)

    def any_of(self, words: Collection[str]) -> NDArray[np.bool_]:
        """Which samples have at least one of these labels: booleans of shape (total,).

        >>> Labels.of(["en", "", "de"]).any_of({"de"}).tolist()
        [False, False, True]
        """
        wanted = np.fromiter((name in words for name in self.names), np.bool_, len(self.names))
        return self._spread(wanted)

    def present(self) -> NDArray[np.bool_]:
        """Which samples have a label at all."""
        return self._spread(np.ones(len(self.names), np.bool_))

    def counts(self) -> list[tuple[str, int]]:
        """(label, samples), the most frequent first.

        >>> Labels.of(["en", "", "de", "de"]).counts()
        [('de', 2), ('en', 1)]
        """
        sizes = np.bincount(self.codes, minlength=len(self.names)).tolist()
        return sorted(zip(self.names, sizes, strict=True), key=lambda item: (-item[1], item[0]))

    def counts_in(self, chosen: NDArray[np.bool_]) -> dict[str, int]:
        """By label, how many of its samples are among the chosen ones (booleans of shape (total,))."""
        sizes = np.bincount(self.codes[chosen[self.samples]], minlength=len(self.names)).tolist()
        return dict(zip(self.names, sizes, strict=True))

    def __getitem__(self, number: int) -> str:
        """The labels of one sample, "" where it has none."""
        return ", ".join(self.names[code] for code in self.codes[self.samples == number].tolist())

    def _spread(self, wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """From names to samples."""
        found = np.zeros(self.total, np.bool_)
        found[self.samples[wanted[self.codes]]] = True
        return found
