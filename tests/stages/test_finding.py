"""Samples by meaning and nearest ones: the same as comparing with every vector one by one."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from curation.errors import BadInput, NotReady
from curation.facets import Facets
from curation.recipe import Recipe, Rule
from curation.sample import Collected, Origin, Sample
from curation.stages.curating import apply_recipe
from curation.stages.embedding import chosen_embedder, find_pairs
from curation.stages.finding import NEAREST, nearest_to, searched
from curation.stages.nearing import near_bounds
from curation.store import Workspace, open_workspace
from curation.store.listing import Order, page
from curation.store.samples import add_samples
from curation.store.signals import write_signals
from curation.store.vectors import missing_texts, read_vectors, write_vectors

COUNT = 240


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened: Workspace = open_workspace(Path(tmp_path_factory.mktemp("finding")) / "w.duckdb")
    made = [Sample(f"Name river {n}.", output="x") for n in range(COUNT)]
    add_samples(opened, "run", [Collected(one, Origin("test", "here", str(n))) for n, one in enumerate(made)])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def embedded(ws: Workspace) -> Workspace:
    embedder = chosen_embedder(ws)
    hashes, texts = zip(*missing_texts(ws, embedder.revision, "prompt"), strict=True)
    write_vectors(ws, embedder.revision, hashes, np.asarray(embedder(texts), np.float32))
    find_pairs(ws, embedder.revision, "prompt")
    return ws


def test_without_vectors_it_says_what_to_do(ws: Workspace) -> None:
    with pytest.raises(NotReady, match="Map page"):
        searched(ws, Facets(meaning="rivers"))
    assert nearest_to(ws, 0) == []
    with pytest.raises(BadInput, match="no regular expression"):
        searched(ws, Facets(pattern="["))
    assert searched(ws, Facets(text="x", pattern="[0-9]")) == Facets(text="x", pattern="[0-9]")


def test_the_nearest_to_a_sentence_come_first(embedded: Workspace) -> None:
    found = searched(embedded, Facets(meaning="Name river 17."))
    assert found.meant is not None
    assert len(found.meant) == NEAREST
    assert found.meant[0] == 17
    assert [line.number for line in page(embedded, found, 3, order=Order("meaning"))] == list(found.meant[:3])
    assert searched(embedded, Facets(meaning="Name river 17.")) == found
    assert Facets.from_query(found.to_query()) == Facets(meaning="Name river 17.")


@pytest.mark.parametrize("number", [0, 100, COUNT - 1])
def test_the_ten_nearest_are_those_of_a_comparison_with_all(embedded: Workspace, number: int) -> None:
    """I13: ten with their similarity, most similar first, without the sample itself."""
    numbers, vectors = read_vectors(embedded, chosen_embedder(embedded).revision, "prompt")
    cosines = vectors @ vectors[number]
    wanted = sorted((n for n in numbers.tolist() if n != number), key=lambda n: (-cosines[n], n))[:10]
    near = nearest_to(embedded, number)
    assert [other for other, _ in near] == wanted
    assert [similarity for _, similarity in near] == pytest.approx([min(1.0, cosines[n]) for n in wanted], abs=1e-6)


def test_bounds_are_near_by_the_samples_that_lie_between(ws: Workspace) -> None:
    write_signals(ws, 0, {"words": [float(n) for n in range(COUNT)]})
    apply_recipe(ws, Recipe(rules=(Rule(signal="words", least=40, most=200),)), "r", "me")
    assert [(near.bound, near.is_least) for near in near_bounds(ws, 41)] == [(40, True)]
    assert [near.between for near in near_bounds(ws, 199)] == [pytest.approx(2 / COUNT)]
    assert near_bounds(ws, 120) == near_bounds(ws, 30) == []
    assert len(near_bounds(ws, 120, close=1.0)) == 2
