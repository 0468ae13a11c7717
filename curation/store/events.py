"""All that people said and wrote, as it is kept, to be carried to another copy of the workspace and back."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

import pyarrow as pa

from curation.sample import Collected
from curation.store.guidelines import Guidelines, list_guidelines
from curation.store.samples import add_samples, origin_of, sample_of
from curation.store.workspace import Workspace

_EVENTS = """
SELECT event, step, coalesce(samples.id, ''), reviewer, action, value, made, guideline
FROM decisions LEFT JOIN samples ON samples.seq = decisions.sample ORDER BY decisions.seq
"""
_MADE = """
SELECT origins.run, instruction, input, output, system, followups, rejected,
    ref, method, source, category, licence, model, prompt_hash, parents
FROM origins JOIN samples ON samples.seq = origins.sample WHERE list_contains($runs, origins.run)
ORDER BY samples.seq, ref
"""
_KNOWN = """
SELECT event, step, coalesce(samples.id, ''), decisions.reviewer, action, value, made, guideline
FROM decisions LEFT JOIN samples ON samples.seq = decisions.sample SEMI JOIN brought USING (event)
"""
_IDS = "SELECT id FROM samples WHERE id IN (SELECT unnest(?::VARCHAR[]))"
_NEXT = "SELECT coalesce(max(seq), 0) + 1 FROM decisions"
_ADD = """
INSERT INTO decisions (seq, event, step, sample, reviewer, action, value, made, guideline)
SELECT ? + row_number() OVER (ORDER BY position) - 1, event, step, samples.seq, brought.reviewer, action, value, made,
    guideline
FROM brought LEFT JOIN samples ON samples.id = brought.sample
"""
_ADD_GUIDELINES = "INSERT INTO guidelines (version, text, reviewer, made) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True)
class Event:
    """One event. `sample` is the id of the sample that it is about, "" for an undo; `guideline` a version, 0 for none.

    Times are UTC.
    """

    event: str
    step: str
    sample: str
    reviewer: str
    action: str
    value: str
    made: datetime
    guideline: int


@dataclass(frozen=True)
class Made:
    """A sample that a person made, with what stands where others name the run that brought them in."""

    run: str
    collected: Collected


@dataclass(frozen=True)
class Record:
    """Everything that people said and wrote, in the order in which it came."""

    guidelines: tuple[Guidelines, ...] = ()
    made: tuple[Made, ...] = ()
    events: tuple[Event, ...] = ()


def read_record(workspace: Workspace, runs: Sequence[str]) -> Record:
    """All guidelines and events, and the samples whose origins name one of these runs."""
    with workspace.cursor() as cursor:
        events = [Event(*row) for row in cursor.execute(_EVENTS).fetchall()]
        made = cursor.execute(_MADE, {"runs": list(runs)}).fetchall()
    samples = (Made(str(row[0]), Collected(sample_of(row[1:7]), origin_of(row[7:]))) for row in made)
    return Record(tuple(reversed(list_guidelines(workspace))), tuple(samples), tuple(events))


def known_events(workspace: Workspace, events: Sequence[Event]) -> dict[str, Event]:
    """Those of these events that are here, as they are here, by their ids."""
    with workspace.cursor() as cursor:
        cursor.register("brought", _table(events))
        rows = cursor.execute(_KNOWN).fetchall()
        cursor.unregister("brought")
    return {str(row[0]): Event(*row) for row in rows}


def known_samples(workspace: Workspace, ids: Sequence[str]) -> set[str]:
    """Those of these samples that are here."""
    return {str(row[0]) for row in workspace.execute(_IDS, list(ids))}


def add_record(workspace: Workspace, record: Record) -> None:
    """Add what is new, after all that is here; all of it or nothing. Every sample must be here or among those made."""
    with workspace.writing() as cursor:
        for one in record.guidelines:
            cursor.execute(_ADD_GUIDELINES, [one.version, one.text, one.reviewer, one.made])
        for run in dict.fromkeys(one.run for one in record.made):
            add_samples(workspace, run, [one.collected for one in record.made if one.run == run])
        if record.events:
            first = int(cursor.execute(_NEXT).fetchall()[0][0])
            cursor.register("brought", _table(record.events))
            cursor.execute(_ADD, [first])
            cursor.unregister("brought")
            workspace.promise(decisions=first + len(record.events) - 1)


def _table(events: Sequence[Event]) -> pa.Table:
    kinds = {"made": pa.timestamp("us"), "guideline": pa.int32()}
    columns = {
        field.name: pa.array([getattr(one, field.name) for one in events], kinds.get(field.name, pa.string()))
        for field in fields(Event)
    }
    return pa.table(columns | {"position": pa.array(range(len(events)), pa.int64())})
