"""How evenly samples are spread over the clusters of the map."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from curation.diversity.measures import entropy
from curation.diversity.metrics.metric import LabelMetric


class ClusterEntropy(LabelMetric):
    """Entropy of clusters.

    Over the clusters of the map, which were found on all samples together; a new map can change the number.

    >>> ClusterEntropy()(["poems", "maths", "poems", "maths"])
    1.0
    """

    name: ClassVar[str] = "cluster_entropy"
    signal: ClassVar[str] = "cluster"
    unit: ClassVar[str] = "bits"
    meaning: ClassVar[str] = "How evenly samples are spread over the clusters of the map; 0 where all are in one."

    def __call__(self, labels: Sequence[str]) -> float:
        """Entropy in bits."""
        return entropy(Counter(labels).values()) / math.log(2)
