"""Samples against references: people's samples, an origin, a file whose rows become no samples."""

import json
from contextlib import closing

import numpy as np
import pytest

from curation.errors import NotReady
from curation.facets import Facets
from curation.importers import preview
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages import referencing
from curation.stages.covering import adopt, curve, far_from_reference, sample_distances, uncovered
from curation.stages.referencing import Reference, Scope, reference_job, signal_of
from curation.stages.seeds import read_seeds
from curation.store import open_workspace
from curation.store.browse import count
from curation.store.references import forget_look, item_distances, read_looks
from curation.store.samples import add_samples, count_samples
from curation.store.signals import list_measured


class Words:
    """An embedder without a model: a column for each word."""

    name = revision = "words"

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.columns: dict[str, int] = {}

    def embed_batches(self, texts):
        self.seen += texts
        if texts:
            yield np.arange(len(texts)), np.array([self.vector(text) for text in texts], np.float32)

    def vector(self, text):
        row = np.zeros(64, np.float32)
        for word in text.lower().strip(".?").split():
            row[self.columns.setdefault(word, len(self.columns))] += 1
        return row / np.linalg.norm(row)


@pytest.fixture(autouse=True)
def words_as_vectors(monkeypatch):
    embedder = Words()
    monkeypatch.setattr(referencing, "chosen_embedder", lambda _workspace: embedder)
    return embedder


ALL = Scope(Facets(), "all samples")
PEOPLE = ["Write a poem about rivers.", "Explain the rules of chess."]
MODEL = ["Write a poem about a river.", "Write a poem about the sea.", "Describe how bread is baked."]


@pytest.fixture
def ws(tmp_path):
    with closing(open_workspace(tmp_path / "w.duckdb")) as workspace:
        by = [Origin("alpaca", "seeds.jsonl", f"line {at}") for at in range(2)]
        made = [Origin("self_instruct", "small", f"r{at}", model="small") for at in range(3)]
        samples = zip([*PEOPLE, *MODEL], [*by, *made], strict=True)
        add_samples(workspace, "run", [Collected(Sample(text, output="x"), origin) for text, origin in samples])
        yield workspace


def compare(workspace, reference, scope=ALL):
    said = run_now(workspace, reference_job(workspace, reference, scope))
    return said, read_looks(workspace)[0]


def test_people_are_covered_where_a_model_came_near(ws):
    said, look = compare(ws, Reference("people"))
    assert said == "3 samples compared with 2 items of samples written by people."
    near, far = item_distances(ws, look.name)
    assert near < 0.3 < far
    assert [item.collected.sample.instruction for item in uncovered(ws, look, 0.3)] == [PEOPLE[1]]
    assert uncovered(ws, look, 2.0) == []
    found = curve(ws, look)
    at = found.steps.index(0.3)
    assert (found.covered[at], found.covered[-1]) == (0.5, 1)
    assert list(found.near) == sorted(found.near)


def test_what_lies_far_from_a_reference_can_be_narrowed_down_to(ws):
    _, look = compare(ws, Reference("people"))
    distances = np.sort(sample_distances(ws, look))
    facets = far_from_reference(look, float(distances[1]))
    assert count(ws, facets) == 1
    assert count(ws, far_from_reference(look, 2)) == 0
    assert Facets.from_query(facets.to_query()) == facets


def test_an_origin_is_a_reference_and_a_scope_narrows_the_samples(ws):
    _, look = compare(ws, Reference("origin", "seeds.jsonl"), Scope(Facets(text="bread"), "bread"))
    assert (look.samples, look.scope, len(item_distances(ws, look.name))) == (1, "bread", 2)
    assert look.test.p == 1, "one sample says nothing about where it comes from"


def test_rows_of_a_file_are_compared_and_become_samples_only_when_asked(ws, tmp_path):
    path = tmp_path / "logs.jsonl"
    rows = [{"instruction": text, "output": ""} for text in ("How do I bake bread?", "Fix my bike.", PEOPLE[0])]
    path.write_text("\n".join(json.dumps(row | {"input": ""}) for row in rows), encoding="utf-8")
    layout = preview(str(path)).layout
    _, look = compare(ws, Reference("file", "logs.jsonl", str(path), layout))
    assert count_samples(ws) == 5
    items = uncovered(ws, look, 0.5)
    assert items[0].collected.sample.instruction == "Fix my bike."
    assert items[0].sample is None
    numbers = adopt(ws, look, items)
    assert numbers == adopt(ws, look, items), "twice is once"
    seeds = read_seeds(ws, numbers)
    assert "Fix my bike." in [seed.sample.instruction for seed in seeds]
    assert all(seed.human for seed in seeds)
    assert count(ws, Facets(origins=("logs.jsonl",))) == len(numbers)


def test_items_that_are_samples_are_the_seeds_themselves(ws):
    _, look = compare(ws, Reference("people"))
    assert adopt(ws, look, uncovered(ws, look, 0.0)) == (0, 1)
    assert count_samples(ws) == 5


def test_a_new_look_takes_the_place_of_the_one_before_and_can_be_forgotten(ws):
    compare(ws, Reference("people"))
    _, look = compare(ws, Reference("people"), Scope(Facets(text="poem"), "poems"))
    assert [one.samples for one in read_looks(ws)] == [2]
    assert list_measured(ws)[look.signal].samples == 2
    forget_look(ws, look.name)
    assert read_looks(ws) == []


def test_nothing_is_embedded_twice(ws, words_as_vectors):
    compare(ws, Reference("people"))
    before = len(words_as_vectors.seen)
    compare(ws, Reference("origin", "seeds.jsonl"))
    assert before == len(words_as_vectors.seen) == 5


@pytest.mark.parametrize(
    ("reference", "scope", "words"),
    [
        (Reference("origin", "nowhere"), ALL, "has no text"),
        (Reference("people"), Scope(Facets(origins=("seeds.jsonl",)), "seeds"), "No sample is left"),
        (Reference("file", "logs.jsonl", "logs.jsonl"), ALL, "how the rows"),
    ],
)
def test_an_empty_side_is_said(ws, reference, scope, words):
    with pytest.raises(NotReady, match=words):
        compare(ws, reference, scope)


def test_a_name_makes_a_signal_that_no_other_one_begins_with():
    assert not signal_of("logs 2").startswith(signal_of("logs"))
    assert signal_of("<b>*x*</b>") == "distance to “b x b”"
