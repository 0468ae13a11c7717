"""How many requests an endpoint bears at one time, found out by trying (AIMD)."""


class Adaptive:
    """One at first, so that a wrong key costs one request; all after the first answer; half on "too many".

    After each round of answers without "too many" it is one more again, up to the user's limit.

    >>> bears = Adaptive(8)
    >>> bears.went_well(); bears.allowed
    8
    >>> bears.too_many(sent=1.0, now=2.0), bears.too_many(sent=1.5, now=2.1), bears.allowed
    (True, False, 4)
    """

    def __init__(self, most: int) -> None:
        """Start with one."""
        self.allowed = 1
        self._most = most
        self._answered = False
        self._since_change = 0
        self._fell_at = float("-inf")

    def went_well(self) -> None:
        """An answer came."""
        if not self._answered:
            self._answered, self.allowed = True, self._most
            return
        self._since_change += 1
        if self._since_change >= self.allowed:
            self.allowed, self._since_change = min(self._most, self.allowed + 1), 0

    def too_many(self, sent: float, now: float) -> bool:
        """The endpoint says that it gets too many requests.

        Args:
            sent: when the request left, in seconds.
            now: the time now.

        Returns:
            Whether it is news: those that were on their way at the last fall say the same once more.
        """
        if sent < self._fell_at:
            return False
        self._fell_at, self._since_change = now, 0
        self.allowed = max(1, self.allowed // 2)
        return True
