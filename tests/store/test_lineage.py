"""Ancestors and descendants, through every step, with what made each."""

from itertools import pairwise
from pathlib import Path

import pytest

from curation.sample import Candidate, Collected, Origin, Sample
from curation.store import Workspace, open_workspace
from curation.store.candidates import add_candidates
from curation.store.lineage import read_ancestors, read_descendants
from curation.store.samples import add_samples, find_sample

SEED, OTHER = Sample("Seed.", output="s"), Sample("Other.", output="o")
EVOLVED, AGAIN = Sample("Evolved.", output="e"), Sample("Evolved again.", output="a")
PAIR = Sample("Evolved again.", output="a", rejected="e")
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def ws(tmp_path: Path):
    """seed → evolved (round 1) → again (round 2, from evolved and other) → pair (from again and one that is lost)."""
    opened = open_workspace(tmp_path / "w.duckdb")
    add_samples(opened, "import-1", [Collected(one, Origin("alpaca", "f", one.id[:4])) for one in (SEED, OTHER)])
    steps = [
        (EVOLVED, 1, (SEED.id,)),
        (AGAIN, 2, (EVOLVED.id, OTHER.id)),
    ]
    made = [
        Candidate(one, Origin("evol_instruct", "m", f"{turn}", model="m", prompt_hash=KEY, parents=parents), round=turn)
        for one, turn, parents in steps
    ]
    add_candidates(opened, "generate-1", made)
    add_samples(opened, "generate-2", [Collected(PAIR, Origin("pairs", "judges", "p", parents=(AGAIN.id, "lost")))])
    yield opened
    opened.close()


def number(ws: Workspace, sample: Sample) -> int:
    found = find_sample(ws, sample.id)
    assert found is not None
    return found


def test_a_sample_leads_back_to_its_seeds(ws):
    kin = read_ancestors(ws, number(ws, PAIR))
    assert kin[0].sample == PAIR
    depths = {one.id: one.depth for one in kin}
    assert depths == {PAIR.id: 0, AGAIN.id: 1, EVOLVED.id: 2, SEED.id: 3, OTHER.id: 2, "lost": 1}
    assert {one.id for one in kin if one.is_seed} == {SEED.id, OTHER.id, "lost"}
    (lost,) = (one for one in kin if one.number is None)
    assert (lost.id, lost.sample, lost.made) == ("lost", None, ())


def test_each_step_says_how_it_was_made(ws):
    again = next(one for one in read_ancestors(ws, number(ws, PAIR)) if one.id == AGAIN.id)
    (made,) = again.made
    assert (made.run, made.round, made.origin.method, made.origin.model) == ("generate-1", 2, "evol_instruct", "m")
    assert made.origin.prompt_hash == KEY
    assert made.origin.parents == (EVOLVED.id, OTHER.id)


def test_a_seed_leads_to_all_that_was_made_from_it(ws):
    kin = read_descendants(ws, number(ws, SEED))
    assert [(one.sample, one.depth) for one in kin] == [(SEED, 0), (EVOLVED, 1), (AGAIN, 2), (PAIR, 3)]
    assert [one.sample for one in read_descendants(ws, number(ws, PAIR))] == [PAIR]


def test_children_follow_their_own_parent(ws):
    """Depth first, so that an indented list reads as a tree."""
    kin = read_ancestors(ws, number(ws, PAIR))
    for before, one in pairwise(kin):
        assert one.depth <= before.depth + 1


def test_a_parent_of_two_is_named_under_both_and_followed_once(ws):
    double = Sample("Twice.", output="t")
    add_samples(ws, "r", [Collected(double, Origin("pairs", "j", "q", parents=(EVOLVED.id, AGAIN.id)))])
    kin = read_ancestors(ws, number(ws, double))
    assert [one.id for one in kin if one.depth == 1] == sorted((EVOLVED.id, AGAIN.id))
    assert sorted(one.is_repeat for one in kin if one.id == EVOLVED.id) == [False, True]
    assert sum(one.id == SEED.id for one in kin) == 1
    assert all(one.number is not None for one in kin)


def test_what_is_not_there_has_no_lineage(ws):
    assert read_ancestors(ws, 999) == []
