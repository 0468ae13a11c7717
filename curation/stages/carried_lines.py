"""The lines of a file of decisions, each checked before anything is believed."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Final, get_args

from curation.errors import BadFile, BadRow
from curation.methods import Json, Row
from curation.sample import Action, Collected, Message, Origin, Sample
from curation.store.events import Event, Made, Record
from curation.store.guidelines import Guidelines

ACTIONS: Final = (*get_args(Action), "undo")
FORM: Final = "sift decisions 1"
"""What the first line says."""


def read_lines(content: bytes, name: str, runs: Collection[str]) -> Record:
    """What the lines of a file say, checked one by one.

    Args:
        content: of the file.
        name: of the file, for messages.
        runs: what may stand where the origin of a sample names its run.

    Raises:
        BadFile: it is no file of decisions, it is cut short, or a line cannot be read; the message names the line.
    """
    lines = [line for line in enumerate(content.split(b"\n"), 1) if line[1].strip()]
    head = _line(lines[0], name) if lines else {}
    if head.get("form") != FORM:
        raise BadFile(f"{name} is not a file of decisions: its first line does not say “{FORM}”.")
    read = [_one(line, name, runs) for line in lines[1:]]
    events = tuple(one for one in read if isinstance(one, Event))
    if len(events) != head.get("events"):
        raise BadFile(f"{name} is cut short: it holds {len(events):,} of {head.get('events')} events.")
    guidelines = tuple(one for one in read if isinstance(one, Guidelines))
    if len({one.event for one in events}) < len(events) or len({one.version for one in guidelines}) < len(guidelines):
        raise BadFile(f"{name} tells an event or a version of the guidelines twice. Nothing was changed.")
    return Record(guidelines, tuple(one for one in read if isinstance(one, Made)), events)


def _one(line: tuple[int, bytes], name: str, runs: Collection[str]) -> Guidelines | Made | Event:
    row = _line(line, name)
    try:
        if "guidelines" in row:
            return _guidelines(_inside(row, "guidelines"))
        return _made(row, runs) if "run" in row else _event(row)
    except BadRow as error:
        raise BadFile(f"{name}, line {line[0]}: {error.reason}. Nothing was changed.") from error


def _line(line: tuple[int, bytes], name: str) -> Row:
    number, text = line
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFile(f"{name}, line {number}: this is not JSON. Nothing was changed.") from error
    if not isinstance(row, dict):
        raise BadFile(f"{name}, line {number}: this is not an object. Nothing was changed.")
    return row


def _event(row: Row) -> Event:
    texts = {name: _text(row, name) for name in ("event", "step", "sample", "reviewer", "action", "value")}
    if not texts["event"] or not texts["step"]:
        raise BadRow("an event without its id")
    if texts["action"] not in ACTIONS:
        raise BadRow(f"“{texts['action'][:40]}” is nothing that a person can do")
    if not texts["sample"] and texts["action"] != "undo":
        raise BadRow("an event that is about no sample")
    return Event(**texts, made=_moment(row), guideline=_whole(row, "guideline"))


def _guidelines(row: Row) -> Guidelines:
    return Guidelines(_whole(row, "version"), _text(row, "text"), _text(row, "reviewer"), _moment(row))


def _made(row: Row, runs: Collection[str]) -> Made:
    sample, origin = _inside(row, "sample"), _inside(row, "origin")
    texts = {name: _text(sample, name) for name in ("instruction", "input", "output", "system", "rejected")}
    turns = tuple(_turn(turn) for turn in _list(sample, "followups"))
    parents = tuple(_text({"parents": parent}, "parents") for parent in _list(origin, "parents"))
    about = {name: _text(origin, name) for name in ("category", "licence", "model", "prompt_hash")}
    came = Origin(_text(origin, "method"), _text(origin, "source"), _text(origin, "ref"), parents=parents, **about)
    run = _text(row, "run")
    if run not in runs:
        raise BadRow("a sample that no person made")
    return Made(run, Collected(Sample(**texts, followups=turns), came))


def _turn(turn: Json) -> Message:
    if not isinstance(turn, dict):
        raise BadRow("a message that is not an object")
    role = _text(turn, "role")
    for known in ("user", "assistant", "system", "tool"):
        if role == known:
            return Message(known, _text(turn, "content"))
    raise BadRow(f"a message by “{role[:40]}”")


def _inside(row: Row, name: str) -> Row:
    found = row.get(name)
    if not isinstance(found, dict):
        raise BadRow(f"“{name}” is not an object")
    return found


def _list(row: Row, name: str) -> list[Json]:
    found = row.get(name)
    if not isinstance(found, list):
        raise BadRow(f"“{name}” is not a list")
    return found


def _text(row: Row, name: str) -> str:
    found = row.get(name)
    if not isinstance(found, str):
        raise BadRow(f"“{name}” is not a text")
    if any("\ud800" <= sign <= "\udfff" for sign in found):
        raise BadRow(f"“{name}” holds half a character, which nothing can store")
    return found


def _whole(row: Row, name: str) -> int:
    found = row.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < 2**31:
        raise BadRow(f"“{name}” is not a whole number")
    return found


def _moment(row: Row) -> datetime:
    try:
        made = datetime.fromisoformat(_text(row, "made"))
    except ValueError as error:
        raise BadRow("“made” is not a moment") from error
    if made.tzinfo is not None:
        raise BadRow("“made” has a time zone; moments are in UTC without one")
    return made
