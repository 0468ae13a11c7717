"""`dataset_info.json`, by which LLaMA-Factory finds the files of a folder."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NotRequired, TypedDict

from curation.exporters.card import Config
from curation.methods import Json


class Entry(TypedDict):
    """How LLaMA-Factory reads one file."""

    formatting: str
    columns: dict[str, str]
    tags: NotRequired[dict[str, str]]


ENTRIES: Mapping[str, Entry] = MappingProxyType(
    {
        "alpaca": {
            "formatting": "alpaca",
            "columns": {"prompt": "instruction", "query": "input", "response": "output"},
        },
        "sharegpt": {"formatting": "sharegpt", "columns": {"messages": "conversations", "system": "system"}},
        "openai_chat": {
            "formatting": "sharegpt",
            "columns": {"messages": "messages"},
            "tags": {
                "role_tag": "role",
                "content_tag": "content",
                "user_tag": "user",
                "assistant_tag": "assistant",
                "system_tag": "system",
            },
        },
    }
)
"""Format → how LLaMA-Factory reads its files (data/README.md of that project)."""

EXTENDED = ("system", "history")
"""Columns of Alpaca files that are named where they are written."""


def dataset_info(slug: str, configs: Sequence[Config]) -> dict[str, Json]:
    """An entry `<slug>_<format>_<split>` for each file that LLaMA-Factory reads; none for the other formats."""
    return {
        f"{slug}_{config.form.name}_{split}": _entry(config, path)
        for config in configs
        if config.form.name in ENTRIES
        for split, path in config.files.items()
    }


def _entry(config: Config, path: str) -> dict[str, Json]:
    known = ENTRIES[config.form.name]
    extra = {column: column for column in EXTENDED if config.form.name == "alpaca" and column in config.form.columns()}
    entry: dict[str, Json] = {"file_name": path, "formatting": known["formatting"]}
    entry["columns"] = {**known["columns"], **extra}
    return {**entry, "tags": known["tags"]} if "tags" in known else entry
