"""Files made to run code or to fill the memory."""

import gzip
import pickle
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from curation.errors import BadFile
from curation.importers import open_rows
from curation.importers.containers import content

CHILD = """
import resource, sys
from curation.importers import open_rows
from curation.errors import BadFile
limit = {limit}
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
for path in sys.argv[1:]:
    try:
        print(sum(1 for _ in open_rows(path).items), "rows")
    except BadFile as error:
        print(error)
"""


class Touch:
    """Makes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


def code_files(folder: Path, mark: Path) -> dict[str, bytes]:
    """Every kind of file that could carry the pickle, by name."""
    loads = {f"pickle{number}": pickle.dumps(Touch(mark), number) for number in range(6)}
    with zipfile.ZipFile(folder / "torch", "w") as archive:
        archive.writestr("archive/data.pkl", loads["pickle2"])
    np.savez(folder / "archive.npz", x=np.array([Touch(mark)], dtype=object))
    np.save(folder / "one.npy", np.array([Touch(mark)], dtype=object))
    return loads | {
        "torch": (folder / "torch").read_bytes(),
        "npz": (folder / "archive.npz").read_bytes(),
        "npy": (folder / "one.npy").read_bytes(),
        "joblib": __import__("zlib").compress(loads["pickle4"]),
        "gzip": gzip.compress(loads["pickle4"]),
    }


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet", ".xlsx"])
def test_files_that_could_run_code_are_refused_by_content_and_nothing_runs(tmp_path, suffix):
    """T11."""
    mark = tmp_path / "ran"
    for name, data in code_files(tmp_path, mark).items():
        path = tmp_path / f"{name}{suffix}"
        path.write_bytes(data)
        with pytest.raises(BadFile, match=name):
            list(open_rows(str(path)).items)
    assert not mark.exists()
    pickle.loads(pickle.dumps(Touch(mark)))
    assert mark.exists()  # the test can fail


@pytest.mark.parametrize(("magic", "what"), content.REFUSED)
def test_every_known_wrong_kind_of_file_is_called_what_it_is(tmp_path, magic, what):
    path = tmp_path / "x.jsonl"
    path.write_bytes(magic + b"\x00rest")
    with pytest.raises(BadFile) as caught:
        open_rows(str(path))
    assert what in str(caught.value)


@pytest.mark.parametrize("data", [b"", b" \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path, data):
    path = tmp_path / "x.jsonl"
    path.write_bytes(data)
    with pytest.raises(BadFile, match="is empty"):
        open_rows(str(path))


def test_other_archives_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x", "w") as archive:
        archive.writestr("a.jsonl", "{}")
    with pytest.raises(BadFile, match="is a zip file"):
        open_rows(str(tmp_path / "x"))
    (tmp_path / "y").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(BadFile, match="damaged zip"):
        open_rows(str(tmp_path / "y"))
    (tmp_path / "z").write_bytes(b"name".ljust(257, b"\0") + b"ustar\0")
    with pytest.raises(BadFile, match="tar archive"):
        open_rows(str(tmp_path / "z"))


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unread(tmp_path):
    """T12."""
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(20_000_000))
    with pytest.raises(BadFile, match="cap on the compression ratio"):
        list(open_rows(str(tmp_path / "x.xlsx")).items)


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_AS"), reason="address space cannot be limited here")
def test_bombs_stop_at_a_named_cap_within_one_gigabyte(tmp_path):
    """T12: gzip that unpacks 1,000 times, one line of 60 MB, nesting 100,000 deep, a million columns."""
    block = gzip.compress(b"x" * 16_000_000)
    (tmp_path / "bomb").write_bytes(gzip.compress(b'{"a": "') + block * 50)
    (tmp_path / "line").write_bytes(b'{"a": "' + b"x" * 60_000_000 + b'"}\n{"a": 1}\n')
    (tmp_path / "deep").write_bytes(b'[{"a": ' + b"[" * 100_000)
    (tmp_path / "wide").write_bytes(b",".join(b"%d" % number for number in range(1_000_000)) + b"\n")
    paths = [str(tmp_path / name) for name in ("bomb", "line", "deep", "wide")]
    child = subprocess.run(
        [sys.executable, "-c", CHILD.format(limit=1 << 30), *paths],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    bomb, line, deep, wide = child.stdout.splitlines()
    assert "cap on the compression ratio: 100 times" in bomb
    assert line == "2 rows"
    assert "cap on depth" in deep
    assert "1,000,000 columns, 10,000 are allowed (cap on columns)" in wide
