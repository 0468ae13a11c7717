"""Everything that people said and wrote → lines of JSON → the same workspace or a copy of it. Twice is once."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from curation.errors import BadFile
from curation.methods import Row
from curation.stages.carried_lines import FORM, read_lines
from curation.stages.revising import RUN as REVISED
from curation.stages.taking import RUN as REPAIRED
from curation.stages.writing import RUN as WRITTEN
from curation.store import Workspace
from curation.store.events import Event, Record, add_record, known_events, known_samples, read_record
from curation.store.guidelines import Guidelines, list_guidelines
from curation.store.people import check

RUNS = (WRITTEN, REVISED, REPAIRED)
"""Samples of these come along: people made them, so no import brings them in."""


@dataclass(frozen=True)
class Brought:
    """What came of a file.

    Args:
        added: events that are new here.
        known: events that were here already.
        samples: samples that people had made and that are new here.
        outvoted: samples on which somebody had decided here what the file does not know of; the file has the last word.
    """

    added: int
    known: int
    samples: int
    outvoted: int

    def __str__(self) -> str:
        """What a reader is told."""
        if not self.added:
            return f"Nothing new: all {self.known:,} events of the file are here already."
        words = f"{self.added:,} events added, {self.known:,} were here already"
        words += f"; {self.samples:,} samples that people made came along" if self.samples else ""
        return words + (f"; {self.outvoted:,} samples had another decision here before" if self.outvoted else "") + "."


def decisions_file(workspace: Workspace) -> bytes:
    """Guidelines, samples that people made, and every event: JSON, one thing a line.

    Raises:
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "export")
    return b"".join(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n" for row in _rows(workspace))


def bring_decisions(workspace: Workspace, content: bytes, name: str) -> Brought:
    """Add what `decisions_file` wrote, here or in a copy of this workspace, after all that is here.

    An event that is here already is not added again, so a file can be brought in twice. All of it or nothing.

    Args:
        workspace: where to add it.
        content: of the file.
        name: of the file, for messages.

    Raises:
        BadFile: a line cannot be read, or the file does not fit this workspace: it names samples that are not here, or
            tells an event or a version of the guidelines otherwise than it is known here.
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "carry")
    record = read_lines(content, name, RUNS)
    with workspace.writing():
        known = known_events(workspace, record.events)
        fresh = _fresh(workspace, record, known, name)
        outvoted = _outvoted(workspace, fresh.events, known)
        add_record(workspace, fresh)
    return Brought(len(fresh.events), len(known), len(fresh.made), outvoted)


def _rows(workspace: Workspace) -> Iterator[Row]:
    record = read_record(workspace, RUNS)
    yield {"form": FORM, "events": len(record.events)}
    for version in record.guidelines:
        yield {"guidelines": asdict(version) | {"made": version.made.isoformat()}}
    for made in record.made:
        yield {"sample": asdict(made.collected.sample), "origin": asdict(made.collected.origin), "run": made.run}
    for event in record.events:
        yield asdict(event) | {"made": event.made.isoformat()}


def _fresh(workspace: Workspace, record: Record, known: Mapping[str, Event], name: str) -> Record:
    """What is not here yet; refuses what does not fit."""
    other = next((one for one in record.events if known.get(one.event, one) != one), None)
    if other:
        raise BadFile(f"{name}: the event {other.event} is another one in this workspace. Nothing was changed.")
    events = tuple(one for one in record.events if one.event not in known)
    ids = {one.collected.sample.id for one in record.made} | {one.sample for one in events if one.sample}
    here = known_samples(workspace, list(ids))
    made = tuple(one for one in record.made if one.collected.sample.id not in here)
    lacking = ids - here - {one.collected.sample.id for one in made}
    if lacking:
        raise BadFile(
            f"{name} is about {len(lacking):,} samples that are not in this workspace, so it belongs to another one. "
            "Nothing was changed."
        )
    return Record(_fresh_guidelines(workspace, record.guidelines, name), made, events)


def _fresh_guidelines(workspace: Workspace, brought: Sequence[Guidelines], name: str) -> tuple[Guidelines, ...]:
    here = {one.version: one.text for one in list_guidelines(workspace)}
    other = next((one.version for one in brought if here.get(one.version, one.text) != one.text), None)
    if other:
        raise BadFile(f"{name}: version {other} of the guidelines is another one here. Nothing was changed.")
    return tuple(one for one in brought if one.version not in here)


def _outvoted(workspace: Workspace, fresh: Iterable[Event], known: Mapping[str, Event]) -> int:
    """Samples with a new verdict in the file and one here that the file does not know of."""
    decided = {one.sample for one in fresh if one.action in ("accept", "reject") and one.reviewer}
    here = read_record(workspace, ()).events
    own = {one.sample for one in here if one.event not in known and one.action in ("accept", "reject") and one.reviewer}
    return len(decided & own)
