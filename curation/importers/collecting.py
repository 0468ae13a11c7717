"""A file and a layout → samples with where they came from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from curation.errors import BadRow
from curation.importers.fields import category_of
from curation.importers.layouts.mapped import Mapped
from curation.importers.rows import Item
from curation.methods import Layout, Row
from curation.sample import Collected, Origin, Refusal


@dataclass(frozen=True)
class Preview:
    """The start of a file, to look at before anything is imported.

    Args:
        kind: the container in words.
        columns: the fields of the first rows.
        layout: the layout asked for or recognised; None where the reader has to say which column is what.
        rows: the first ten rows as they stand in the file.
        collected: what the layout makes of them, and what is refused; only refusals without a layout.
    """

    kind: str
    columns: tuple[str, ...]
    layout: Layout | None
    rows: tuple[Row, ...]
    collected: tuple[Collected | Refusal, ...]


@dataclass(frozen=True)
class Reading:
    """How rows are read: by which layout, from where, under which licence."""

    layout: Layout
    source: str
    licence: str = ""

    def __call__(self, item: Item) -> Iterator[Collected | Refusal]:
        """The samples of one row with their origins, or its refusal."""
        if isinstance(item, Refusal):
            yield item
            return
        place, row = item
        try:
            samples = self.layout(row)
        except BadRow as error:
            yield Refusal(place, error.reason)
            return
        category = self.category(row)
        for ref, sample in zip(refs(place, samples), samples, strict=True):
            yield Collected(sample, Origin(self.layout.name, self.source, ref, category, self.licence))

    def category(self, row: Row) -> str:
        """The task type: from the column that the reader named, else from the row itself."""
        if isinstance(self.layout, Mapped) and self.layout.category:
            value = row.get(self.layout.category)
            return "" if value is None or isinstance(value, list | dict) else str(value)
        return category_of(row)


def refs(place: str, samples: Sequence[object]) -> list[str]:
    """The place of each sample of one row."""
    if len(samples) == 1:
        return [place]
    return [f"{place} instance {number}" for number in range(1, len(samples) + 1)]


def source_of(path_or_name: str) -> str:
    """What a file is called in front of the reader: its name without its folders; a Hub name as it is."""
    path = Path(path_or_name)
    return path.name if path.exists() else path_or_name
