"""Vectors → a map, its clusters and their titles. A map is kept; the clusters of the one that is shown are signals."""

from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from curation.errors import NotReady
from curation.layouts import Grouping, Layout
from curation.mapping import centre_distances, cluster, dense_clusters, neighbours, place, titles
from curation.methods import Vectors
from curation.runs import Job, Step
from curation.store import Workspace
from curation.store.maps import (
    Map,
    list_maps,
    read_clusters,
    read_positions,
    read_titles,
    show_map,
    start_clusters,
    write_clusters,
    write_map,
)
from curation.store.signals import forget_signals, write_column, write_labels
from curation.store.vectors import read_texts, read_vectors

PLAIN = Layout()
K_MEANS = Grouping()
NONE = "none"
"""What a sample of a map is labelled that lies in no cluster."""


def seconds_for(samples: int) -> float:
    """About how many seconds of one core it takes to lay out so many samples: each is compared with every other.

    From 52,002 rows of 384 columns on an AMD EPYC with bfloat16 (`benchmarks/layout.py`); without it the comparisons
    take about twice as long.
    """
    return 3.3e-9 * samples**2 + 2.8e-4 * samples


def draw_map(
    workspace: Workspace,
    model: str,
    field: str,
    how: tuple[Layout, Grouping] = (PLAIN, K_MEANS),
    step: Step | None = None,
) -> int:
    """Lay out every embedded sample, group them and name the groups; gives the number of samples placed.

    What the vectors say of each sample is kept as signals: see `tell_nearest` and `tell_clusters`.

    Args:
        workspace: where samples are, and where the map is kept in place of one of the same model, field and layout.
        model: revision of the embedding model.
        field: what was embedded.
        how: how the map is laid out, and how its clusters are found.
        step: told (done, steps) now and then.

    Raises:
        NotReady: nothing has been embedded.
    """
    layout, grouping = how
    numbers, vectors = read_vectors(workspace, model, field)
    if not len(numbers):
        raise NotReady("There is nothing to draw: import or generate samples first.")
    near = neighbours(vectors, layout.neighbours - 1, step)
    tell_nearest(workspace, field, numbers, near)
    positions = place(vectors, layout, step, found=near)
    key = write_map(workspace, model, field, layout, (numbers, positions))
    group_map(workspace, found_map(workspace, key), grouping)
    return len(numbers)


def found_map(workspace: Workspace, key: str) -> Map:
    """The map of this key.

    Raises:
        NotReady: there is none any more.
    """
    found = next((one for one in list_maps(workspace) if one.id == key), None)
    if found is None:
        raise NotReady("This map is not there any more; lay it out anew.")
    return found


def group_map(workspace: Workspace, shown: Map, grouping: Grouping = K_MEANS) -> int:
    """Find the clusters of a map anew and call them by distinctive words; gives how many there are."""
    numbers, vectors = _on_map(workspace, shown)
    if grouping.way == "hdbscan":
        found = dense_clusters(read_positions(workspace, shown.id)[1], grouping.number)
    else:
        found = cluster(vectors, grouping.seed, grouping.number or None)
    texts = read_texts(workspace, shown.field, numbers)
    inside = found >= 0
    named = titles([text for text, is_in in zip(texts, inside, strict=True) if is_in], found[inside])
    start_clusters(workspace, shown.id, _in_words(grouping, len(named)), distinct(named))
    write_clusters(workspace, shown.id, numbers, found)
    tell_clusters(workspace, shown)
    return len(named)


def group_job(workspace: Workspace, key: str, grouping: Grouping) -> Job:
    """Find the clusters of a map anew, as a run."""

    def work(_run: str, step: Step) -> str:
        step(0, 1)
        return f"{group_map(workspace, found_map(workspace, key), grouping):,} clusters found."

    return Job("embed", grouping.way, {"map": key} | asdict(grouping), work)


def choose_map(workspace: Workspace, key: str) -> None:
    """Show a map that was made before; what is said about clusters is then about its own.

    Raises:
        NotReady: there is none of this key any more.
    """
    shown = found_map(workspace, key)
    show_map(workspace, key)
    if len(read_clusters(workspace, key)[0]):
        tell_clusters(workspace, shown)
    else:
        group_map(workspace, shown)  # a map from before clusters were kept with it


def tell_clusters(workspace: Workspace, shown: Map) -> None:
    """Keep as signals what the clusters of a map say: `cluster`, and `centre_distance` for samples that are in one."""
    numbers, found = read_clusters(workspace, shown.id)
    named = {code: title for code, (title, _) in read_titles(workspace, shown.id).items()}
    labels = {number: named.get(code, NONE) for number, code in zip(numbers.tolist(), found.tolist(), strict=True)}
    write_labels(workspace, "cluster", labels)
    on_map, vectors = _on_map(workspace, shown)
    known = np.isin(on_map, numbers[found >= 0])
    codes = found[np.searchsorted(numbers, on_map[known])]
    write_column(workspace, "centre_distance", on_map[known], centre_distances(vectors[known], codes))


def tell_nearest(
    workspace: Workspace, field: str, numbers: NDArray[np.int32], near: tuple[NDArray[np.int32], Vectors]
) -> None:
    """Keep as signals the cosine of each sample with the most similar other one, and the number of that one.

    They are called `neighbour_similarity` and `neighbour_sample` for the whole prompt, and have the field's name behind
    for other fields, such as `neighbour_similarity_output`.
    """
    which, cosines = near
    names = [
        f"{name}{'' if field == 'prompt' else f'_{field}'}" for name in ("neighbour_similarity", "neighbour_sample")
    ]
    if not which.shape[1]:
        forget_signals(workspace, names)
        return
    for name, values in zip(names, (cosines[:, 0].clip(-1, 1), numbers[which[:, 0]]), strict=True):
        write_column(workspace, name, numbers, values)


def distinct(named: list[str]) -> list[str]:
    """Titles of which no two are alike, and none is the word for no cluster.

    >>> distinct(["poem", "poem", "none"])
    ['poem', 'poem (2)', 'none (2)']
    """
    taken, found = {NONE}, []
    for title in named:
        free, more = title, 2
        while free in taken:
            free, more = f"{title} ({more})", more + 1
        taken.add(free)
        found.append(free)
    return found


def _on_map(workspace: Workspace, shown: Map) -> tuple[NDArray[np.int32], Vectors]:
    """Numbers, ascending, and vectors of the samples that are on a map."""
    numbers, vectors = read_vectors(workspace, shown.model, shown.field)
    there = np.isin(numbers, read_positions(workspace, shown.id)[0])
    return (numbers, vectors) if there.all() else (numbers[there], vectors[there])


def _in_words(grouping: Grouping, clusters: int) -> str:
    if grouping.way == "k-means":
        return f"k-means, {clusters} clusters"
    size = f", at least {grouping.number} samples each" if grouping.number else ""
    return f"HDBSCAN, {clusters} clusters{size}"
