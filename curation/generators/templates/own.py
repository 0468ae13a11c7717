"""Templates that the reader writes, one a line."""

from collections.abc import Sequence
from functools import lru_cache

from curation.errors import BadFile
from curation.generators.templates.phrasings import OPTIONS, Template
from curation.generators.templates.slots import slots

ANSWER, INPUT = "=>", "||"


@lru_cache(maxsize=16)
def read_own(text: str) -> tuple[Template, ...]:
    """The templates of a text: `instruction => answer` or `instruction || input => answer`, columns in braces.

    Raises:
        ValueError: a line is no template; the message has its number and what is wrong.

    >>> read_own("Translate into French. || {english} => {french}")[0].output
    '{french}'
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    return tuple(_template(number, line) for number, line in lines if line)


def check_slots(templates: Sequence[Template], columns: Sequence[str], table: str) -> None:
    """Make sure that the table has every column that a template names.

    Raises:
        BadFile: it lacks one; the message has the template, the slot and the columns that are there.
    """
    for number, template in enumerate(templates, start=1):
        for name in template.columns:
            if name not in {*columns, OPTIONS}:
                there = ", ".join(columns) or "none"
                raise BadFile(f"Template {number} names {{{name}}}, but {table} has no such column. It has: {there}.")


def _template(number: int, line: str) -> Template:
    request, found, output = line.rpartition(ANSWER)
    instruction, _, given = request.partition(INPUT)
    if not found or not instruction.strip() or not output.strip():
        raise ValueError(f'line {number} has no "{ANSWER}" with the request before it and the answer after it')
    try:
        named = slots(request)
        slots(output)
    except ValueError as error:
        raise ValueError(f"line {number}: {error}") from None
    if not named:
        raise ValueError(f"line {number} asks the same of every row: name a column in braces before the {ANSWER}")
    return Template("label", instruction.strip(), given.strip(), output.strip())
