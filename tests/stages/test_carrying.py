"""Decisions go to another copy of the workspace and back; twice is once, and what does not fit is refused (I22)."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from curation.errors import BadFile
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.carrying import bring_decisions, decisions_file
from curation.stages.guidelines import publish
from curation.stages.revising import By, edit
from curation.store import Workspace, open_workspace
from curation.store.browse import states_of
from curation.store.decisions import add_decisions, undo
from curation.store.events import read_record
from curation.store.guidelines import read_guidelines
from curation.store.samples import add_samples, find_sample, read_origins


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """A workspace and a copy of it, in which different things are done afterwards."""
    ws = open_workspace(tmp_path / "w.duckdb")
    add_samples(ws, "run", [Collected(Sample(f"Task {n}."), Origin("t", "h", str(n))) for n in range(6)])
    add_decisions(ws, [5], Decision("reject", "ann", "", "early"))
    ws.close()
    for file in tmp_path.glob("w.duckdb*"):
        shutil.copy(file, tmp_path / file.name.replace("w.", "copy."))
    both = open_workspace(tmp_path / "w.duckdb"), open_workspace(tmp_path / "copy.duckdb")
    yield both
    for one in both:
        one.close()


def _work(ws: Workspace) -> None:
    publish(ws, "Be kind.", "ann")
    add_decisions(ws, [0, 1, 2], Decision("reject", "ann", 'wörd\n"quoted"', "bulk"))
    add_decisions(ws, [3], Decision("accept", "ben", "", "one"))
    edit(ws, 4, Sample("Task 4, better.", output="Done."), By("ann", "edit"))
    undo(ws, "ben", "one")


def test_i22_a_copy_holds_the_same_afterwards_and_a_second_time_changes_nothing(pair):
    ws, copy = pair
    _work(ws)
    content = decisions_file(ws)
    brought = bring_decisions(copy, content, "d.jsonl")
    assert (brought.added, brought.known, brought.samples, brought.outvoted) == (8, 1, 1, 0)
    assert "8 events added" in str(brought)
    assert states_of(copy) == states_of(ws)
    assert read_record(copy, ()) == read_record(ws, ())
    assert read_guidelines(copy) == read_guidelines(ws)
    new = find_sample(copy, Sample("Task 4, better.", output="Done.").id)
    assert new is not None
    assert read_origins(copy, new) == read_origins(ws, new)
    again = bring_decisions(copy, content, "d.jsonl")
    assert (again.added, again.known) == (0, 9)
    assert "Nothing new" in str(again)
    assert str(bring_decisions(ws, content, "d.jsonl")) == str(again)
    assert decisions_file(copy) == content
    undo(copy, "ann", "edit")
    assert states_of(copy)[4] == "kept"


def test_what_somebody_decided_here_meanwhile_is_counted(pair):
    ws, copy = pair
    _work(ws)
    add_decisions(copy, [0, 3], Decision("accept", "cy", "", "here"))
    brought = bring_decisions(copy, decisions_file(ws), "d.jsonl")
    assert brought.outvoted == 2
    assert states_of(copy)[0] == "rejected"  # the file comes after what was here
    assert states_of(copy)[3] == "accepted"  # what it says of this one is undone there
    assert copy.last_decision() == 11


def _changed(ws: Workspace, place: int, **values: object) -> bytes:
    lines = decisions_file(ws).splitlines()
    row = json.loads(lines[place]) | values
    lines[place] = json.dumps(row).encode()
    return b"\n".join(lines)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"event": ""}, "line 9: an event without its id"),
        ({"event": "early"}, "tells an event or a version of the guidelines twice"),
        ({"value": "\ud800"}, "line 9: “value” holds half a character"),
        ({"action": "explode"}, "line 9: “explode” is nothing that a person can do"),
        ({"event": 7}, "line 9: “event” is not a text"),
        ({"sample": ""}, "line 9: an event that is about no sample"),
        ({"made": "yesterday"}, "line 9: “made” is not a moment"),
        ({"made": "2026-01-01T00:00:00+01:00"}, "line 9: “made” has a time zone"),
        ({"guideline": True}, "line 9: “guideline” is not a whole number"),
        ({"sample": "0" * 32}, "about 1 samples that are not in this workspace"),
        ({"guidelines": []}, "line 9: “guidelines” is not an object"),
        ({"run": "elsewhere"}, "line 9: “sample” is not an object"),
    ],
)
def test_a_line_that_cannot_be_believed_is_named_and_nothing_changes(pair, values, reason):
    ws, copy = pair
    _work(ws)
    before = copy.changes
    with pytest.raises(BadFile, match=reason):
        bring_decisions(copy, _changed(ws, 8, **values), "d.jsonl")
    assert (copy.changes, copy.last_decision()) == (before, 1)


def test_what_is_no_file_of_decisions_or_cut_short_is_refused(pair):
    ws, copy = pair
    _work(ws)
    content = decisions_file(ws)
    for wrong, reason in (
        (b"", "not a file of decisions"),
        (b"[1]", "line 1: this is not an object"),
        (b"\xff\xfe", "line 1: this is not JSON"),
        (b"[" * 100_000, "line 1: this is not JSON"),
        (content[: content.rindex(b"{")], "cut short: it holds 8 of 9 events"),
        (content[:-20], "line 12: this is not JSON"),
    ):
        with pytest.raises(BadFile, match=reason):
            bring_decisions(copy, wrong, "d.jsonl")


def test_an_event_or_a_version_that_is_another_one_here_is_refused(pair):
    ws, copy = pair
    _work(ws)
    content = decisions_file(ws)
    add_decisions(copy, [0], Decision("accept", "cy", "", "one"))
    with pytest.raises(BadFile, match="the event one is another one in this workspace"):
        bring_decisions(copy, content, "d.jsonl")
    undo(copy, "cy")
    publish(copy, "Be strict.", "cy")
    other = content.replace(b'"event": "one"', b'"event": "two"').replace(b'"event": "undo:one"', b'"event": "u"')
    with pytest.raises(BadFile, match="version 1 of the guidelines is another one here"):
        bring_decisions(copy, other, "d.jsonl")
