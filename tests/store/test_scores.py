from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from curation.facets import Facets
from curation.sample import Collected, Origin, Sample, Score
from curation.store import Workspace, open_workspace
from curation.store.browse import count_labels
from curation.store.judged import models_behind, numbers_with, scores_by_author
from curation.store.samples import add_samples
from curation.store.scores import (
    add_scores,
    count_problems,
    judged_numbers,
    read_editions,
    scores_of,
)
from curation.store.together import read_together
from curation.store.topics import TOPIC, replace_topics

NAN = float("nan")
SAMPLES = [Sample(f"Ask {n}.", output="x") for n in range(4)]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "w.duckdb")
    made = [Collected(one, Origin("t", "t", one.id, model="gpt-4o" if n else "")) for n, one in enumerate(SAMPLES)]
    add_samples(workspace, "import", made)
    yield workspace
    workspace.close()


def score(number: int, value: float, model: str = "m", criterion: str = "accuracy", order: str = "") -> Score:
    problem = "" if value == value else "no verdict: refused"
    return Score(SAMPLES[number].id, criterion, value, f"because {value}", model, "a" * 32, order, problem)


def add(ws: Workspace, *scores: Score, version: str = "v1") -> int:
    return add_scores(ws, "run", "rubric", version, scores)


def test_the_same_said_again_is_one_row(ws: Workspace) -> None:
    assert add(ws, score(0, 3), score(1, NAN)) == 2
    assert add(ws, score(0, 3), score(1, NAN), score(2, 5)) == 1
    assert add(ws) == 0
    assert ws.execute("SELECT count(*) FROM scores") == [(3,)]
    assert add(ws, Score("not here", "accuracy", 3, "", "m", "a" * 32)) == 0


def test_scores_are_only_ever_added_and_the_latest_counts(ws: Workspace) -> None:
    add(ws, score(0, NAN), score(1, 2))
    assert judged_numbers(ws, "rubric", "v1", "m", "injection") == {1}
    assert count_problems(ws, "rubric", "v1", "injection") == {"no verdict: refused": 1}
    add(ws, score(0, 4))
    assert judged_numbers(ws, "rubric", "v1", "m", "injection") == {0, 1}
    assert count_problems(ws, "rubric", "v1", "injection") == {}
    assert [one.score.value for one in scores_of(ws, 0)] == [4]
    assert ws.execute("SELECT count(*) FROM scores") == [(3,)]


def test_a_sample_is_judged_only_where_no_part_of_it_is_missing(ws: Workspace) -> None:
    add(
        ws, score(0, 1, criterion="preference", order="chosen"), score(0, NAN, criterion="preference", order="rejected")
    )
    add(ws, score(1, NAN), score(1, 0, criterion="injection"))
    assert judged_numbers(ws, "rubric", "v1", "m", "injection") == set()
    assert read_together(ws, "rubric", "v1")["injection"].numbers.tolist() == [1]
    assert "preference" not in read_together(ws, "rubric", "v1")


def test_another_version_is_beside_the_old_one(ws: Workspace) -> None:
    add(ws, score(0, 1), score(1, 1))
    add(ws, score(0, 5), version="v2")
    assert {one.version: one.score.value for one in scores_of(ws, 0)} == {"v1": 1, "v2": 5}
    assert read_together(ws, "rubric", "v1")["accuracy"].mean.tolist() == [1, 1]
    assert [(one.version, one.samples) for one in read_editions(ws)] == [("v2", 1), ("v1", 2)]
    assert judged_numbers(ws, "rubric", "v2", "m", "injection") == {0}
    assert read_together(ws, "rubric", "v3") == {}


def test_a_jury_is_joined_by_mean_median_or_vote(ws: Workspace) -> None:
    add(ws, *(score(0, value, model) for model, value in (("a", 1), ("b", 5), ("c", 5))))
    add(ws, *(score(1, value, model) for model, value in (("a", 2), ("b", 4))))
    found = read_together(ws, "rubric", "v1")["accuracy"]
    assert found.numbers.tolist() == [0, 1]
    assert found.mean.tolist() == [pytest.approx(11 / 3), 3]
    assert found.median.tolist() == [5, 3]
    assert found.vote.tolist() == [5, 3]
    assert found.spread.tolist() == [4, 2]
    assert found.models.tolist() == [3, 2]


def test_two_orders_that_disagree_are_a_tie(ws: Workspace) -> None:
    for number, (one, other) in enumerate([(1, 1), (1, -1), (0, 1), (-1, -1)]):
        add(ws, score(number, one, order="chosen"), score(number, other, order="rejected"))
    found = read_together(ws, "rubric", "v1")["accuracy"]
    assert found.mean.tolist() == [1, 0, 0, -1]
    assert found.split.tolist() == [False, True, True, False]


def test_who_wrote_and_who_judged(ws: Workspace) -> None:
    assert models_behind(ws, [0, 1, 2]) == {"gpt-4o": 2}
    add(ws, *(score(number, number, "a") for number in range(4)), score(1, 0, "b"))
    cells = [
        (one.author, one.model, one.mean, one.samples) for one in scores_by_author(ws, "rubric", "v1", ["accuracy"])
    ]
    assert cells == [("gpt-4o", "a", 2, 3), ("gpt-4o", "b", 0, 1), ("", "a", 0, 1)]


def test_topics_are_replaced_as_a_whole(ws: Workspace) -> None:
    replace_topics(ws, {"bee": [0, 1], "sky": [1]})
    assert count_labels(ws, TOPIC, Facets()) == [("bee", 2), ("sky", 1)]
    replace_topics(ws, {})
    assert count_labels(ws, TOPIC, Facets()) == []


def test_reasons_keep_every_character(ws: Workspace) -> None:
    add(ws, replace(score(0, 3), reason="🦊 “so”\n\x00end"))
    assert scores_of(ws, 0)[0].score.reason == "🦊 “so”\n\x00end"


def test_what_has_the_texts_that_a_judge_needs(ws: Workspace) -> None:
    more = [Sample("Bare."), Sample("Blank.", output=" \n\t"), Sample("Pair.", output="a", rejected="b")]
    add_samples(ws, "more", [Collected(one, Origin("t", "t", one.id)) for one in more])
    assert numbers_with(ws, Facets(), ("output", "rejected")) == [6]
    assert numbers_with(ws, Facets(), ("output",)) == [0, 1, 2, 3, 6]
    assert numbers_with(ws, Facets(text="ar"), ()) == [4]
