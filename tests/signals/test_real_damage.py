"""Real damaged files: every row is taken with the right flags, or refused with its line and a reason.

The files are large and under licences of their own, so they are not part of this repository.
"""

import gzip
import io
import json
import os
import tarfile
from contextlib import suppress
from pathlib import Path

import pytest

from curation.errors import BadFile
from curation.importers import LAYOUTS, collect, preview
from curation.sample import Refusal, Sample
from curation.signals import SIGNALS

DATA = Path(os.environ.get("SIFT_DATA", "no such folder"))
pytestmark = pytest.mark.skipif(
    not (DATA / "dirty").is_dir(),
    reason="the environment variable SIFT_DATA does not name a folder that holds dirty/ and alpaca/",
)
SHOWS = {
    "empty_output": "empty_answer",
    "placeholder_output": "empty_answer",
    "placeholder_input": "no_input_marker",
    "merged_instruction": "prompt_leaks",
    "control_or_invisible_char": "damaged_text",
    "url_in_input": "links",
}
"""The signal that finds each known fault of Alpaca's rows."""
FEWEST = {"placeholder_output": 0.85}
"""The share that is found at least, where it is not all of it: the rest are answers in other words."""


def taken(path: Path) -> tuple[list[str], list[Refusal]]:
    """(places of samples, refusals) of a whole file."""
    layout = preview(str(path)).layout or LAYOUTS["alpaca"]()
    items = list(collect(str(path), layout, source=path.name))
    refused = [item for item in items if isinstance(item, Refusal)]
    return [item.origin.ref for item in items if not isinstance(item, Refusal)], refused


def test_alpaca_rows_with_known_faults_are_flagged():
    with gzip.open(DATA / "alpaca" / "alpaca_52k.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    with gzip.open(DATA / "dirty" / "alpaca_pattern_flags.jsonl.gz", "rt", encoding="utf-8") as file:
        flagged = [json.loads(line) for line in file]
    for flag, signal in SHOWS.items():
        texts = [rows[entry["alpaca_idx"]] for entry in flagged if flag in entry["flags"]]
        values = SIGNALS[signal]()([Sample(row["instruction"], row["input"], row["output"]) for row in texts])
        found = sum(value > 0 for value in values) / len(values)
        assert found >= FEWEST.get(flag, 1.0), f"{flag}: {signal} finds {found:.0%}"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("trailing_comma_array_zh.json", "line 2882, column 1: .* comma"),
        ("trailing_comma_and_empty_row_zh.json", "line 62, column 1: .* comma"),
        ("trailing_comma_in_object_zh.json.gz", "line 3641, column 1: .* comma"),
        ("git_lfs_pointer.json", "Git LFS pointer"),
        ("merge_conflict_markers.json.gz", "line 1: a merge-conflict marker"),
        ("latin1_text_trec.txt", "line 66: byte 53 is 0xf0"),
        ("latin1_text_mr.txt.gz", "line 32: byte 19 is 0xe9"),
    ],
)
def test_files_that_are_broken_as_a_whole_are_refused_with_the_place(name, reason):
    with pytest.raises(BadFile, match=reason):
        taken(DATA / "dirty" / name)


def test_rows_that_are_broken_are_refused_by_line():
    samples, refused = taken(DATA / "dirty" / "jsonl_named_json_zh.json.gz")
    assert (len(samples), refused) == (1000, [])
    samples, refused = taken(DATA / "dirty" / "one_bad_line_ja.jsonl")
    broken = [one for one in refused if "not valid JSON" in one.reason]
    assert len(samples) + len(refused) == 80
    assert len(broken) == 1
    samples, refused = taken(DATA / "dirty" / "unquoted_keys.jsonl")
    assert samples == []
    assert [one.place for one in refused] == ["line 1", "line 2", "line 3"]
    assert all("double quotes" in one.reason for one in refused)


def test_each_file_of_the_json_test_suite_ends_in_rows_or_reasons(tmp_path):
    with tarfile.open(DATA / "dirty" / "jsontestsuite_test_parsing.tar.gz") as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        contents = {Path(m.name).name: (archive.extractfile(m) or io.BytesIO()).read() for m in members}
    assert len(contents) == 318
    for name, content in contents.items():
        path = tmp_path / name.removeprefix("y_").removeprefix("n_").removeprefix("i_")
        path.write_bytes(content)
        with suppress(BadFile):  # whose words are tested with the importers
            samples, refused = taken(path)
            assert all(one.place and one.reason for one in refused), name
            assert samples == [], name
