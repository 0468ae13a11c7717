"""Writes to the ledger in a thread of its own, everything that waits in one commit, so that 64 in flight cost few."""

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import cast

from curation.model.ledger import Attempt, History, Ledger, Response

Kept = History | tuple[int, float] | None
Item = str | Attempt | Response | None
Job = tuple[Item, "asyncio.Future[Kept]"]

LONGEST_GATHERING = 0.05
"""A commit costs the same for one and for a hundred, so after each the next ones are gathered for as long as it took,
at most for so many seconds: it keeps the disk and the interpreter free for at least half of the time."""


class Pump:
    """The one user of a ledger. After an error of the ledger everything fails with it, so nothing is sent unrecorded.

    Args:
        ledger: where it is written.
        loop: where it is waited for.
    """

    def __init__(self, ledger: Ledger, loop: asyncio.AbstractEventLoop) -> None:
        """Start the thread."""
        self._ledger, self._loop = ledger, loop
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._broken: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="sift-ledger", daemon=True)
        self._thread.start()

    async def spent(self) -> tuple[int, float]:
        """`Ledger.spent`."""
        return cast(tuple[int, float], await self._done(None))

    async def recall(self, key: str) -> History:
        """What is known of a key; an empty history for one that was never asked."""
        return cast(History, await self._done(key) or History())

    async def keep(self, item: Attempt | Response) -> None:
        """Come back when it is kept durably."""
        await self._done(item)

    def close(self) -> None:
        """Finish what waits and end the thread; blocks until then."""
        self._jobs.put(None)
        self._thread.join()

    def _done(self, item: Item) -> "asyncio.Future[Kept]":
        future: asyncio.Future[Kept] = self._loop.create_future()
        self._jobs.put((item, future))
        return future

    def _run(self) -> None:
        while jobs := self._waiting():
            start = time.perf_counter()
            finished = self._finish(jobs)
            took = time.perf_counter() - start
            self._loop.call_soon_threadsafe(finished)
            time.sleep(min(took, LONGEST_GATHERING))

    def _waiting(self) -> list[Job]:
        """Everything that waits, at least one; nothing at the end."""
        jobs, job = [], self._jobs.get()
        while job is not None:
            jobs.append(job)
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return jobs
        if jobs:
            self._jobs.put(None)
        return jobs

    def _finish(self, jobs: list[Job]) -> Callable[[], None]:
        """Do them all, and give what tells those that wait."""
        try:
            kept = self._kept([item for item, _ in jobs])
        except Exception as error:  # whatever it is, whoever waits has to know
            self._broken = self._broken or error
            return partial(_fail, jobs, error)
        return partial(_settle, jobs, kept)

    def _kept(self, items: list[Item]) -> list[Kept]:
        if self._broken:
            raise self._broken
        sent = [item for item in items if isinstance(item, Attempt)]
        received = [item for item in items if isinstance(item, Response)]
        if sent or received:
            self._ledger.commit(sent, received)
        keys = list(dict.fromkeys(item for item in items if isinstance(item, str)))
        known = self._ledger.recall(keys) if keys else {}
        spent = self._ledger.spent() if None in items else None
        return [known.get(item) if isinstance(item, str) else spent if item is None else None for item in items]


def _settle(jobs: list[Job], kept: list[Kept]) -> None:
    for (_, future), result in zip(jobs, kept, strict=True):
        if not future.done():
            future.set_result(result)


def _fail(jobs: list[Job], error: Exception) -> None:
    for _, future in jobs:
        if not future.done():
            future.set_exception(error)
