"""How evenly samples are spread over what they ask for."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from curation.diversity.measures import effective_number, entropy
from curation.diversity.metrics.metric import LabelMetric


class VerbObjectEntropy(LabelMetric):
    """Entropy of verb–object pairs.

    Shannon's −Σ p log₂ p over the pairs that Self-Instruct's sunburst shows (Wang et al. 2023).

    >>> VerbObjectEntropy()(["write story", "write story", "list fact", "name city"])
    1.5
    """

    name: ClassVar[str] = "verb_object_entropy"
    signal: ClassVar[str] = "verb_object"
    unit: ClassVar[str] = "bits"
    meaning: ClassVar[str] = (
        "How hard it is to guess what a sample asks for, as a verb and its object. One bit more is twice as many "
        "things asked for equally often."
    )

    def __call__(self, labels: Sequence[str]) -> float:
        """Entropy in bits."""
        return entropy(Counter(labels).values()) / math.log(2)


class VerbObjectNumber(LabelMetric):
    """Effective number of verb–object pairs.

    e to the entropy in nats, the Hill number of order 1 (Hill 1973).

    >>> round(VerbObjectNumber()(["write story", "list fact"]), 6)
    2.0
    """

    name: ClassVar[str] = "verb_object_number"
    signal: ClassVar[str] = "verb_object"
    digits: ClassVar[int] = 0
    meaning: ClassVar[str] = "How many pairs of verb and object would be as varied if all were equally frequent."

    def __call__(self, labels: Sequence[str]) -> float:
        """A number from 1 to the number of different pairs."""
        return effective_number(Counter(labels).values())
