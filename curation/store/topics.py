"""The tags that a judge gave, several per sample, as they count now. They are found by like labels of a signal."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from curation.store.workspace import Workspace

TOPIC = "topic"
"""Under this name they stand in the view `labels`, and so in facets."""

_CLEAR = "DELETE FROM topics"
_ADD = "INSERT INTO topics SELECT sample, topic FROM given"


def replace_topics(workspace: Workspace, topics: Mapping[str, Sequence[int]]) -> None:
    """Keep these topics, each with the numbers of its samples, in place of all others."""
    rows = [(number, topic) for topic, numbers in topics.items() for number in numbers]
    table = pa.table(
        {
            "sample": pa.array([number for number, _ in rows], pa.int32()),
            "topic": pa.array([topic for _, topic in rows], pa.string()),
        }
    )
    with workspace.writing() as cursor:
        cursor.execute(_CLEAR)
        cursor.register("given", table)
        cursor.execute(_ADD)
        cursor.unregister("given")
