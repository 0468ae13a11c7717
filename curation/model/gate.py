"""The one place where requests wait: for a free connection, for the pace, for a server's pause, for the budget."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from curation.errors import Paused
from curation.model.adaptive import Adaptive
from curation.model.budget import Booking, Budget
from curation.model.clock import Clock
from curation.model.pace import Pace
from curation.model.retrying import LONGEST_PAUSE, MOST_ROUNDS, backoff

LATEST = 0.05
"""Weight of the latest request in a running mean."""
SHORTEST = 1e-6


class UnwantedError(Exception):
    """Nobody waits for the answer any more, so it was not asked for."""


@dataclass(frozen=True)
class _Ticket:
    most: Booking
    wanted: Callable[[], bool]
    let_in: "asyncio.Future[None]"


class Gate:
    """Lets requests go in the order in which they came, as many at one time as the endpoint bears.

    Args:
        bears: how many may be in flight.
        paces: requests per minute and tokens per minute.
        budget: what may be spent.
        clock: where waits come from.
    """

    def __init__(self, bears: Adaptive, paces: tuple[Pace, Pace], budget: Budget, clock: Clock) -> None:
        """Start open."""
        self._bears, self._budget, self._clock = bears, budget, clock
        self._requests, self._tokens = paces
        self._waiting: deque[_Ticket] = deque()
        self._inside, self._on_wire, self._rounds = 0, 0, 0
        self._keeping, self._answering, self._ahead = 0.0, 0.0, 0.0
        self._boarding: deque[asyncio.Future[None]] = deque()
        self._quiet_until = float("-inf")
        self._timer: asyncio.Task[None] | None = None
        self._shut = asyncio.Event()
        self.stopped: BaseException | None = None

    async def enter(self, most: Booking, wanted: Callable[[], bool], again: bool) -> None:
        """Wait for one's turn; `most` is set aside then.

        Args:
            most: the most that the request can cost.
            wanted: whether somebody still waits for the answer.
            again: it has waited once, so it goes before the others.

        Raises:
            CurationError: nothing more is sent.
            UnwantedError: nobody waits any more.
        """
        if self.stopped:
            raise self.stopped
        ticket = _Ticket(most, wanted, asyncio.get_running_loop().create_future())
        (self._waiting.appendleft if again else self._waiting.append)(ticket)
        self.look()
        await ticket.let_in

    async def board(self) -> None:
        """Wait for a free connection, and while the endpoint wants quiet, or until nothing is sent any more."""
        if self._on_wire < self._bears.allowed:
            self._on_wire += 1
        else:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._boarding.append(turn)
            await turn
        await self.calm()

    def timed(self, keeping: float, answering: float) -> None:
        """How long one request took to be written down and to be answered, in seconds.

        As many more are let in to be written down as leave the wire meanwhile; few, where answers take seconds, because
        what is written down and not sent when a process dies counts as sent.
        """
        self._keeping += (keeping - self._keeping) * LATEST
        self._answering += (answering - self._answering) * LATEST
        self._ahead = self._keeping / max(self._keeping, self._answering, SHORTEST)

    def leave(self) -> None:
        """A request has left the wire."""
        self._inside -= 1
        self._on_wire -= 1
        while self._boarding and self._on_wire < self._bears.allowed:
            self._on_wire += 1
            self._boarding.popleft().set_result(None)
        self.look()

    def settle(self, most: Booking, real: Booking) -> None:
        """What a request did cost."""
        self._budget.settle(most, real)
        self._tokens.give_back(most.tokens - real.tokens)
        self.look()

    def went_well(self) -> None:
        """An answer came."""
        self._bears.went_well()
        self._rounds = 0

    def too_many(self, sent: float, seconds: float | None, trouble: str) -> None:
        """The endpoint says "too many requests": all wait (F1, F2).

        Args:
            sent: when the request left.
            seconds: how long the endpoint asks to wait, None where it does not say.
            trouble: the sentence for a run that is paused for it.
        """
        now = self._clock.now()
        if self._bears.too_many(sent, now):
            self._rounds += 1
            wait = self._clock.about(backoff(self._rounds)) if seconds is None else seconds
        else:
            wait = seconds or 0.0
        if wait > LONGEST_PAUSE or self._rounds > MOST_ROUNDS:
            self.stop(Paused(trouble, max(wait, backoff(self._rounds))))
        self._quiet_until = max(self._quiet_until, now + wait)

    async def calm(self) -> None:
        """Wait while the endpoint wants quiet, or until nothing is sent any more."""
        while not self.stopped and (left := self._quiet_until - self._clock.now()) > 0:
            await self.nap(left)

    async def nap(self, seconds: float) -> None:
        """Wait so long, or until nothing is sent any more."""
        tasks = [asyncio.ensure_future(self._clock.sleep(seconds)), asyncio.ensure_future(self._shut.wait())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()

    def stop(self, error: BaseException) -> None:
        """Send nothing more; whoever waits gets the error. The first one counts."""
        self.stopped = self.stopped or error
        self._shut.set()
        while self._boarding:
            self._on_wire += 1
            self._boarding.popleft().set_result(None)
        self.look()

    def look(self) -> None:
        """Let in who can go, and turn away who need not wait."""
        self._turn_away()
        while self._waiting and self._free(self._waiting[0].most):
            ticket = self._waiting.popleft()
            now = self._clock.now()
            self._requests.take(now, 1)
            self._tokens.take(now, ticket.most.tokens)
            self._budget.set_aside(ticket.most)
            self._inside += 1
            ticket.let_in.set_result(None)

    def drop_unwanted(self) -> None:
        """Turn away everyone whose answer nobody waits for."""
        for ticket in self._waiting:
            if not ticket.wanted():
                ticket.let_in.set_exception(UnwantedError())
        self._waiting = deque(ticket for ticket in self._waiting if not ticket.let_in.done())
        self.look()

    def _turn_away(self) -> None:
        while self.stopped and self._waiting:
            self._waiting.popleft().let_in.set_exception(self.stopped)

    def _free(self, most: Booking) -> bool:
        if self._inside >= self._bears.allowed * (1 + self._ahead):
            return False
        now = self._clock.now()
        wait = max(self._quiet_until - now, self._requests.wait(now), self._tokens.wait(now))
        if wait > 0:
            self._look_in(wait)
            return False
        if self._budget.fits(most):
            return True
        if self._budget.idle:
            self.stop(Paused(self._budget.reached(most)))
        return False

    def _look_in(self, seconds: float) -> None:
        """Look again after so long; one look is planned at a time."""
        if self._timer is None or self._timer.done():
            self._timer = asyncio.ensure_future(self._look_after(seconds))

    async def _look_after(self, seconds: float) -> None:
        await self.nap(seconds)
        self._timer = None
        self.look()
