"""Why the recipe leaves out a sample: the rules that it breaks, and the better one of which it is a near-duplicate."""

from dataclasses import dataclass

from curation.store.workspace import Workspace

_REASONS = """
SELECT outs.signal, outs.value, outs.label, outs.least, outs.most, rules.when_signal, rules.when_words
FROM rule_outs AS outs JOIN rules USING (position) WHERE sample = ? ORDER BY position
"""
_DUPLICATE = "SELECT representative, similarity FROM duplicates WHERE sample = ?"


@dataclass(frozen=True)
class Drop:
    """Why a rule drops a sample: the signal with its value or label, the bounds, and the rule's condition.

    Args:
        signal: what the rule is on.
        value: of the sample.
        least: the lowest value kept.
        most: the highest value kept.
        when: the label signal that the condition is on and its labels, None where the rule is about all samples.
    """

    signal: str
    value: float | str
    least: float | None
    most: float | None
    when: tuple[str, tuple[str, ...]] | None = None


def reasons_of(workspace: Workspace, sample: int) -> list[Drop]:
    """The rules that a sample breaks, in the order of the recipe."""
    found = []
    for signal, value, label, least, most, about, labels in workspace.execute(_REASONS, sample):
        shown = float(value) if isinstance(value, float) else str(label)
        when = (str(about), tuple(map(str, labels))) if about and isinstance(labels, list) else None
        found.append(Drop(str(signal), shown, _end(least), _end(most), when))
    return found


def duplicate_of(workspace: Workspace, sample: int) -> tuple[int, float] | None:
    """(number of the better one, similarity) where the recipe drops a sample as a near-duplicate."""
    rows = workspace.execute(_DUPLICATE, sample)
    return (int(str(rows[0][0])), float(str(rows[0][1]))) if rows else None


def _end(value: object) -> float | None:
    return float(value) if isinstance(value, float) else None
