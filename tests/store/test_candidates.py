from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from curation.sample import Candidate, Collected, Message, Near, Origin, Sample
from curation.store import Workspace, open_workspace, samples
from curation.store.candidates import Drops, add_candidates, count_kept, count_rules, read_dropped, read_rounds
from curation.store.plans import Plan, add_plan, read_plan
from curation.store.samples import add_samples, count_samples, read_origins, read_samples


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "w.duckdb")
    yield workspace
    workspace.close()


def candidate(text: str, ref: str, rule: str = "", number: int = 1) -> Candidate:
    origin = Origin("self_instruct", "local", ref, model="m", prompt_hash="a" * 32, parents=("b" * 32,))
    near = (Near("Name a colour. \ud83d", 0.83), Near("Name it.", 0.5)) if rule else ()
    reason = f"{rule}: 0.83" if rule else ""
    return Candidate(
        Sample(text, output="" if rule else "x"), origin, rule, reason, number, near, 0.25 if rule else 0.0
    )


MADE: Sequence[Candidate] = (
    candidate("One", "1.1"),
    candidate("Two", "1.2", "too similar"),
    candidate("Three", "1.3", "too short"),
    candidate("Four", "2.1", number=2),
    candidate("Five", "2.2", "too similar", 2),
    candidate("One", "3.1", number=3),
)


def test_kept_ones_are_samples_with_their_origin_as_if_added_alone(ws: Workspace) -> None:
    stored = add_candidates(ws, "run", MADE)
    assert (stored.new, stored.repeated, stored.dropped, stored.known) == (2, 1, 3, 0)
    assert read_samples(ws, [0, 1]) == [MADE[0].sample, MADE[3].sample]
    assert read_origins(ws, 0) == [("run", MADE[0].origin), ("run", MADE[5].origin)]
    assert count_kept(ws, "run") == (3, 2)
    assert count_kept(ws, "other") == (0, 0)


def test_a_run_that_is_repeated_adds_nothing_and_goes_on_where_it_was(ws: Workspace) -> None:
    add_candidates(ws, "run", MADE[:2])
    again = add_candidates(ws, "run", MADE)
    assert (again.new, again.repeated, again.dropped, again.known) == (1, 1, 2, 2)
    assert add_candidates(ws, "run", MADE).known == 6
    assert add_candidates(ws, "run", []).known == 0
    assert count_samples(ws) == 2
    assert [one.position for one in read_dropped(ws, Drops("run"))] == [1, 2, 4]
    other = add_candidates(ws, "another run", [MADE[0], MADE[0]])
    assert (other.new, other.repeated, other.known) == (0, 1, 1)


def test_what_was_dropped_is_counted_by_rule_and_round_and_shown_with_its_reason(ws: Workspace) -> None:
    add_candidates(ws, "run", MADE)
    assert list(count_rules(ws, "run").items()) == [("too similar", 2), ("too short", 1)]
    rounds = [(one.number, one.proposed, one.kept, one.dropped, one.grown) for one in read_rounds(ws, "run")]
    assert rounds == [
        (1, 3, 1, {"too short": 1, "too similar": 1}, 1),
        (2, 2, 1, {"too similar": 1}, 2),
        (3, 1, 1, {}, 3),
    ]
    similar = read_dropped(ws, Drops("run", "too similar"))
    assert [(one.sample.instruction, one.round, one.reason) for one in similar] == [
        ("Two", 1, "too similar: 0.83"),
        ("Five", 2, "too similar: 0.83"),
    ]
    assert similar[0].nearest == MADE[1].nearest
    assert (similar[0].average, similar[0].request, similar[0].ref) == (0.25, "a" * 32, "1.2")
    assert [one.sample.instruction for one in read_dropped(ws, Drops("run"), start=2, limit=1)] == ["Three"]
    assert similar[0].parents == MADE[1].origin.parents
    assert read_dropped(ws, Drops("none")) == []
    assert read_rounds(ws, "none") == []


def test_n12_a_write_that_fails_leaves_neither_candidates_nor_samples(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_samples(ws, "before", [Collected(Sample("Zero"), Origin("x", "y", "z"))])
    for failing in ("_NEW", "_ORIGINS"):
        query = getattr(samples, failing)
        monkeypatch.setattr(samples, failing, query.replace("INSERT INTO ", "INSERT INTO no_"))
        with pytest.raises(duckdb.CatalogException):
            add_candidates(ws, "run", MADE)
        monkeypatch.undo()
        assert (count_samples(ws), count_kept(ws, "run"), read_rounds(ws, "run")) == (1, (0, 0), [])
    assert add_candidates(ws, "run", MADE).new == 2


def test_a_dropped_candidate_is_kept_whole(ws: Workspace) -> None:
    turns = (Message("user", "And 🦊?"), Message("assistant", "Yes."))
    whole = replace(MADE[1], sample=Sample("One", "two", "three", "four", turns, "five"))
    add_candidates(ws, "run", [whole])
    (found,) = read_dropped(ws, Drops("run"))
    assert found.sample == whole.sample
    assert found.parents == ("b" * 32,)


def test_a_plan_is_kept_as_it_was_first_made(ws: Workspace) -> None:
    assert read_plan(ws, "run") is None
    add_plan(ws, "run", Plan({"method": "self_instruct", "caps": {"cost": 1.5}, "words": ["é"]}, [3, 1]))
    add_plan(ws, "run", Plan({}, []))
    assert read_plan(ws, "run") == Plan({"method": "self_instruct", "caps": {"cost": 1.5}, "words": ["é"]}, [3, 1])
    add_plan(ws, "two", Plan({}, []))
    assert read_plan(ws, "two") == Plan({}, [])
