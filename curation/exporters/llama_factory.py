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
    ranking: NotRequired[bool]


MESSAGES: Entry = {
    "formatting": "sharegpt",
    "columns": {"messages": "messages"},
    "tags": {
        "role_tag": "role",
        "content_tag": "content",
        "user_tag": "user",
        "assistant_tag": "assistant",
        "observation_tag": "tool",
        "system_tag": "system",
    },
}


ENTRIES: Mapping[str, Entry] = MappingProxyType(
    {
        "alpaca": {
            "formatting": "alpaca",
            "columns": {"prompt": "instruction", "query": "input", "response": "output"},
        },
        "sharegpt": {"formatting": "sharegpt", "columns": {"messages": "conversations", "system": "system"}},
        "openai_chat": MESSAGES,
        "trl_language_modelling": MESSAGES,
        "llama_factory_preference": {
            "formatting": "alpaca",
            "ranking": True,
            "columns": {
                "prompt": "instruction",
                "query": "input",
                "chosen": "chosen",
                "rejected": "rejected",
                "system": "system",
            },
        },
        "llama_factory_kto": {
            "formatting": "sharegpt",
            "columns": {"messages": "conversations", "system": "system", "kto_tag": "kto_tag"},
        },
    }
)
"""Format → how LLaMA-Factory reads its files (data/README.md of that project)."""

EXTENDED = ("system", "history")
"""Columns of Alpaca files that are named where they are written."""


def dataset_info(slug: str, configs: Sequence[Config]) -> dict[str, Json]:
    """An entry `<slug>_<format>_<split>` for each file that LLaMA-Factory reads; none for the others.

    It takes no prompts without answers, and answers as lists of messages (TRL's other types) it does not understand.
    """
    return {
        f"{slug}_{config.form.name}_{split}": _entry(config, path)
        for config in configs
        if _reads(config)
        for split, path in config.files.items()
    }


def _reads(config: Config) -> bool:
    known = ENTRIES.get(config.form.name)
    return known is not None and {*known["columns"].values()} <= {*config.columns}


def _entry(config: Config, path: str) -> dict[str, Json]:
    known = ENTRIES[config.form.name]
    extra = {column: column for column in EXTENDED if config.form.name == "alpaca" and column in config.columns}
    others: dict[str, Json] = {"ranking": True} if known.get("ranking") else {}
    entry: dict[str, Json] = {"file_name": path, "formatting": known["formatting"], **others}
    entry["columns"] = {**known["columns"], **extra}
    return {**entry, "tags": known["tags"]} if "tags" in known else entry
