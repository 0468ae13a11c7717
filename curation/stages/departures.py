"""Two exports of one workspace: which samples went, which came, and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from curation.errors import BadFile
from curation.store import Workspace
from curation.store.browse import states_of
from curation.store.decisions import said_of
from curation.store.reasons import duplicate_of, reasons_of
from curation.store.samples import find_sample, read_lineage, read_origins

DECISIONS = {"accept": "accepted", "reject": "rejected", "settle accept": "accepted", "settle reject": "rejected"}


@dataclass(frozen=True)
class Departure:
    """A sample that is in one of two exports, or in another split.

    Args:
        sample_id: its id.
        number: in the workspace, None where it is not there.
        what: gone, new or moved.
        why: in words, for example `rejected by me (2026-11-21): too short`.
    """

    sample_id: str
    number: int | None
    what: str
    why: str


def read_splits(path: Path) -> dict[str, str]:
    """Sample id → split, as `provenance.jsonl` of an export says.

    Raises:
        BadFile: it was written by something else.
    """
    try:
        with path.open(encoding="utf-8") as file:
            rows = (json.loads(line) for line in file)
            return {str(row["id"]): str(row["split"]) for row in rows}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadFile(f"{path} does not say line by line which sample is in which split, as an export does.") from error


def departures(workspace: Workspace, then: Mapping[str, str], now: Mapping[str, str]) -> list[Departure]:
    """The samples that went, those that came, and those that moved to another split, in this order.

    Args:
        workspace: where both were exported from, in its state now.
        then: sample id → split in the earlier export.
        now: the same of the later one.
    """
    gone = [sample_id for sample_id in then if sample_id not in now]
    new = [sample_id for sample_id in now if sample_id not in then]
    moved = [sample_id for sample_id in then if then[sample_id] != now.get(sample_id, then[sample_id])]
    told = _Told(workspace) if gone or new else None
    found = [told.gone(sample_id, now) for sample_id in gone] if told else []
    found += [told.new(sample_id, then) for sample_id in new] if told else []
    return found + [
        Departure(one, find_sample(workspace, one), "moved", f"from {then[one]} to {now[one]}") for one in moved
    ]


class _Told:
    """Says why single samples are in or out."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.states = states_of(workspace)
        self.children: dict[int, list[int]] = {}
        for child, parent in read_lineage(workspace):
            self.children.setdefault(parent, []).append(child)

    def gone(self, sample_id: str, now: Mapping[str, str]) -> Departure:
        number = find_sample(self.workspace, sample_id)
        if number is None:
            return Departure(sample_id, None, "gone", "not in this workspace")
        why = self._state(number)
        made = [child for child in self.children.get(number, ()) if self.states[child] in ("accepted", "kept")]
        if made and now:
            why += f"; sample {made[-1]} was made from it and is in"
        return Departure(sample_id, number, "gone", why)

    def new(self, sample_id: str, then: Mapping[str, str]) -> Departure:
        number = find_sample(self.workspace, sample_id)
        assert number is not None  # it was just exported from here
        origins = read_origins(self.workspace, number)
        parents = [parent[:8] for _, origin in origins for parent in origin.parents if parent in then]
        made = f"; made from {parents[0]}, which was exported" if parents else ""
        return Departure(sample_id, number, "new", f"{self._state(number)}{made}")

    def _state(self, number: int) -> str:
        state = self.states[number]
        if state in ("accepted", "rejected"):
            return self._decision(number) or state
        if state == "kept":
            return "in by the recipe, decided on by nobody"
        return "; ".join(self._drops(number)) or "out by the recipe"

    def _decision(self, number: int) -> str:
        said = [one for one in said_of(self.workspace, number) if one.action in DECISIONS and not one.is_undone]
        if not said:
            return ""
        last = said[-1]
        reason = f": {last.value}" if last.value else ""
        return f"{DECISIONS[last.action]} by {last.reviewer or 'a program'} ({last.made:%Y-%m-%d %H:%M} UTC){reason}"

    def _drops(self, number: int) -> list[str]:
        drops = [f'out by the rule on "{drop.signal}" ({drop.value})' for drop in reasons_of(self.workspace, number)]
        twin = duplicate_of(self.workspace, number)
        return [*drops, f"near-duplicate of sample {twin[0]} (similarity {twin[1]:.3f})"] if twin else drops
