"""Numbers for how varied a collection is. To add one: write its file, then name it here, in the order to show.

No number stands for all: each sees one side, and a collection can gain on one while it loses on another.
"""

from curation.diversity.metrics.balance import Categories, TaskTypes
from curation.diversity.metrics.clusters import ClusterEntropy
from curation.diversity.metrics.compression import Compression
from curation.diversity.metrics.dc_score import DCScore
from curation.diversity.metrics.distinct import Distinct
from curation.diversity.metrics.length_spread import LengthSpread
from curation.diversity.metrics.metric import LabelMetric, Metric, TextMetric, VectorMetric
from curation.diversity.metrics.ngram_diversity import NgramDiversity
from curation.diversity.metrics.novel_sum import NovelSum
from curation.diversity.metrics.self_repetition import SelfRepetition
from curation.diversity.metrics.vendi import Vendi, VendiLargest
from curation.diversity.metrics.verb_object import VerbObjectEntropy, VerbObjectNumber
from curation.methods import by_name

METRICS: dict[str, type[Metric]] = by_name(
    VerbObjectEntropy,
    VerbObjectNumber,
    Vendi,
    VendiLargest,
    NovelSum,
    DCScore,
    ClusterEntropy,
    Distinct,
    NgramDiversity,
    SelfRepetition,
    Compression,
    LengthSpread,
    TaskTypes,
    Categories,
)

__all__ = ["METRICS", "LabelMetric", "Metric", "TextMetric", "VectorMetric"]
