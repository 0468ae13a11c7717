"""Generation as a run: what is made, what is stored, what is said."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

import pytest

from curation.errors import Cancelled, CurationError, NotReady
from curation.facets import Facets
from curation.generators import GENERATORS, Paraphrase, Templates
from curation.methods import Generator
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.generating import foretaste, generate, generate_job
from curation.store import Workspace, open_workspace
from curation.store.browse import count
from curation.store.runs import recent_runs
from curation.store.samples import add_samples, count_samples, read_origins, read_refusals, read_samples

TABLE = "text,label\nGood bread.,positive\nCold soup.,negative\n,positive\n"


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    pool = [("Describe the water cycle.", ""), ("Describe a tree.", ""), ("Sort these numbers.", "3, 1, 2")]
    answers = ["Water rises and falls.", "It has a trunk.", "1, 2, 3"]
    made = [Sample(*asked, output=said) for asked, said in zip(pool, answers, strict=True)]
    add_samples(ws, "run", [Collected(one, Origin("test", "here", one.id)) for one in made])
    return ws


class Many(Generator):
    """So many samples."""

    name: ClassVar[str] = "many"
    number: int = 1200

    def __call__(self, pool: Sequence[Sample]) -> Iterator[Collected]:
        del pool
        for at in range(self.number):
            yield Collected(Sample(f"Task {at}", output="x"), Origin(self.name, "here", str(at)))

    def requested(self, pool: Sequence[Sample]) -> int:
        del pool
        return self.number + 100


def test_a_run_stores_what_the_method_makes_and_a_second_one_adds_nothing(filled: Workspace) -> None:
    before = count_samples(filled)
    first = run_now(filled, generate_job(filled, Paraphrase(), Facets(methods=("test",))))
    made = count_samples(filled) - before
    assert first == f"{made} made, {made} new, 0 were there already."
    assert made == count(filled, Facets(methods=("paraphrase",))) > 0
    second = run_now(filled, generate_job(filled, Paraphrase(), Facets(methods=("test",))))
    assert second == f"{made} made, 0 new, {made} were there already."


def test_every_child_names_its_parent(filled: Workspace) -> None:
    run_now(filled, generate_job(filled, Paraphrase(), Facets()))
    ids = {sample.id for sample in read_samples(filled, range(3))}
    for number in range(3, count_samples(filled)):
        (_, origin), *_ = read_origins(filled, number)
        assert set(origin.parents) <= ids
        assert origin.parents


def test_rows_of_a_table_that_cannot_be_used_are_kept_with_their_reason(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE)
    said = run_now(ws, generate_job(ws, Templates(path=tmp_path / "t.csv", per_row=1)))
    assert said == "2 made, 2 new, 0 were there already, 1 rows of the source refused."
    (refusal,) = read_refusals(ws, recent_runs(ws)[0].id)
    assert refusal.place == "t.csv, row 3"


def test_a_method_that_makes_nothing_says_what_to_do(ws: Workspace) -> None:
    with pytest.raises(NotReady, match="Choose another pool"):
        run_now(ws, generate_job(ws, Paraphrase(), Facets()))


def test_a_table_that_is_not_there_is_an_error_for_the_reader(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(CurationError, match=r"none\.csv"):
        foretaste(ws, Templates(path=tmp_path / "none.csv"))
    assert count_samples(ws) == 0


@pytest.mark.parametrize("name", [name for name in GENERATORS if name != "templates"])
def test_a_foretaste_stores_nothing_and_is_what_the_run_begins_with(filled: Workspace, name: str) -> None:
    generator = GENERATORS[name].model_validate({})
    seen = foretaste(filled, generator, Facets(methods=("test",)), first=2)
    assert count_samples(filled) == 3
    run_now(filled, generate_job(filled, generator, Facets(methods=("test",))))
    stored = read_samples(filled, range(3, count_samples(filled)))
    assert [one.sample for one in seen.samples] == stored[: len(seen.samples)]
    assert len(seen.samples) <= len(stored) <= seen.most


def test_what_was_stored_before_a_stop_stays(ws: Workspace) -> None:
    def stop(done: int, _requested: int) -> None:
        if done >= 500:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        generate(ws, "run", Many(), [], stop)
    assert count_samples(ws) == 500


def test_a_run_tells_how_far_it_is_and_ends_at_what_was_made(ws: Workspace) -> None:
    steps: list[tuple[int, int]] = []
    added = generate(ws, "run", Many(), [], lambda *step: steps.append(step))
    assert steps == [(500, 1300), (1000, 1300), (1200, 1200)]
    assert added.new == 1200
