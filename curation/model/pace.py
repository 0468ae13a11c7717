"""How fast requests may follow one another."""

MINUTE = 60.0


class Pace:
    """Spreads an amount evenly over a minute, so that no minute holds more than the limit.

    Args:
        per_minute: requests or tokens per minute; 0 for no limit.

    >>> pace = Pace(120)
    >>> pace.take(0.0, 1)
    >>> pace.wait(0.1)
    0.4
    """

    def __init__(self, per_minute: int) -> None:
        """Start free."""
        self._seconds_each = MINUTE / per_minute if per_minute else 0.0
        self._free_at = float("-inf")

    def wait(self, now: float) -> float:
        """Seconds until the next may go; 0 for at once."""
        return max(0.0, self._free_at - now)

    def take(self, now: float, amount: float) -> None:
        """Let one go that counts so much."""
        self._free_at = max(self._free_at, now) + amount * self._seconds_each

    def give_back(self, amount: float) -> None:
        """It counted less (or, below 0, more) than was thought."""
        self._free_at -= amount * self._seconds_each
