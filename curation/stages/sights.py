"""All that the Map page shows of a map, kept for a moment: a page is drawn again with every click."""

from dataclasses import dataclass
from functools import lru_cache

from curation.facets import Facets
from curation.stages.looking import Kind, Numbers, Picture, Title, picture_of, titles_of
from curation.stages.overlap import Group, Overlap, compare_groups
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.charts import Cluster, clusters_of, count_not_placed
from curation.store.maps import Map

GROUPS = "two groups"
"""The colour that tells two groups apart."""


@dataclass(frozen=True)
class Wanted:
    """What of a map is to be seen: the samples that match, and what they are coloured by.

    Args:
        facets: what the samples match.
        colour: one of `colours`, or `GROUPS`.
        kind: label or number.
        groups: the two groups, where the colour is theirs.
    """

    facets: Facets
    colour: str
    kind: Kind = "label"
    groups: tuple[Group, Group] | None = None


@dataclass(frozen=True)
class Sight:
    """What is to be seen.

    Args:
        matching: numbers of the samples that match, ascending, on the map or not.
        picture: the points.
        titles: the names of clusters, how many of those that match are in each, and where they stand.
        overlap: how two groups lie, where they were asked for.
    """

    matching: Numbers
    picture: Picture
    titles: tuple[Title, ...]
    overlap: Overlap | None = None


def look(workspace: Workspace, shown: Map, wanted: Wanted) -> Sight:
    """What there is to see of a map, looked up anew when anything was written since.

    Raises:
        NotReady: the colour is the split, and nothing is in that could be split.
    """
    return _look(workspace, shown, wanted, workspace.changes)


def clusters_among(workspace: Workspace, shown: Map, facets: Facets) -> tuple[Cluster, ...]:
    """The clusters of what matches, with what became of their samples."""
    return _clusters(workspace, shown.id, facets, workspace.changes)


def missing_from(workspace: Workspace, shown: Map) -> int:
    """How many samples could be on a map and are not."""
    return _missing(workspace, shown, workspace.changes)


@lru_cache(maxsize=2)
def _missing(workspace: Workspace, shown: Map, _changes: int) -> int:
    return count_not_placed(workspace, shown.id, shown.field)


# Two of each: the selection is drawn on what was there before, and a reader goes to and fro between two colours.
@lru_cache(maxsize=2)
def _look(workspace: Workspace, shown: Map, wanted: Wanted, changes: int) -> Sight:
    matching = _matching(workspace, wanted.facets, changes)
    overlap = compare_groups(workspace, shown.id, wanted.groups, wanted.facets, changes) if wanted.groups else None
    labels = (overlap.codes, [*_names(wanted.groups)]) if overlap and wanted.groups else None
    picture = picture_of(workspace, shown.id, matching, (wanted.colour, wanted.kind), labels)
    return Sight(matching, picture, tuple(titles_of(workspace, picture)), overlap)


@lru_cache(maxsize=2)
def _matching(workspace: Workspace, facets: Facets, _changes: int) -> Numbers:
    return numbers_of(workspace, facets)


@lru_cache(maxsize=2)
def _clusters(workspace: Workspace, key: str, facets: Facets, changes: int) -> tuple[Cluster, ...]:
    return tuple(clusters_of(workspace, key, _matching(workspace, facets, changes)))


def _names(groups: tuple[Group, Group]) -> tuple[str, str, str]:
    return f"only {groups[0].name}", "both", f"only {groups[1].name}"
