"""Vectors → positions on a map, clusters and their titles."""

from curation.mapping.clusters import centre_distances, cluster
from curation.mapping.layout import place
from curation.mapping.nearest import neighbours
from curation.mapping.titles import titles

__all__ = ["centre_distances", "cluster", "neighbours", "place", "titles"]
