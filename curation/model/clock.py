"""Time and chance as the client sees them, so that tests need not wait."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Clock:
    """Where waits come from.

    Args:
        now: seconds that never go back (F19).
        sleep: waits for so many seconds.
        wall: seconds since 1970, only for dates that a server sends.
        chance: spreads waits; it decides nothing that is stored.
    """

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    wall: Callable[[], float] = time.time
    chance: random.Random = field(default_factory=random.Random)

    def about(self, seconds: float) -> float:
        """Half of it to all of it, so that many clients do not come back at the same instant."""
        return seconds * self.chance.uniform(0.5, 1.0)
