"""Rows → the layout that fits them."""

from collections.abc import Mapping, Sequence

from curation.errors import BadFile
from curation.importers.layouts.mapped import Mapped
from curation.methods import Layout, Row

WORDS: Mapping[str, tuple[str, ...]] = {
    "instruction": ("instruction", "instructions", "prompt", "question", "query", "task", "problem", "text", "premise"),
    "output": ("output", "response", "answer", "completion", "target", "solution", "label_name", "label"),
    "input": ("input", "context", "passage", "document", "article"),
    "system": ("system", "system_prompt"),
    "category": ("category", "task_type", "subject", "topic"),
}
"""What columns are often called, the best word first."""


def best_layout(layouts: Sequence[Layout], rows: Sequence[Row]) -> Layout | None:
    """The layout that most of the rows fit, the first of those that fit equally many; None under one half."""
    fits = [sum(layout.recognises(row) for row in rows) for layout in layouts]
    best = max(range(len(layouts)), key=fits.__getitem__)
    return layouts[best] if rows and 2 * fits[best] >= len(rows) else None


def guess_mapping(columns: Sequence[str], rows: Sequence[Row]) -> Mapped:
    """A first guess at which column is what, for the reader to correct.

    Columns are taken by their name; where no name says what is asked, the first column with text in every
    row is taken.

    Args:
        columns: the columns of the file.
        rows: its first rows.

    Raises:
        BadFile: no row could be read, or no column holds text.

    >>> guess_mapping(["Question", "Best Answer"], [{"Question": "Who?", "Best Answer": "Ada"}])
    Mapped(instruction='Question', input='', output='Best Answer', system='', category='')
    """
    if not rows:
        raise BadFile("None of the first rows could be read, so there are no columns to choose from.")
    texts = [column for column in columns if all(isinstance(row.get(column), str) for row in rows)]
    if not texts:
        raise BadFile("No column holds text in each of the first rows, so nothing can be an instruction.")
    others = [word for part, words in WORDS.items() if part != "instruction" for word in words]
    unclaimed = (column for column in texts if not named([column], others))
    found = {"instruction": named(texts, WORDS["instruction"]) or next(unclaimed, texts[0])}
    for part in ("output", "input", "system", "category"):
        found[part] = named([column for column in texts if column not in found.values()], WORDS[part])
    return Mapped(**found)


def named(columns: Sequence[str], words: Sequence[str]) -> str:
    """The column called by one of the words, else one whose last word is, else none."""
    for word in words:
        for column in columns:
            if column.lower() == word:
                return column
    endings = {column: column.lower().replace("_", " ").split()[-1:] for column in columns}
    return next((column for word in words for column in columns if endings[column] == [word]), "")
