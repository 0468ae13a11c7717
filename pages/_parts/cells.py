"""What stands in the cells of a table: texts with nothing hidden in them, numbers that can be read."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages._parts.plain import visible

WHOLE = st.column_config.NumberColumn(format="localized")
"""Whole numbers with separators, as the reader's browser writes them."""
SIMILARITY = st.column_config.NumberColumn(format="%.3f")


def visible_rows(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Rows of a table with what cannot be seen in their texts made visible (T21)."""
    return [{name: visible(cell) if isinstance(cell, str) else cell for name, cell in row.items()} for row in rows]


def less_empty(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """The rows without the columns in which no row says anything.

    >>> less_empty([{"place": "line 1", "licence": "", "n": 0}])
    [{'place': 'line 1', 'n': 0}]
    """
    return [
        {name: cell for name, cell in row.items() if any(each[name] not in ("", None) for each in rows)} for row in rows
    ]
