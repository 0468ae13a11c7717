"""A changed sample takes the place of the old one in one step, and undo puts everything back."""

from dataclasses import replace
from pathlib import Path

import pytest

from curation.errors import BadInput, Overtaken
from curation.practice import PRACTICE_MODEL
from curation.sample import Collected, Decision, Message, Origin, Sample
from curation.stages.revising import By, edit, flip
from curation.store import Workspace, open_workspace
from curation.store.authors import written_alone_by
from curation.store.browse import states_of
from curation.store.decisions import add_decisions, decisions_per_day, undo
from curation.store.history import read_steps
from curation.store.lineage import read_ancestors, read_descendants
from curation.store.samples import add_samples, count_samples, find_sample, read_origins, read_samples

PAIR = Sample("Ask.", "about", "Good.", "Be brief.", rejected="Bad.")
ME = By("me", "press 1")


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    made = [
        Collected(PAIR, Origin("pairs", "judges", "1", "writing", "cc0", PRACTICE_MODEL)),
        Collected(
            Sample("Ask.", output="Good.", rejected="Meant to be bad."),
            Origin("negatives", "m", "2", "negative example: refusal"),
        ),
        Collected(Sample("Ask.", output="Alone."), Origin("test", "here", "3")),
        Collected(Sample("A?", output="B.", followups=(Message("user", "C?"),), rejected="D."), Origin("t", "h", "4")),
    ]
    add_samples(opened, "run", made)
    yield opened
    opened.close()


def test_a_flip_exchanges_the_answers_and_takes_the_place(ws: Workspace):
    new = flip(ws, 0, ME)
    (sample,) = read_samples(ws, [new])
    assert sample == Sample("Ask.", "about", "Bad.", "Be brief.", rejected="Good.")
    assert (states_of(ws)[0], states_of(ws)[new]) == ("rejected", "accepted")
    [(run, origin)] = read_origins(ws, new)
    assert (run, origin.parents, origin.source) == ("revised by hand", (PAIR.id,), "flipped by me")
    assert (origin.category, origin.licence, origin.model) == ("writing", "cc0", PRACTICE_MODEL)


def test_one_undo_takes_a_flip_back_and_what_it_made_is_not_in(ws):
    before = states_of(ws)
    new = flip(ws, 0, ME)
    assert undo(ws, "me") == [0, new]
    assert states_of(ws)[:new] == before
    assert states_of(ws)[new] == "rejected"  # else an export of all that is kept would have it
    assert [step.reviewer for step in read_steps(ws)] == ["me", "me"]
    with pytest.raises(Exception, match="nothing to undo"):
        undo(ws, "me")


def test_a_flip_can_be_made_again_and_flipped_back(ws):
    new = flip(ws, 0, ME)
    undo(ws, "me")
    assert flip(ws, 0, By("me", "press 2")) == new
    assert (states_of(ws)[0], states_of(ws)[new]) == ("rejected", "accepted")
    assert flip(ws, new, By("me", "press 3")) == 0
    assert (states_of(ws)[0], states_of(ws)[new]) == ("accepted", "rejected")
    undo(ws, "me")
    assert (states_of(ws)[0], states_of(ws)[new]) == ("rejected", "accepted")


def test_the_same_press_twice_is_one_change(ws):
    """N6"""
    new = flip(ws, 0, ME)
    total = count_samples(ws)
    assert flip(ws, 0, ME) == new
    assert count_samples(ws) == total
    assert len(read_steps(ws)) == 1


def test_only_what_people_said_is_counted_by_day(ws):
    flip(ws, 0, ME)
    assert {action: number for _, action, number in decisions_per_day(ws)} == {"accept": 1, "reject": 1}


def test_what_is_bad_on_purpose_can_never_become_the_chosen_one(ws):
    with pytest.raises(BadInput, match="one to avoid"):
        flip(ws, 1, ME)
    edited = edit(ws, 1, Sample("Ask.", output="Better.", rejected="Meant to be bad."), ME)
    assert read_origins(ws, edited)[0][1].category == "negative example: refusal"
    with pytest.raises(BadInput, match="one to avoid"):
        flip(ws, edited, By("me", "press 2"))


def test_what_cannot_be_flipped_says_why(ws):
    with pytest.raises(BadInput, match="no two answers"):
        flip(ws, 2, ME)
    with pytest.raises(BadInput, match="conversation"):
        flip(ws, 3, ME)
    assert count_samples(ws) == 4


def test_an_edit_is_a_new_sample_with_the_old_one_as_parent(ws):
    new = edit(ws, 0, Sample("Ask.", "about", " Better. ", rejected="Bad."), ME)
    (sample,) = read_samples(ws, [new])
    assert sample == Sample("Ask.", "about", "Better.", "Be brief.", rejected="Bad.")
    assert read_samples(ws, [0]) == [PAIR]
    assert (states_of(ws)[0], states_of(ws)[new]) == ("rejected", "accepted")
    assert new in written_alone_by(ws, PRACTICE_MODEL)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (Sample("Ask.", "about", "Good. ", rejected="Bad."), "Nothing was changed"),
        (Sample(" ", "about", "Good.", rejected="Bad."), "empty"),
        (Sample("Ask.", "about", "Same  text", rejected="Same text"), "the same"),
    ],
)
def test_an_edit_that_is_none_says_why(ws, text, why):
    with pytest.raises(BadInput, match=why):
        edit(ws, 0, text, ME)
    assert states_of(ws)[0] == "kept"


def test_an_edit_into_what_is_there_stands_as_it_stood_when_taken_back(ws):
    add_decisions(ws, [2], Decision("reject", "you"))
    other = edit(ws, 0, Sample("Ask.", "about", "One.", rejected="Two."), ME)
    undo(ws, "me")
    add_samples(ws, "run", [Collected(Sample("X", output="Y"), Origin("t", "h", "9"))])
    there = find_sample(ws, Sample("X", output="Y").id)
    assert there is not None
    add_samples(ws, "run", [Collected(Sample("X", output="Z"), Origin("t", "h", "10"))])
    made = edit(ws, there, Sample("X", output="Z"), By("me", "press 2"))
    undo(ws, "me")
    assert (states_of(ws)[other], states_of(ws)[made]) == ("rejected", "kept")


def test_a_circle_of_flips_has_an_end(ws):
    new = flip(ws, 0, ME)
    flip(ws, new, By("me", "press 2"))
    for kin in (read_ancestors(ws, new), read_descendants(ws, new)):
        assert [(one.number, one.depth, one.is_repeat) for one in kin] == [
            (new, 0, False),
            (0, 1, False),
            (new, 2, True),
        ]


@pytest.mark.parametrize("change", [flip, lambda ws, number, by: edit(ws, number, replace(PAIR, output="Better."), by)])
def test_what_was_decided_meanwhile_is_not_replaced_unseen(ws, change):
    """F18: as with a decision, nothing lands for who has not seen another's; who insists has seen it."""
    seen, total = ws.last_decision(), count_samples(ws)
    add_decisions(ws, [0], Decision("accept", "bob"))
    with pytest.raises(Overtaken, match="Already accepted by bob"):
        change(ws, 0, By("me", "press 1", seen))
    assert (count_samples(ws), states_of(ws)[0]) == (total, "accepted")
    new = change(ws, 0, By("me", "press 1", ws.last_decision()))
    assert (states_of(ws)[0], states_of(ws)[new]) == ("rejected", "accepted")
    # The same press once more is that press, whatever came since (N6).
    assert change(ws, 0, By("me", "press 1", seen)) == new
