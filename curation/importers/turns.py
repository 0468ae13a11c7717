"""Lists of messages → one sample: what every conversation layout shares."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from curation.errors import BadRow
from curation.importers.fields import inner, items, text
from curation.importers.rows import kind_of
from curation.methods import Json, Row
from curation.sample import Message, Role, Sample

ROLES: dict[str, Role] = {
    **{role: role for role in get_args(Role)},
    "human": "user",
    "gpt": "assistant",
    "prompter": "user",
    "chatgpt": "assistant",
    "bing": "assistant",
    "bard": "assistant",
    "model": "assistant",
    "developer": "system",
    "function_call": "assistant",
    "observation": "tool",
    "function": "tool",
    "function_response": "tool",
}
"""What ShareGPT, OpenAI, OASST and LLaMA-Factory files call the speakers."""


@dataclass(frozen=True)
class Keys:
    """The two fields of a message."""

    role: str
    content: str


OPENAI = Keys("role", "content")
SHAREGPT = Keys("from", "value")


def keys_of(value: Json) -> Keys:
    """Which of the two ways a message is written in."""
    return SHAREGPT if isinstance(value, dict) and "from" in value else OPENAI


def messages(values: Sequence[Json], field: str) -> tuple[Message, ...]:
    """The messages of a list.

    Raises:
        BadRow: an unknown speaker, or content that is not text.
    """
    return tuple(message(inner(value, field), number) for number, value in enumerate(values, 1))


def message(row: Row, number: int) -> Message:
    """One message in either way of writing it; a tool call becomes the text of the call."""
    keys = keys_of(row)
    role = ROLES.get(text(row, keys.role).lower())
    if role is None:
        raise BadRow(f'message {number}: the {keys.role} "{text(row, keys.role)[:40]}" is not known')
    calls = row.get("tool_calls")
    if calls and not row.get(keys.content):
        return Message(role, json.dumps(calls, ensure_ascii=False))
    return Message(role, content(row.get(keys.content), number))


def content(value: Json, number: int) -> str:
    """The text of a message: a text, or a list of parts that hold text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(part_text(part, number) for part in value)
    raise BadRow(f"message {number} is {kind_of(value)}, not text")


def part_text(part: Json, number: int) -> str:
    """The text of one part of a message."""
    if isinstance(part, str):
        return part
    row = inner(part, f"message {number}")
    found = row.get("text", row.get("value"))
    if row.get("type", "text") != "text" or not isinstance(found, str):
        raise BadRow(f'message {number} holds a part of type "{row.get("type")}"; only text can be read')
    return found


def conversation(spoken: Sequence[Message], system: str = "") -> Sample:
    """Messages as one sample: first question, first answer, the rest as follow-ups.

    Raises:
        BadRow: no question at the start, or two before the first answer.
    """
    first = next((at for at, said in enumerate(spoken) if said.role != "system"), len(spoken))
    told = "\n\n".join(part for part in [system, *(said.content for said in spoken[:first])] if part)
    if first == len(spoken):
        raise BadRow("the conversation has no message of the user")
    asked, rest = spoken[first], spoken[first + 1 :]
    if asked.role != "user":
        raise BadRow(f"the conversation starts with the {asked.role}, not with the user")
    if not asked.content.strip():
        raise BadRow("the instruction is empty")
    if rest and rest[0].role != "assistant":
        raise BadRow(f"the {rest[0].role} speaks before the first answer of the assistant")
    output = rest[0].content if rest else ""
    return Sample(asked.content, output=output, system=told, followups=tuple(rest[1:]))


def last_answer(sample: Sample, answer: str, rejected: str) -> Sample:
    """A conversation that waits for an answer, with a better and a worse one.

    The rejected answer stands against the last answer of the conversation: the output where there are no
    follow-ups, else the last follow-up.
    """
    if not sample.followups:
        return replace(sample, output=answer, rejected=rejected)
    return replace(sample, followups=(*sample.followups, Message("assistant", answer)), rejected=rejected)


def from_history(row: Row, asked: str) -> tuple[Message, ...]:
    """The messages before and including the question of an Alpaca row with a history of [user, assistant] pairs."""
    spoken: list[Message] = []
    for number, pair in enumerate(items(row, "history"), 1):
        match pair:
            case [str(user), str(assistant)]:
                spoken += [Message("user", user), Message("assistant", assistant)]
            case _:
                raise BadRow(f'"history" entry {number} is not a pair of two texts')
    return (*spoken, Message("user", asked))
