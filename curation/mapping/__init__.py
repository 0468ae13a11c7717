"""Vectors → positions on a map, clusters and their titles."""

from curation.mapping.clusters import centre_distances, cluster
from curation.mapping.density import dense_clusters
from curation.mapping.layout import place, place_later
from curation.mapping.nearest import nearest_among, neighbours
from curation.mapping.titles import titles

__all__ = [
    "centre_distances",
    "cluster",
    "dense_clusters",
    "nearest_among",
    "neighbours",
    "place",
    "place_later",
    "titles",
]
