"""The model client: carries chains of prompts to one endpoint and loses nothing, pays for nothing twice."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from curation.errors import CurationError, ModelError, Paused
from curation.model.adaptive import Adaptive
from curation.model.budget import Allowance, Booking, Budget
from curation.model.buying import Buyer
from curation.model.carrying import Carrier
from curation.model.clock import Clock
from curation.model.dialect import Dialect
from curation.model.endpoint import Endpoint
from curation.model.gate import Gate
from curation.model.ledger import Ledger
from curation.model.pace import Pace
from curation.model.prices import price_of
from curation.model.pump import Pump
from curation.model.structure import Form
from curation.model.wire import Wire
from curation.prompts import Chain

T = TypeVar("T")
LOOK_AHEAD = 4
"""Chains that are open at one time, per parallel request: enough that a slow one does not hold up the others."""
PATIENCE = 60.0
"""Seconds that answers on the wire are waited for when the client is left; they are paid for."""
LOOK = 0.2
"""Seconds between two looks at whether the run is to stop."""


NO_CAPS = Allowance()


def _go_on() -> None:
    """Never stop."""


@dataclass
class Client:
    """Asks one endpoint. A context: nothing can be asked before it is entered, nothing is sent after it is left.

    On leaving, what is on the wire is waited for (`PATIENCE` at most) and written down.

    Args:
        endpoint: who is asked; its limits hold for the client as a whole.
        ledger: where everything is written down; called in one thread of the client's own.
        allowance: what the run may spend, with what the ledger says was spent before.
        stop: called in the caller's thread about every 0.2 s; raises to stop.
        form: how structure was asked for with success before, None where that is to be found out.
        clock: where waits come from.
    """

    endpoint: Endpoint
    ledger: Ledger
    allowance: Allowance = NO_CAPS
    stop: Callable[[], None] = _go_on
    form: Form | None = None
    clock: Clock = field(default_factory=Clock)

    @property
    def known_form(self) -> Form | None:
        """How structure was asked for with success, to be kept with the endpoint; None where it was not found out."""
        return self._dialect.form if self._dialect.proved else None

    def __enter__(self) -> "Client":
        """Start.

        Raises:
            CurationError: money is capped and no price known; Paused where the key is missing or the address wrong.
        """
        self._tasks: set[asyncio.Task[None]] = set()
        self._ready: Future[None] = Future()
        self._next_look = 0.0
        self._thread = threading.Thread(target=self._run, name="sift-model", daemon=True)
        self._thread.start()
        try:
            self._ready.result()
        except ModelError as error:
            raise Paused(str(error)) from None
        return self

    def __exit__(self, *_: object) -> None:
        """Send nothing more, and wait for what is on the wire."""
        self._loop.call_soon_threadsafe(self._leaving.set)
        self._thread.join()

    def each(self, chains: Iterable[Chain[T]]) -> Iterator[T]:
        """`Model.each`: at most `LOOK_AHEAD` × `parallel` chains are open at one time.

        Raises:
            CurationError: as `Model.each`; Paused says what to do and when it is worth resuming.
        """
        carrier: Carrier[T] = Carrier(self._loop, self._buyer, self._tasks)
        window: deque[Future[T]] = deque()
        waiting = iter(chains)
        try:
            while self._filled(window, waiting, carrier):
                yield self._result(window.popleft())
        finally:
            carrier.close(self._gate.drop_unwanted)

    def _filled(self, window: "deque[Future[T]]", waiting: Iterator[Chain[T]], carrier: Carrier[T]) -> bool:
        """Top the window up, a batch at a time, and say whether there is anything in it."""
        self._look()
        most = LOOK_AHEAD * self.endpoint.parallel
        if len(window) <= most - self.endpoint.parallel and not self._gate.stopped:
            batch = [(chain, Future[T]()) for chain in islice(waiting, most - len(window))]
            carrier.start(batch)
            window.extend(future for _, future in batch)
        elif not window and self._gate.stopped:
            raise self._gate.stopped
        return bool(window)

    def _result(self, future: "Future[T]") -> T:
        while True:
            try:
                return future.result(LOOK)
            except TimeoutError:
                if future.done():
                    raise
                self._look()

    def _look(self) -> None:
        now = self.clock.now()
        if now >= self._next_look:
            self._next_look = now + LOOK
            self.stop()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # the thread that enters has to know
            if self._ready.done():
                raise
            self._ready.set_exception(error)

    async def _serve(self) -> None:
        self._loop, self._leaving = asyncio.get_running_loop(), asyncio.Event()
        pump = Pump(self.ledger, self._loop)
        try:
            price = price_of(self.endpoint)
            budget = Budget(self.allowance, Booking(*await pump.spent()), price)
            self._dialect = Dialect(self.form)
            self._gate = Gate(Adaptive(self.endpoint.parallel), self._paces(), budget, self.clock)
            async with Wire(self.endpoint, self.endpoint.timeout, self.endpoint.parallel) as wire:
                self._buyer = Buyer(self.endpoint, wire, pump, self._gate, self._dialect, price, self.clock)
                self._ready.set_result(None)
                await self._leaving.wait()
                self._gate.stop(CurationError("The model client is closed: nothing more is sent."))
                await self._finish()
        finally:
            pump.close()

    async def _finish(self) -> None:
        """Wait for what is on the wire; what takes too long stays in the ledger as sent and unanswered."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _paces(self) -> tuple[Pace, Pace]:
        return Pace(self.endpoint.requests_per_minute), Pace(self.endpoint.tokens_per_minute)
