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
    found = by_names(texts)
    left = [column for column in texts if column not in found.values()]
    if "instruction" not in found:
        found = {**found, "instruction": left[0]} if left else {"instruction": texts[0]}
    return Mapped(**found)


def by_names(texts: Sequence[str]) -> dict[str, str]:
    """The parts of a sample whose column has a telling name; no column is taken twice."""
    found: dict[str, str] = {}
    for called in (by_whole_name, by_last_word):
        for part, words in WORDS.items():
            left = [column for column in texts if column not in found.values()]
            if part not in found and (column := called(left, words)):
                found[part] = column
    return found


def by_whole_name(columns: Sequence[str], words: Sequence[str]) -> str:
    """The column called by one of the words, the best word first; empty for none."""
    names = {column.lower(): column for column in reversed(columns)}
    return next((names[word] for word in words if word in names), "")


def by_last_word(columns: Sequence[str], words: Sequence[str]) -> str:
    """The column whose last word is one of the words, such as "Best Answer"; empty for none."""
    endings = {column.lower().replace("_", " ").split(" ")[-1]: column for column in reversed(columns)}
    return next((endings[word] for word in words if word in endings), "")
