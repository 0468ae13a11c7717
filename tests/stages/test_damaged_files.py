"""What EXPECTED.json states of each damaged file is what its import does, and what was there before stays."""

import json
import re
from pathlib import Path

import pytest

from curation.errors import BadFile
from curation.importers import LAYOUTS
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.importing import Source, import_file
from curation.store import Workspace, open_workspace
from curation.store.browse import states_of
from curation.store.decisions import add_decisions
from curation.store.samples import (
    add_samples,
    count_occurrences,
    count_samples,
    read_origins,
    read_range,
    read_refusals,
)

FOLDER = Path(__file__).parents[2] / "sample_data" / "damaged"
EXPECTED = json.loads((FOLDER / "EXPECTED.json").read_text("utf-8"))
OLD = 3


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    rows = [Collected(Sample(f"Old {n}", output="yes"), Origin("test", "here", str(n))) for n in range(OLD)]
    add_samples(opened, "old", rows)
    add_decisions(opened, [1], Decision("accept", "ann"))
    yield opened
    opened.close()


def old(ws: Workspace) -> tuple[object, ...]:
    """Everything that was there before the import."""
    return read_range(ws, 0, OLD), states_of(ws)[:OLD], [read_origins(ws, n) for n in range(OLD)], ws.last_decision()


def take(ws: Workspace, name: str, run: str) -> int:
    source = Source(str(FOLDER / name), LAYOUTS["alpaca"](), name, "cc0-1.0")
    return import_file(ws, run, source, lambda _done, _requested: None).new


@pytest.mark.parametrize("name", [name for name, entry in EXPECTED.items() if not entry["whole_file_refused"]])
def test_good_rows_are_taken_and_bad_ones_refused_by_line(ws: Workspace, name: str) -> None:
    before, entry = old(ws), EXPECTED[name]
    assert take(ws, name, "run") == entry["good_rows"]
    refusals = read_refusals(ws, "run")
    assert [int(re.sub(r"\D*(\d+).*", r"\1", one.place)) for one in refusals] == [r["line"] for r in entry["refused"]]
    assert all(one.place.startswith("line ") and len(one.reason) > 10 for one in refusals)
    refs = [origin.ref for n in range(OLD, count_samples(ws)) for _, origin in read_origins(ws, n)]
    bad = {f"line {row['line']}" for row in entry["refused"]}
    assert len(refs) == entry["good_rows"]
    assert not bad & set(refs)
    assert old(ws) == before
    # Once more: nothing new.
    assert take(ws, name, "again") == 0
    assert count_occurrences(ws) == OLD + entry["good_rows"]


@pytest.mark.parametrize("name", [name for name, entry in EXPECTED.items() if entry["whole_file_refused"]])
def test_a_file_that_is_refused_says_why_and_leaves_nothing(ws: Workspace, name: str) -> None:
    before = old(ws)
    with pytest.raises(BadFile) as caught:
        take(ws, name, "run")
    assert name in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert len(str(caught.value)) < 400
    assert (count_samples(ws), count_occurrences(ws)) == (OLD, OLD)
    assert read_refusals(ws, "run") == []
    assert old(ws) == before


def test_the_reason_names_the_defect(ws: Workspace) -> None:
    """Each sentence fits its file; a reader can mend it from the sentence alone."""
    said = {}
    for name in EXPECTED:
        try:
            take(ws, name, name)
        except BadFile as error:
            said[name] = str(error)
        else:
            said[name] = " ".join(one.reason for one in read_refusals(ws, name))
    words = {
        "not_utf8.jsonl": "line 2: .* not UTF-8",
        "bad_line.jsonl": "not valid JSON at column 78",
        "trailing_comma.json": "a comma before the closing bracket",
        "merge_conflict.json": "line 3: a merge-conflict marker",
        "git_lfs_pointer.json": "git lfs pull",
        "unquoted_keys.jsonl": "double quotes",
        "wrong_types.jsonl": "number.* list.* true or false",
        "truncated.json": "line 18.* unterminated string",
        "pickle_named.jsonl": "pickle, which could run code",
        "too_deep.jsonl": "nested deeper than 64",
    }
    assert set(words) == set(EXPECTED)
    for name, word in words.items():
        assert re.search(word, said[name]), said[name]
