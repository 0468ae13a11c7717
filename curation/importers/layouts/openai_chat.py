"""OpenAI chat messages."""

from collections.abc import Sequence
from typing import ClassVar

from curation.importers.fields import has_list, items, text
from curation.importers.turns import conversation, messages
from curation.methods import Layout, Row
from curation.sample import Sample


class OpenAiChat(Layout):
    """OpenAI chat: messages of role and content.

    >>> turns = [{"role": "user", "content": "Name a colour."}, {"role": "assistant", "content": "Red"}]
    >>> OpenAiChat()({"messages": turns})[0].output
    'Red'
    """

    name: ClassVar[str] = "openai_chat"

    def recognises(self, row: Row) -> bool:
        """By a list of messages without a preference."""
        return has_list(row, "messages") and {"chosen", "rejected", "label", "kto_tag"}.isdisjoint(row)

    def __call__(self, row: Row) -> Sequence[Sample]:
        """One sample; content may be a list of text parts."""
        return [conversation(messages(items(row, "messages"), "messages"), text(row, "system"))]
