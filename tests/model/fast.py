"""Time that passes as fast as it is waited for."""

import asyncio
import random

from curation.model.clock import Clock


class Fast:
    def __init__(self, wall: float = 1_000_000.0):
        self.seconds = 0.0
        self.start = wall
        self.waits: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        until = self.seconds + seconds
        await asyncio.sleep(0.001)
        self.seconds = max(self.seconds, until)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.seconds, self.sleep, lambda: self.start + self.seconds, random.Random(1))
