"""Numbers for how varied samples are, in words: what they are called, their intervals, and what two of them say."""

from curation.diversity.metrics import Metric
from curation.store.diversity_numbers import Number


def titled(metric: type[Metric]) -> str:
    """The number with its unit."""
    return f"{metric.label()}, {metric.unit}" if metric.unit else metric.label()


def in_words(metric: type[Metric], row: Number) -> str:
    """The number with the ends of its interval."""
    if row.value is None or row.low is None or row.high is None:
        return "–"
    return f"{row.value:,.{metric.digits}f} ({row.low:,.{metric.digits}f} to {row.high:,.{metric.digits}f})"


def verdict(metric: type[Metric], first: Number, second: Number) -> str:
    """What the second number is beside the first, where the intervals lie apart."""
    if first.low is None or first.high is None or second.low is None or second.high is None:
        return "not known"
    if first.low <= second.high and second.low <= first.high:
        return "nothing clear"
    return "more varied" if (second.low > first.high) == metric.is_more else "less varied"
