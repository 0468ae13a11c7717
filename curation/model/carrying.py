"""Carries chains through in an event loop, for a caller in another thread."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

from curation.prompts import Chain, Prompt, Reply

T = TypeVar("T")
Ask = Callable[[Prompt, Callable[[], bool]], Awaitable[Reply]]
Started = tuple[Chain[T], "Future[T]"]


class Carrier(Generic[T]):
    """The chains of one caller.

    Args:
        loop: where they are carried.
        ask: gives the reply to a prompt, for as long as it is wanted.
        tasks: where the loop's owner sees what still runs.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, ask: Ask, tasks: set["asyncio.Task[None]"]) -> None:
        """Start with none."""
        self._loop, self._ask, self._tasks = loop, ask, tasks
        self._open: dict[int, Chain[T]] = {}
        self._closed = False

    def start(self, batch: Sequence[Started[T]]) -> None:
        """Carry these too; called in the caller's thread."""
        self._loop.call_soon_threadsafe(self._start, batch)

    def close(self, afterwards: Callable[[], None]) -> None:
        """Close the chains that are still open, where they run; called in the caller's thread, which waits.

        What is on the wire is let finish and written down, but nobody gets it. `afterwards` is called in the loop.
        """
        if self._loop.is_closed():
            return
        done: Future[None] = Future()
        self._loop.call_soon_threadsafe(self._close, done, afterwards)
        done.result()

    def _start(self, batch: Sequence[Started[T]]) -> None:
        for chain, future in batch:
            self._open[id(chain)] = chain
            task = self._loop.create_task(self._carry(chain, future))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry(self, chain: Chain[T], future: "Future[T]") -> None:
        try:
            prompt = next(chain)
            while not self._closed:
                prompt = chain.send(await self._ask(prompt, self._wanted))
        except StopIteration as end:
            future.set_result(end.value)
        except BaseException as error:  # it belongs to the caller, whatever it is
            chain.close()
            future.set_exception(error)
        finally:
            self._open.pop(id(chain), None)

    def _wanted(self) -> bool:
        return not self._closed

    def _close(self, done: "Future[None]", afterwards: Callable[[], None]) -> None:
        self._closed = True
        try:
            for chain in list(self._open.values()):
                chain.close()
            afterwards()
        except BaseException as error:  # of a chain's own clean-up
            done.set_exception(error)
        else:
            done.set_result(None)
