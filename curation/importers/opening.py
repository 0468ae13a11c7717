"""A path or a Hub name → rows."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

from curation.errors import BadFile
from curation.importers.caps import MAX_ROWS
from curation.importers.containers.content import Kind, recognise_file
from curation.importers.containers.delimited import delimiter_of, table
from curation.importers.containers.excel import excel
from curation.importers.containers.hugging_face import folder, hub, looks_like_a_hub_name
from curation.importers.containers.json_text import json_array, json_lines
from curation.importers.containers.parquet import parquet
from curation.importers.containers.text import HEAD, opened
from curation.importers.rows import Item, Rows
from curation.sample import Refusal

LOOK_AHEAD = 20
"""Rows that are read to know the columns and the layout."""


def open_rows(path_or_name: str) -> Rows:
    """Open a file, a folder written by `save_to_disk`, or a data set on the Hugging Face Hub.

    The container is recognised by content. Lines and rows that cannot be read come as a Refusal with their
    place, in order; the others go on.

    Args:
        path_or_name: a path, or a Hub name such as `databricks/databricks-dolly-15k`.

    Raises:
        BadFile: nothing there, a container that is not read, a file that is damaged or over a cap. Also
            raised while the rows are gone through: then nothing of the file may be kept.
    """
    kind, items = opened_container(path_or_name)
    items = capped(items, path_or_name)
    first = list(islice(items, LOOK_AHEAD))
    columns = dict.fromkeys(key for item in first if not isinstance(item, Refusal) for key in item[1])
    return Rows(kind, tuple(columns), chain(first, items))


def opened_container(path_or_name: str) -> tuple[str, Iterator[Item]]:
    """The container in words and its rows."""
    path = Path(path_or_name)
    try:
        if path.is_dir():
            return "Hugging Face folder", folder(path)
        if path.is_file():
            kind = recognise_file(path)
            return kind, READERS[kind](path)
    except (OSError, ValueError) as error:  # no permission, a name of 300 characters, a NUL in it
        raise BadFile(f"{path_or_name!r} cannot be opened ({error}).") from error
    if looks_like_a_hub_name(path_or_name):
        return "Hugging Face Hub", hub(path_or_name)
    raise BadFile(f"There is no file {path_or_name}. Check the path.")


def comma_table(path: Path) -> Iterator[Item]:
    """A table with commas or, as spreadsheets in much of Europe write it, semicolons."""
    with opened(path) as stream:
        head = stream.read(HEAD)
    return table(path, delimiter_of(head, path.name) or ",")


READERS: Mapping[Kind, Callable[[Path], Iterator[Item]]] = {
    "JSON array": json_array,
    "JSON lines": json_lines,
    "CSV": comma_table,
    "TSV": lambda path: table(path, "\t"),
    "Parquet": parquet,
    "Excel": excel,
}


def capped(items: Iterator[Item], name: str) -> Iterator[Item]:
    """The same rows, up to the cap on rows."""
    for number, item in enumerate(items, 1):
        if number > MAX_ROWS:
            raise BadFile(f"{name} has more than {MAX_ROWS:,} rows (cap on rows). Split it into smaller files.")
        yield item
