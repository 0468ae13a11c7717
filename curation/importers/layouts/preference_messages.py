"""The messages of a preference row: which were asked, which are the two answers."""

from collections.abc import Sequence

from curation.errors import BadRow
from curation.importers.fields import has_list, inner, items
from curation.importers.rows import kind_of
from curation.importers.turns import message, messages
from curation.methods import Json, Row
from curation.sample import Message

ASKED = ("prompt", "conversations", "messages")


def asked_in(row: Row) -> tuple[Message, ...]:
    """The messages before the answers; none where the question stands in text fields or inside the answers."""
    if isinstance(row.get("input"), dict):
        return messages(items(inner(row["input"], "input"), "messages"), "input")
    field = next((field for field in ASKED if has_list(row, field)), "")
    return messages(items(row, field), field) if field else ()


def answer_in(value: Json, field: str) -> str:
    """An answer given as a text, one message, or a list of one message."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        raise BadRow(f'"{field}" is {kind_of(value)}, not one answer')
    said = message(value, 1)
    if said.role != "assistant":
        raise BadRow(f'"{field}" is a message of the {said.role}, not of the assistant')
    return said.content


def split_pair(
    before: tuple[Message, ...], better: Sequence[Json], worse: Sequence[Json]
) -> tuple[tuple[Message, ...], str, str]:
    """Two lists of messages as what they share and how each ends.

    TRL's explicit form shares nothing, its implicit form and UltraFeedback repeat the whole conversation.

    Raises:
        BadRow: the lists differ in more than the last answer.
    """
    chosen, rejected = messages(better, "chosen"), messages(worse, "rejected")
    if not chosen or not rejected:
        raise BadRow("one of the two answers has no message")
    if chosen[:-1] != rejected[:-1] or {chosen[-1].role, rejected[-1].role} != {"assistant"}:
        raise BadRow("the chosen and the rejected messages differ in more than the last answer")
    shared = chosen[:-1]
    repeats = shared[: len(before)] == before
    return (shared if repeats else (*before, *shared)), chosen[-1].content, rejected[-1].content
