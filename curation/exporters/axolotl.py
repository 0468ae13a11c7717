"""Pieces of an Axolotl configuration, one per format, by which it finds the files of a folder."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from curation.exporters.card import Config
from curation.methods import Json

CHAT: Mapping[str, Json] = MappingProxyType(
    {
        "type": "chat_template",
        "field_messages": "messages",
        "message_property_mappings": {"role": "role", "content": "content"},
        "roles_to_train": ["assistant"],
        "train_on_eos": "turn",
    }
)
WHOLE_PROMPT: Mapping[str, Json] = MappingProxyType(
    {
        "type": {
            "field_instruction": "prompt",
            "field_output": "completion",
            "format": "{instruction}",
            "no_input_format": "{instruction}",
        }
    }
)
SPEAKERS: Json = {"user": ["human"], "assistant": ["gpt"], "tool": ["observation"]}

READ: Mapping[tuple[str, str], Mapping[str, Json]] = MappingProxyType(
    {
        ("openai_chat", "messages"): CHAT,
        ("trl_language_modelling", "messages"): CHAT,
        ("trl_language_modelling", "text"): {"type": "completion", "field": "text"},
        ("sharegpt", "turns"): {
            **CHAT,
            "field_messages": "conversations",
            "field_system": "system",
            "message_property_mappings": {"role": "from", "content": "value"},
            "roles": SPEAKERS,
        },
        ("alpaca", "text"): {"type": "alpaca"},
        ("trl_prompt_completion", "text"): WHOLE_PROMPT,
        ("trl_preference", "messages"): {"type": "chat_template.default", "field_messages": "prompt"},
    }
)
"""(format, kind of its first column) → its entry under `datasets` (dataset-formats in the docs of that project)."""

METHODS: Mapping[str, str] = MappingProxyType({"trl_preference": "dpo"})
"""Format → what `rl` has to say for it."""

NOTES: Mapping[str, str] = MappingProxyType(
    {"alpaca": "# Axolotl leaves out the columns system and history; take openai_chat where there are any.\n"}
)


def axolotl_pieces(configs: Sequence[Config]) -> dict[str, str]:
    """Path in the folder → lines to put into a configuration of Axolotl, for each format that it reads.

    One file per format, because two formats of one export hold the same samples. `train` is trained on and
    `validation` evaluated.
    """
    pieces = {}
    for config in configs:
        entry = READ.get((config.form.name, next(iter(config.columns.values()))))
        if entry and "train" in config.files:
            pieces[f"axolotl/{config.form.name}.yaml"] = _piece(config, entry)
    return pieces


def _piece(config: Config, entry: Mapping[str, Json]) -> str:
    lines = ["# Paths are those in this folder: run Axolotl from here or put the folder before them."]
    lines += [f"rl: {METHODS[config.form.name]}"] if config.form.name in METHODS else []
    lines += ["datasets:", *_entry(config.files["train"], entry)]
    if "validation" in config.files:
        lines += ["test_datasets:", *_entry(config.files["validation"], entry)]
    return NOTES.get(config.form.name, "") + "\n".join([*lines, ""])


def _entry(path: str, entry: Mapping[str, Json]) -> list[str]:
    """One entry of a list in YAML; its values are JSON, which YAML reads as it is."""
    items = {"path": path, "ds_type": "json", "split": "train", **entry}
    lines = [f"{name}: {json.dumps(value)}" for name, value in items.items()]
    return [f"  {'-' if line is lines[0] else ' '} {line}" for line in lines]
