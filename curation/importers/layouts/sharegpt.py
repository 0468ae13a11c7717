"""ShareGPT."""

from collections.abc import Sequence
from typing import ClassVar

from curation.importers.fields import has_list, items, text
from curation.importers.turns import conversation, messages
from curation.methods import Layout, Row
from curation.sample import Sample


class ShareGpt(Layout):
    """ShareGPT: conversations of from and value (also with tool calls).

    >>> turns = [{"from": "human", "value": "Name a colour."}, {"from": "gpt", "value": "Red"}]
    >>> ShareGpt()({"conversations": turns})[0].output
    'Red'
    """

    name: ClassVar[str] = "sharegpt"

    def recognises(self, row: Row) -> bool:
        """By a list of conversations without a preference."""
        return has_list(row, "conversations") and {"chosen", "rejected", "label", "kto_tag"}.isdisjoint(row)

    def __call__(self, row: Row) -> Sequence[Sample]:
        """One sample; a function call is what the assistant says, an observation what the tool says."""
        return [conversation(messages(items(row, "conversations"), "conversations"), text(row, "system"))]
