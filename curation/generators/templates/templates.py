"""Instructions from a labelled table: each row is asked about in several phrasings and answered in several forms."""

import string
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import ClassVar

from pydantic import Field

from curation.errors import BadFile
from curation.generators.templates.answers import answer
from curation.generators.templates.phrasings import COLUMNS, TEMPLATES, Task, Template
from curation.generators.templates.table import TableRow, read_table
from curation.methods import Generator
from curation.sample import Collected, Origin, Refusal, Sample


class Templates(Generator):
    """Templates over a labelled table.

    >>> Templates(path=Path("reviews.csv"), task="sentiment").label()
    'Templates over a labelled table'
    >>> filled(TEMPLATES["qa"][0], {"question": "Who wrote {it}?", "answer": "Ada"})
    ('Who wrote {it}?', '')
    """

    name: ClassVar[str] = "templates"
    path: Path = Field(description="Table with a header (CSV, TSV) or one object per line (JSONL)")
    task: Task = Field("sentiment", description="What the table is labelled for")
    per_row: int = Field(2, ge=1, le=9, description="Most phrasings per row")
    balanced: bool = Field(False, description="As many samples from each class; the rest of larger classes is left out")
    labels: tuple[str, ...] = Field((), description="Names for the labels 0, 1, 2 … where the table has numbers")
    limit: int = Field(0, ge=0, description="Most samples in all; 0 for no limit")
    seed: int = Field(0, description="Another number gives another choice of phrasings")

    def __call__(self, pool: Sequence[Sample]) -> Iterator[Collected]:
        """Make samples; one that is in the pool already is left out.

        Raises:
            BadFile: the table cannot be read, lacks a column, or has no classes to balance.
        """
        rows = self._rows()[0]
        Random(self.seed).shuffle(rows)
        groups = _by_class(rows) if self._wants_classes() else [rows]
        seen = {sample.id for sample in pool}
        queues = [self._made(group, Random(f"{self.seed} {at}"), seen) for at, group in enumerate(groups) if group]
        yield from islice(_round_robin(queues), self.limit or None)

    def requested(self, pool: Sequence[Sample]) -> int:
        """At most so many samples will be made; reads the table."""
        del pool
        rows = self._rows()[0]
        most = min(self.per_row, len(TEMPLATES[self.task])) * len(rows)
        return min(most, self.limit) if self.limit else most

    def refusals(self) -> list[Refusal]:
        """The rows of the table that cannot be used, with the reason."""
        return self._rows()[1]

    def _rows(self) -> tuple[list[TableRow], list[Refusal]]:
        rows, refusals = read_table(self.path, *COLUMNS[self.task])
        cells = [self._named(row.cells) for row in rows]
        options = _listed(sorted({row.get("label", "") for row in cells}))
        return [
            TableRow(row.number, {**own, "options": options}) for row, own in zip(rows, cells, strict=True)
        ], refusals

    def _named(self, cells: dict[str, str]) -> dict[str, str]:
        """The cells with a numbered label replaced by its name."""
        label = cells.get("label", "")
        if label.isdecimal() and int(label) < len(self.labels):
            return {**cells, "label": self.labels[int(label)]}
        return cells

    def _wants_classes(self) -> bool:
        if self.balanced and "label" not in COLUMNS[self.task][0]:
            raise BadFile(f"{self.path.name}: the task {self.task} has no classes to balance. Switch balancing off.")
        return self.balanced

    def _made(self, rows: list[TableRow], random: Random, seen: set[str]) -> Iterator[Collected]:
        """First every row once, then every row a second time, and so on, each time in another phrasing."""
        orders = [self._phrased(row, random) for row in rows]
        for _ in range(self.per_row):
            for order in orders:
                made = next((one for one in order if one.sample.id not in seen), None)
                if made is not None:
                    seen.add(made.sample.id)
                    yield made

    def _phrased(self, row: TableRow, random: Random) -> Iterator[Collected]:
        """The row in every phrasing that it allows, in an order of chance."""
        numbers = self._usable(row)
        random.shuffle(numbers)
        return (self._one(row, number) for number in numbers)

    def _usable(self, row: TableRow) -> list[int]:
        """The numbers of the templates whose columns and form of answer the row can give."""
        return [
            number
            for number, template in enumerate(TEMPLATES[self.task])
            if all(row.cells.get(column) for column in _columns(template))
            and answer(self.task, template.form, row.cells)
        ]

    def _one(self, row: TableRow, number: int) -> Collected:
        template = TEMPLATES[self.task][number]
        instruction, given = filled(template, row.cells)
        sample = Sample(instruction, given, answer(self.task, template.form, row.cells))
        ref = f"row {row.number}, template {number + 1}"
        return Collected(sample, Origin(self.name, self.path.name, ref, category=self.task))


def filled(template: Template, cells: dict[str, str]) -> tuple[str, str]:
    """Instruction and input with the columns put in; braces in the cells stay as they are."""
    return template.instruction.format_map(cells), template.input.format_map(cells)


def _columns(template: Template) -> set[str]:
    parts = string.Formatter().parse(template.instruction + template.input)
    return {column for _, column, _, _ in parts if column}


def _by_class(rows: list[TableRow]) -> list[list[TableRow]]:
    classes = sorted({row.cells["label"] for row in rows})
    return [[row for row in rows if row.cells["label"] == label] for label in classes]


def _listed(classes: list[str]) -> str:
    """As in a, b or c; empty for fewer than two, where there is nothing to choose."""
    return f"{', '.join(classes[:-1])} or {classes[-1]}" if len(classes) > 1 else ""


def _round_robin(queues: list[Iterator[Collected]]) -> Iterator[Collected]:
    """One from each in turn, until the first is used up; then the classes are even."""
    while queues:
        turn = [made for queue in queues if (made := next(queue, None)) is not None]
        if len(turn) < len(queues):
            return
        yield from turn
