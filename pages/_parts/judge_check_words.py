"""Numbers with their intervals, as text."""

from curation.reviewing.agreement import Estimate


def number(found: Estimate) -> str:
    """A number with its interval, "" where it cannot be told."""
    return f"{found.value:.2f} [{found.low:.2f}, {found.high:.2f}]" if found.is_known else ""


def percent(found: Estimate) -> str:
    """A share with its interval, "" where it cannot be told."""
    return f"{found.value:.0%} [{found.low:.0%}, {found.high:.0%}]" if found.is_known else ""
