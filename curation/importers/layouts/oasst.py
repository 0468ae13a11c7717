"""OpenAssistant conversation trees."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from curation.errors import BadRow
from curation.importers.fields import inner, items, text
from curation.importers.turns import ROLES, conversation
from curation.methods import Json, Layout, Row
from curation.sample import Message, Sample


class Oasst(Layout):
    """OpenAssistant trees: the best-ranked path of each.

    >>> reply = {"text": "Red", "role": "assistant", "rank": 0, "replies": []}
    >>> Oasst()({"prompt": {"text": "Name a colour.", "role": "prompter", "replies": [reply]}})[0].output
    'Red'
    """

    name: ClassVar[str] = "oasst"

    def recognises(self, row: Row) -> bool:
        """By a prompt that holds replies."""
        prompt = row.get("prompt")
        return isinstance(prompt, dict) and {"text", "replies"} <= prompt.keys()

    def __call__(self, row: Row) -> Sequence[Sample]:
        """One sample per tree: from the prompt to the best reply to the best reply."""
        return [conversation(tuple(path(inner(row.get("prompt"), "prompt"))))]


def path(node: Row) -> Iterator[Message]:
    """The messages from here along the best-ranked replies."""
    while True:
        word = text(node, "role")
        role = ROLES.get(word)
        if role is None:
            raise BadRow(f'the role "{word[:40]}" is not known')
        yield Message(role, text(node, "text"))
        replies = [inner(reply, "replies") for reply in items(node, "replies")]
        if not replies:
            return
        node = min(replies, key=lambda reply: rank(reply.get("rank")))


def rank(value: Json) -> float:
    """0 is the best; replies without a rank come last, in the order of the file."""
    return float(value) if isinstance(value, int | float) else float("inf")
