"""Data sets of the Hugging Face library: a folder written by `save_to_disk`, or a name on the Hub."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from curation.errors import BadFile
from curation.importers.containers.plain import plain
from curation.importers.rows import Item, checked

HUB_NAME = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?")
FILE_NAME = re.compile(r".*\.(jsonl?|csv|tsv|txt|parquet|xlsx?|gz|zip|arrow|pkl|npz|pt|joblib|ndjson)", re.IGNORECASE)


def looks_like_a_hub_name(text: str) -> bool:
    """Whether a text that is no file can be a data set on the Hub, such as `databricks/databricks-dolly-15k`."""
    return bool(HUB_NAME.fullmatch(text)) and not FILE_NAME.fullmatch(text)


def folder(path: Path) -> Iterator[Item]:
    """Every row of a folder written by `Dataset.save_to_disk` or `DatasetDict.save_to_disk`.

    Raises:
        BadFile: another kind of folder, or a damaged one.
    """
    if not any((path / name).is_file() for name in ("state.json", "dataset_dict.json")):
        raise BadFile(f"{path.name} is a folder that save_to_disk did not write. Choose one file in it instead.")
    from datasets import load_from_disk

    try:
        loaded = load_from_disk(str(path))
    except Exception as error:
        # The library lets whatever goes wrong inside it through: Arrow, JSON, key and type errors alike.
        raise BadFile(f"{path.name} is a damaged data set folder ({error}).") from error
    return splits(loaded)


def hub(name: str) -> Iterator[Item]:
    """Every row of a data set on the Hugging Face Hub, downloaded by the `datasets` library.

    Code that a data set brings along is never run: the library has no such switch on here (T24).

    Raises:
        BadFile: no network, no such data set, or one that has to be downloaded by hand.
    """
    from datasets import load_dataset

    try:
        loaded = load_dataset(name)
    except Exception as error:
        # As above: errors of the network, the file formats and the library's own have no common parent.
        raise BadFile(
            f'"{name}" is no file here and could not be read from the Hugging Face Hub: {error}. '
            "Check the name and the network, or download the file and import that."
        ) from error
    return splits(loaded)


def splits(loaded: object) -> Iterator[Item]:
    """The rows of one data set, or of every split of several."""
    if not isinstance(loaded, Mapping):
        return rows(loaded, "row")
    return (item for split, part in loaded.items() for item in rows(part, f"{split} row"))


def rows(part: object, word: str) -> Iterator[Item]:
    """The rows of one data set."""
    from datasets import Dataset

    assert isinstance(part, Dataset)
    return (checked(f"{word} {number}", plain(row)) for number, row in enumerate(part, 1))
