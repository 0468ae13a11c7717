"""The way through the queue: which sample is on screen, and the id that a press on it will carry."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from curation.stages.queueing import Wanted, queue
from curation.store import Workspace
from curation.store.rounds import due_again

STATE = "review.walk"
SAMPLE = "sample"
"""The part of the address that names the sample to show."""
BATCH = 200
"""Samples taken from the queue at a time."""
AMONG = 3
"""Samples that come before those that are shown a second time."""


def _new_event() -> str:
    return secrets.token_hex(8)


@dataclass
class Walk:
    """The samples that were shown, the one that is shown (`numbers[at]`) and those to come.

    `event` belongs to the card on screen and changes with every move. A press that comes with another event was meant
    for a card that has gone, so it is no press (I2).
    """

    wanted: Wanted
    numbers: list[int] = field(default_factory=list)
    at: int = 0
    event: str = field(default_factory=_new_event)

    @property
    def shown(self) -> int | None:
        """The number of the sample on screen, None at the end of the queue."""
        return self.numbers[self.at] if self.at < len(self.numbers) else None

    def extend(self, workspace: Workspace) -> None:
        """Put what the queue holds now behind the sample on screen."""
        kept = self.numbers[: self.at + 1]
        found = queue(workspace, self.wanted, BATCH + len(self.numbers))
        # What a round shows a second time comes among the others, so that nobody can tell.
        again = _without(due_again(workspace, self.wanted.reviewer), [*self.numbers[self.at :], *found])
        to_come = _without(found, kept)
        self.numbers = kept + to_come[:AMONG] + again + to_come[AMONG:]

    def forward(self, workspace: Workspace) -> None:
        """Go to the next sample."""
        self.event = _new_event()
        self.at = min(self.at + 1, len(self.numbers))
        if self.shown is None:
            self.extend(workspace)

    def stay(self) -> None:
        """The same sample on a new card: what was pressed on the old one does not count any more."""
        self.event = _new_event()

    def restart(self, workspace: Workspace) -> None:
        """Go to the head of the queue, as it is now."""
        self.numbers, self.at, self.event = [], 0, _new_event()
        self.extend(workspace)

    def back(self) -> None:
        """Go to the sample before this one."""
        self.event = _new_event()
        self.at = max(self.at - 1, 0)

    def show(self, number: int) -> None:
        """Go to this sample: back to it where it was shown before, else it comes in ahead of the one on screen."""
        self.event = _new_event()
        seen, to_come = self.numbers[: self.at], self.numbers[self.at :]
        if number in seen:
            self.at = len(seen) - 1 - seen[::-1].index(number)
        else:
            self.numbers = [*seen, number, *_without(to_come, [number])]


def walk(workspace: Workspace, wanted: Wanted) -> Walk:
    """The walk of this tab, brought up to date with what the queue holds now; another one where the wish is another."""
    found = st.session_state.get(STATE)
    if found is None or found.wanted != wanted:
        found = st.session_state[STATE] = Walk(wanted)
    found.extend(workspace)
    return found


def current() -> Walk:
    """The walk of this tab, as the last call of `walk` left it."""
    found: Walk = st.session_state[STATE]
    return found


def forget() -> None:
    """Begin anew at the head of the queue."""
    st.session_state.pop(STATE, None)


def leave_address() -> None:
    """Name no sample in the address any more."""
    if SAMPLE in st.query_params:
        del st.query_params[SAMPLE]


def _without(numbers: Sequence[int], others: Sequence[int]) -> list[int]:
    known = set(others)
    return [number for number in numbers if number not in known]
