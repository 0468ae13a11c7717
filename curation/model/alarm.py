"""Stops a run in which most requests end with a problem (F4), before it has paid for all of them."""

from collections import Counter, deque

WINDOW = 20
FEWEST = 10


class Alarm:
    """Watches how the last requests ended.

    >>> alarm = Alarm("Main")
    >>> for _ in range(9): _ = alarm.after("refused")
    >>> alarm.after("truncated")  # doctest: +ELLIPSIS
    'Main: 10 of the last 10 requests ended with a problem (9 refused, 1 truncated). Change ... is kept.'
    """

    def __init__(self, name: str) -> None:
        """Start with nothing seen; `name` is the endpoint's."""
        self._name = name
        self._last: deque[str] = deque(maxlen=WINDOW)

    def after(self, problem: str) -> str:
        """Count one more end, "" for an answer, and give the sentence to stop with; "" to go on."""
        self._last.append(problem)
        counts = Counter(one for one in self._last if one)
        failed = counts.total()
        if len(self._last) < FEWEST or 2 * failed <= len(self._last):
            return ""
        kinds = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
        return (
            f"{self._name}: {failed} of the last {len(self._last)} requests ended with a problem ({kinds}). "
            "Change the prompts, the options or the endpoint, then resume; what was answered is kept."
        )
