"""Whoever was slower is told, and what people hold of samples is read as it stands (F18)."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from curation.errors import BadInput, Overtaken
from curation.facets import Facets
from curation.sample import Collected, Decision, Origin, Sample
from curation.store import Workspace, open_workspace
from curation.store.browse import numbers_of, states_of
from curation.store.decisions import add_decisions, said_of, undo
from curation.store.facet_counts import count_facets
from curation.store.history import read_steps
from curation.store.samples import add_samples
from curation.store.standing import Marks, decided_otherwise, marks_of


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(tmp_path / "w.duckdb")
    add_samples(opened, "run", [Collected(Sample(f"Task {n}"), Origin("test", "here", str(n))) for n in range(6)])
    yield opened
    opened.close()


def test_a_press_after_another_persons_does_not_land_and_names_them(ws: Workspace) -> None:
    """F18: the loser is told who decided what; neither event is lost once they insist."""
    add_decisions(ws, [0], Decision("accept", "bob"), seen=0)
    with pytest.raises(Overtaken, match=r"Already accepted by bob, \d+ s ago") as told:
        add_decisions(ws, [0], Decision("reject", "ann", event="press"), seen=0)
    assert (told.value.reviewer, told.value.action, told.value.samples) == ("bob", "accept", 1)
    assert [said.reviewer for said in said_of(ws, 0)] == ["bob"]
    add_decisions(ws, [0], Decision("reject", "ann", event="press"), seen=said_of(ws, 0)[-1].seq)
    assert [(said.reviewer, said.action) for said in said_of(ws, 0)] == [("bob", "accept"), ("ann", "reject")]
    assert states_of(ws)[0] == "rejected"


def test_two_tabs_of_one_person_are_told_apart_as_well(ws: Workspace) -> None:
    add_decisions(ws, [0], Decision("accept", "ann"), seen=0)
    with pytest.raises(Overtaken):
        add_decisions(ws, [0], Decision("reject", "ann"), seen=0)


def test_what_was_seen_undone_or_is_no_verdict_is_in_nobodys_way(ws: Workspace) -> None:
    add_decisions(ws, [0], Decision("accept", "bob"))
    undo(ws, "bob")
    add_decisions(ws, [0], Decision("flag", "bob"))
    add_decisions(ws, [0], Decision("skip", "bob"))
    add_decisions(ws, [0], Decision("accept", ""))
    add_decisions(ws, [1], Decision("accept", "bob"))
    add_decisions(ws, [0], Decision("reject", "ann"), seen=0)
    assert states_of(ws)[:2] == ["rejected", "accepted"]


def test_the_same_press_sent_twice_is_no_conflict_with_itself(ws: Workspace) -> None:
    """N6: a repeat of an event that landed is that event, whatever was decided since."""
    for _ in range(2):
        add_decisions(ws, [0], Decision("accept", "ann", event="press"), seen=0)
    assert len(said_of(ws, 0)) == 1


def test_a_bulk_act_is_refused_whole_where_somebody_was_faster(ws: Workspace) -> None:
    add_decisions(ws, [1, 2], Decision("accept", "bob"))
    with pytest.raises(Overtaken, match="2 of the samples are already decided on, the last one accepted by bob"):
        add_decisions(ws, range(6), Decision("reject", "ann"), seen=0)
    assert len(read_steps(ws)) == 1


def test_of_two_threads_that_saw_the_same_exactly_one_lands(ws: Workspace) -> None:
    """F18: checked in the transaction that writes; 20 races, 20 winners, 20 who are told."""
    lost: list[str] = []

    def press(name: str, number: int) -> None:
        barrier.wait()
        try:
            add_decisions(ws, [number], Decision("accept", name), seen=seen)
        except Overtaken as error:
            lost.append(error.reviewer + name)

    for turn in range(20):
        number, seen, barrier = turn % 6, ws.last_decision(), threading.Barrier(2)
        racing = [threading.Thread(target=press, args=(name, number)) for name in ("ann", "bob")]
        for one in racing:
            one.start()
        for one in racing:
            one.join()
    assert ws.last_decision() == 20
    assert len(lost) == 20
    assert set(lost) <= {"annbob", "bobann"}


def test_the_opposite_of_others_is_listed_before_many_are_changed(ws: Workspace) -> None:
    """I8: conflicts are listed; one's own earlier word, the same word and a program's are none."""
    add_decisions(ws, [0], Decision("accept", "bob"))
    add_decisions(ws, [1], Decision("accept", "ann"))
    add_decisions(ws, [2], Decision("reject", "bob"))
    add_decisions(ws, [3], Decision("accept", ""))
    assert decided_otherwise(ws, range(6), "reject", "ann") == {0: "bob"}
    assert decided_otherwise(ws, range(6), "accept", "ann") == {2: "bob"}
    assert decided_otherwise(ws, range(6), "tag", "ann") == {}


def test_flags_and_ratings_are_found_by_facets_and_taken_back(ws: Workspace) -> None:
    add_decisions(ws, [3], Decision("flag", "ann"))
    add_decisions(ws, [3], Decision("rate", "ann", "2"))
    add_decisions(ws, [3], Decision("rate", "ann", "4"))
    add_decisions(ws, [3, 4], Decision("rate", "bob", "5"))
    assert marks_of(ws, 3, "ann") == Marks(is_flagged=True, rating=4)
    assert marks_of(ws, 3, "bob") == Marks(is_flagged=True, rating=5)
    found = count_facets(ws, Facets(), ["flag", "rating"]).labels
    assert found == {"flag": [("flagged", 1)], "rating": [("5", 2), ("4", 1)]}
    assert numbers_of(ws, Facets(labels=(("rating", "5"), ("flag", "flagged")))).tolist() == [3]
    undo(ws, "ann")
    assert marks_of(ws, 3, "ann").rating == 2
    add_decisions(ws, [3], Decision("unflag", "bob"))
    assert numbers_of(ws, Facets(labels=(("flag", "flagged"),))).tolist() == []


@pytest.mark.parametrize("value", ["", "0", "6", "five"])
def test_a_rating_is_one_of_five(ws: Workspace, value: str) -> None:
    with pytest.raises(BadInput, match="1, 2, 3, 4, 5"):
        add_decisions(ws, [0], Decision("rate", "ann", value))


def test_sixty_steps_are_undone_after_a_restart(tmp_path: Path) -> None:
    """I3: at least fifty steps, of every kind, after the file was closed and opened again."""
    path = tmp_path / "long.duckdb"
    with_steps = open_workspace(path)
    add_samples(with_steps, "run", [Collected(Sample("Task"), Origin("test", "here", "1"))])
    for turn in range(60):
        action = ("accept", "reject", "flag", "rate", "tag", "skip")[turn % 6]
        add_decisions(with_steps, [0], Decision(action, "ann", "3" if action == "rate" else "x"))  # type: ignore[arg-type]
    with_steps.close()
    again = open_workspace(path)
    for _ in range(60):
        assert undo(again, "ann") == [0]
    assert (states_of(again), marks_of(again, 0, "ann")) == (["kept"], Marks(is_flagged=False, rating=0))
    assert again.last_decision() == 120
    again.close()
