"""Two states of the data side by side."""

from contextlib import closing

import numpy as np
import pytest

from curation.recipe import Recipe, Rule
from curation.runs import run_now
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.comparing_numbers import numbers_of_sides, sides_job
from curation.stages.curating import apply_recipe
from curation.stages.exporting import Wanted, export_job
from curation.stages.measuring import measure
from curation.stages.snapshots import Sides, Snapshot, samples_of, shift, shifts, snapshots
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.recipes import exported_numbers
from curation.store.runs import recent_runs
from curation.store.samples import add_samples
from tests.overrides import UNMEASURED

SHORT = Recipe(rules=(Rule(signal="words", least=2.0),))


@pytest.fixture
def ws(tmp_path):
    with closing(open_workspace(tmp_path / "w.duckdb")) as workspace:
        texts = [f"{verb} a poem on rain and the sea." for verb in ("Write", "Write", "Explain", "Translate")]
        rows = [
            Collected(Sample(f"{text} No. {at}", output="word " * (at + 1)), Origin("alpaca", name, f"line {at}"))
            for at, (text, name) in enumerate(zip(texts, ("a", "a", "b", "b"), strict=True))
        ]
        add_samples(workspace, "import-1", rows)
        measure(workspace, lambda _done, _of: None)
        yield workspace


def named(ws, words):
    return next(one for one in snapshots(ws) if one.words.startswith(words))


def test_rows_in_and_out_of_two_origins_and_everything(ws):
    a, b = (samples_of(ws, named(ws, f"Origin {name}")) for name in "ab")
    sides = Sides(a, samples_of(ws, named(ws, "Everything")))
    assert (sides.both.tolist(), sides.only_first.tolist(), sides.only_second.tolist()) == ([0, 1], [], [2, 3])
    assert Sides(a, b).both.tolist() == []
    assert Sides(a, b).stamp != Sides(b, a).stamp


def test_an_export_stays_what_it_was_when_decisions_change(ws, tmp_path):
    run_now(ws, export_job(ws, Wanted("one", ("alpaca",), tmp_path / "out", overrides=(UNMEASURED,))))
    add_decisions(ws, [0], Decision("reject", "me"))
    before, now = (samples_of(ws, named(ws, words)) for words in ("Export of", "Now"))
    assert (before.tolist(), now.tolist()) == ([0, 1, 2, 3], [1, 2, 3])
    assert exported_numbers(ws, "none") == []


def test_a_recipe_is_its_rules_and_what_people_said(ws):
    apply_recipe(ws, SHORT, "no single words", "me")
    apply_recipe(ws, Recipe(), "all", "me")
    earlier = next(one for one in snapshots(ws) if "no single words" in one.words)
    assert samples_of(ws, earlier).tolist() == [1, 2, 3]
    add_decisions(ws, [0], Decision("accept", "me"))
    add_decisions(ws, [3], Decision("reject", "me"))
    assert samples_of(ws, earlier).tolist() == [0, 1, 2]


def test_shares_shift_by_verb_and_length(ws):
    sides = Sides(np.array([0, 1], np.int32), np.array([2, 3], np.int32))
    found = {row.label: row for row in shifts(ws, "verb", sides)}
    assert (found["write"].share_first, found["write"].share_second, found["write"].difference) == (1, 0, -1)
    assert found["explain"].difference == 0.5
    by_length = shifts(ws, "words", sides)
    assert [(row.label, row.first, row.second) for row in by_length] == [("1–2", 2, 0), ("3–5", 0, 2)]
    assert shifts(ws, "cluster", sides) == []
    assert shifts(ws, "verb", Sides(np.zeros(0, np.int32), sides.second)) == []


def test_no_difference_is_never_clear_and_a_large_one_is():
    assert not shift("a", (5, 10), (50, 100)).is_clear
    assert shift("a", (5, 100), (50, 100)).is_clear
    found = shift("a", (0, 10), (0, 20))
    assert found.low <= found.difference == 0 <= found.high


def test_what_is_gone_is_empty_rather_than_a_failure(ws):
    assert samples_of(ws, Snapshot("run", "gone", "")).tolist() == []
    assert samples_of(ws, Snapshot("recipe", "gone", "")).tolist() == [0, 1, 2, 3]
    assert [one.kind for one in snapshots(ws)][:2] == ["now", "everything"]
    assert recent_runs(ws) == []


def test_numbers_of_both_sides_are_computed_once_and_kept(ws):
    rows = [
        Collected(Sample(f"Name thing {at} of {at % 7} kinds.", output=f"thing {at}"), Origin("alpaca", "c", f"l {at}"))
        for at in range(60)
    ]
    add_samples(ws, "import-2", rows)
    measure(ws, lambda _done, _of: None)
    sides = Sides(samples_of(ws, named(ws, "Everything")), samples_of(ws, named(ws, "Origin c")))
    assert numbers_of_sides(ws, sides) == ()
    run_now(ws, sides_job(ws, sides))
    found = {(row.kind, row.metric): row for row in numbers_of_sides(ws, sides)}
    assert found["first", "distinct"].value is not None
    assert found["second", "distinct"].samples == 60
    assert numbers_of_sides(ws, Sides(sides.second, sides.first)) == ()
    assert len(samples_of(ws, named(ws, "Now"))) == len(sides.first)
