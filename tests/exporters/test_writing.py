import hashlib
import json
import tracemalloc

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.errors import BadInput
from curation.exporters import FORMATS, Parquet, write_rows
from curation.exporters.writing import ROWS_PER_GROUP
from curation.sample import Message, Sample

HOSTILE = "\x1b]0;x\x07 \x00 \u202e \u200b \u2028 \x85 \r\n 💥 ünï \ufeff"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.just(HOSTILE)


def read(path, container):
    if container == "parquet":
        return pq.read_table(path).to_pylist()
    text = path.read_bytes().decode()
    return json.loads(text) if container == "json list" else [json.loads(line) for line in text.split("\n")[:-1]]


@pytest.mark.parametrize("container", ["json list", "jsonl", "parquet"])
@settings(deadline=None)  # each file waits for the disk
@given(st.lists(st.fixed_dictionaries({"a": TEXT, "b": TEXT}), max_size=6))
def test_text_comes_back_exactly(tmp_path_factory, container, rows):
    """T21."""
    path = tmp_path_factory.mktemp("rows") / "f"
    written = write_rows(path, container, {"a": "text", "b": "text"}, iter(rows))
    assert read(path, container) == rows
    data = path.read_bytes()
    assert written == (len(rows), len(data), hashlib.sha256(data).hexdigest())
    assert container == "parquet" or b"\r" not in data


def test_letters_are_not_escaped(tmp_path):
    write_rows(tmp_path / "f", "jsonl", {"a": "text"}, [{"a": "ü 色"}])
    assert (tmp_path / "f").read_bytes() == '{"a": "ü 色"}\n'.encode()


@pytest.mark.parametrize("container", ["json list", "jsonl", "parquet", "csv"])
def test_half_a_character_is_refused_with_its_place(tmp_path, container):
    """METHODS B: a lone surrogate makes a reader refuse the whole file."""
    with pytest.raises(BadInput, match=r"train, within the first 2 rows: .*U\+D800"):
        write_rows(tmp_path / "train", container, {"a": "text"}, [{"a": "fine"}, {"a": "x\ud800"}])


def test_parquet_types_do_not_depend_on_the_rows(tmp_path):
    form = Parquet()
    talk = Sample("a", output="b", followups=(Message("user", "c"),))
    for name, sample in (("plain", Sample("a")), ("talk", talk)):
        write_rows(tmp_path / name, "parquet", form.columns(), [form(sample)])
    assert pq.read_schema(tmp_path / "plain") == pq.read_schema(tmp_path / "talk")


def test_a_file_is_never_overwritten(tmp_path):
    (tmp_path / "f").write_text("mine")
    with pytest.raises(FileExistsError):
        write_rows(tmp_path / "f", "jsonl", {"a": "text"}, [])
    assert (tmp_path / "f").read_text() == "mine"


@pytest.mark.parametrize("name", ["alpaca", "openai_chat", "parquet", "csv"])
def test_rows_are_streamed(tmp_path, name):
    form = FORMATS[name]()
    sample = Sample("Q" * 4000, output="A" * 4000)
    rows = (form(sample) for _ in range(ROWS_PER_GROUP * 6 // 5))
    tracemalloc.start()
    write_rows(tmp_path / "f", form.container, form.columns(), rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10e6  # bytes; the text alone is 48e6
