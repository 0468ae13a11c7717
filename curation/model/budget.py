"""Hard caps in tokens and money: what may be spent is set aside before anything is sent (T23, N4)."""

import math
from dataclasses import dataclass

from curation.errors import CurationError
from curation.model.prices import Price


@dataclass(frozen=True)
class Allowance:
    """What a run may spend.

    Args:
        tokens: tokens, read and written; 0 for no cap.
        dollars: US dollars; 0 for no cap.
    """

    tokens: int = 0
    dollars: float = 0.0


@dataclass(frozen=True)
class Booking:
    """What one request costs at most, or did cost.

    Args:
        tokens: read and written.
        dollars: NaN where no price is known.
    """

    tokens: int
    dollars: float


class Budget:
    """Spent and set aside, which together never pass the caps.

    Args:
        allowance: the caps.
        spent: what the run has spent before.
        price: None where it is unknown, so that only tokens can be capped.

    Raises:
        CurationError: a cap in money where no price is known.
    """

    def __init__(self, allowance: Allowance, spent: Booking, price: Price | None) -> None:
        """Start with what was spent before the run was resumed."""
        if allowance.dollars and price is None:
            raise CurationError(UNPRICED)
        self._allowance = allowance
        self._tokens, self._dollars = spent.tokens, _known(spent.dollars)
        self._aside_tokens, self._aside_dollars, self._open = 0, 0.0, 0

    @property
    def idle(self) -> bool:
        """Whether nothing is set aside, so that waiting frees nothing."""
        return self._open == 0

    @property
    def spent(self) -> Booking:
        """What is spent, without what is set aside."""
        return Booking(self._tokens, self._dollars)

    def fits(self, most: Booking) -> bool:
        """Whether so much can be set aside now."""
        caps = self._allowance
        enough = not caps.tokens or self._tokens + self._aside_tokens + most.tokens <= caps.tokens
        return enough and (not caps.dollars or self._dollars + self._aside_dollars + most.dollars <= caps.dollars)

    def set_aside(self, most: Booking) -> None:
        """Keep so much for one request."""
        self._open += 1
        self._aside_tokens += most.tokens
        self._aside_dollars += _known(most.dollars)

    def settle(self, most: Booking, real: Booking) -> None:
        """The request that so much was set aside for cost that."""
        self._open -= 1
        self._aside_tokens -= most.tokens
        # Floating-point sums of what comes and goes drift; with nothing open the truth is known.
        self._aside_dollars = self._aside_dollars - _known(most.dollars) if self._open else 0.0
        self._tokens += real.tokens
        self._dollars += _known(real.dollars)

    def reached(self, most: Booking) -> str:
        """The sentence for a request that fits no more."""
        caps = self._allowance
        parts = [f"{self._tokens:,} of {caps.tokens:,} tokens"] if caps.tokens else []
        parts += [f"${self._dollars:.4f} of ${caps.dollars:.4f}"] if caps.dollars else []
        dollars = f" and ${most.dollars:.4f}" if caps.dollars else ""
        return (
            f"Budget reached: {' and '.join(parts)} spent, and the next request can cost up to {most.tokens:,} "
            f"tokens{dollars}. Raise the cap to go on; everything that was answered is kept."
        )


UNPRICED = (
    "The budget is capped in money, but no price is known for this model. Enter its prices under Settings, "
    "or cap the tokens instead."
)


def _known(dollars: float) -> float:
    return dollars if math.isfinite(dollars) else 0.0
