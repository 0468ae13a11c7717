"""How a map is laid out and how its clusters are found: what a reader chooses and what is kept with the map."""

from dataclasses import dataclass
from typing import Literal

Method = Literal["sift", "umap-learn"]
Metric = Literal["cosine", "euclidean"]
Way = Literal["k-means", "hdbscan"]


@dataclass(frozen=True)
class Layout:
    """The options of UMAP; the same samples and options give the same map.

    Args:
        method: who lays out, Sift's own code or the package umap-learn.
        neighbours: samples that shape the surroundings of each, the sample itself among them; few show detail, many
            the whole.
        min_distance: how close together points may lie, as a share of the reach of a neighbourhood, 0 to 1.
        metric: how far apart two vectors are: 1 - cosine, or the length of their difference.
        seed: of all chance.
    """

    method: Method = "sift"
    neighbours: int = 15
    min_distance: float = 0.1
    metric: Metric = "cosine"
    seed: int = 42


@dataclass(frozen=True)
class Grouping:
    """How clusters are found.

    Args:
        way: `k-means` on the vectors gives every sample a cluster; `hdbscan` on the map gives one to those that lie
            densely, and none to the rest.
        number: for k-means how many clusters, for HDBSCAN how many samples the smallest has; 0 for a rule of thumb.
    """

    way: Way = "k-means"
    number: int = 0
    seed: int = 42
