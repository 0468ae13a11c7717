"""Instructions from a labelled table: each row is asked about in several phrasings and answered in several forms."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random
from typing import ClassVar

from pydantic import Field, field_validator

from curation.errors import BadFile
from curation.generators.templates.answers import answer
from curation.generators.templates.own import check_slots, read_own
from curation.generators.templates.phrasings import COLUMNS, OPTIONS, TEMPLATES, Form, Task, Template
from curation.generators.templates.slots import fill
from curation.generators.templates.table import LABEL, Table, TableRow, read_table
from curation.methods import Generator
from curation.sample import Collected, Origin, Refusal, Sample


class Templates(Generator):
    """Templates over a labelled table.

    Each row is asked about in several phrasings, and answered in several forms: the label alone, a sentence, an
    explanation. What a row does not give is not made up: a template that it cannot fill is left out for it.

    >>> Templates(path=Path("reviews.csv"), task="sentiment").label()
    'Templates over a labelled table'
    >>> filled(TEMPLATES["qa"][0], {"question": "Who wrote {it}?", "answer": "Ada"})
    ('Who wrote {it}?', '')
    """

    name: ClassVar[str] = "templates"
    path: Path = Field(description="Table with a header (CSV, TSV), one object per line (JSONL), or Parquet")
    own_templates: str = Field(
        "",
        description="Templates of your own in place of ours, one a line: instruction => answer, or instruction || "
        "input => answer, with the table's columns in braces; {options} lists the classes",
        json_schema_extra={"lines": 3},
    )
    task: Task = Field("sentiment", description="What the table is labelled for")
    forms: tuple[Form, ...] = Field((), description="Forms of answer; none for all that the task has")
    per_row: int = Field(2, ge=1, le=9, description="Most phrasings per row")
    balanced: bool = Field(False, description="As many samples from each class; the rest of larger classes is left out")
    labels: tuple[str, ...] = Field((), description="Names for the labels 0, 1, 2 … where the table has numbers")
    limit: int = Field(0, ge=0, description="Most samples in all; 0 for no limit")
    seed: int = Field(0, description="Another number gives another choice of phrasings")

    @field_validator("own_templates")
    @classmethod
    def _readable(cls, value: str) -> str:
        read_own(value)
        return value

    def __call__(self, pool: Sequence[Sample]) -> Iterator[Collected]:
        """Make samples; one that is in the pool already is left out.

        Raises:
            BadFile: the table cannot be read, lacks a column, or has no classes to balance.
        """
        rows = self._table().rows
        Random(self.seed).shuffle(rows)
        groups = _by_class(rows) if self._wants_classes(rows) else [rows]
        seen = {sample.id for sample in pool}
        queues = [self._made(group, Random(f"{self.seed} {at}"), seen) for at, group in enumerate(groups) if group]
        yield from islice(_round_robin(queues), self.limit or None)

    def requested(self, pool: Sequence[Sample]) -> int:
        """At most so many samples will be made; reads the table."""
        del pool
        most = min(self.per_row, len(self._templates)) * len(self._table().rows)
        return min(most, self.limit) if self.limit else most

    def refusals(self) -> list[Refusal]:
        """The rows of the table that cannot be used, with the reason."""
        return self._table().refusals

    @property
    def _templates(self) -> Sequence[Template]:
        """The reader's own, else ours of the forms that are wanted."""
        if self.own_templates.strip():
            return read_own(self.own_templates)
        return [one for one in TEMPLATES[self.task] if not self.forms or one.form in self.forms]

    def _table(self) -> Table:
        """The table with our names of its columns, labels by name and {options} in every row."""
        table = self._read()
        cells = [self._named(row.cells) for row in table.rows]
        options = _listed(sorted({own.get(LABEL, "") for own in cells}))
        rows = [TableRow(row.number, {**own, OPTIONS: options}) for row, own in zip(table.rows, cells, strict=True)]
        return replace(table, rows=rows)

    def _read(self) -> Table:
        if not self.own_templates.strip():
            return read_table(self.path, *COLUMNS[self.task])
        named = list(dict.fromkeys(name for template in self._templates for name in template.columns))
        classes = [LABEL] if self.balanced or OPTIONS in named else []
        table = read_table(self.path, optional=[*named, *classes])
        check_slots(self._templates, table.columns, self.path.name)
        return table

    def _named(self, cells: dict[str, str]) -> dict[str, str]:
        """The cells with a numbered label replaced by its name."""
        label = cells.get(LABEL, "")
        if label.isdecimal() and int(label) < len(self.labels):
            return {**cells, LABEL: self.labels[int(label)]}
        return cells

    def _wants_classes(self, rows: Sequence[TableRow]) -> bool:
        if self.balanced and not all(LABEL in row.cells for row in rows):
            raise BadFile(f"{self.path.name} has no classes to balance: no column holds labels. Switch balancing off.")
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
            for number, template in enumerate(self._templates)
            if all(row.cells.get(column) for column in template.columns) and self._answer(template, row)
        ]

    def _answer(self, template: Template, row: TableRow) -> str:
        return fill(template.output, row.cells) if template.output else answer(self.task, template.form, row.cells)

    def _one(self, row: TableRow, number: int) -> Collected:
        template = self._templates[number]
        instruction, given = filled(template, row.cells)
        sample = Sample(instruction, given, self._answer(template, row))
        ref = f"row {row.number}, template {number + 1}"
        category = "" if template.output else self.task
        return Collected(sample, Origin(self.name, self.path.name, ref, category=category))


def filled(template: Template, cells: dict[str, str]) -> tuple[str, str]:
    """Instruction and input with the columns put in; braces in the cells stay as they are."""
    return fill(template.instruction, cells), fill(template.input, cells)


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
