"""How a run with a model stands and what it will have cost at this rate."""

from dataclasses import dataclass

from curation.store import Workspace
from curation.store.asked import Asked, Yielded, read_asked, read_yield
from curation.store.candidates import Round, count_rules, read_rounds
from curation.store.runs import Run


@dataclass(frozen=True)
class Outlook:
    """How a run stands.

    Args:
        asked: what it asked and what became of it.
        made: what came of that.
        rules: how many candidates each rule dropped, most first.
        rounds: the rounds so far, in order.
        projected: US dollars for the whole of it at the price of what was kept so far, None while that is not known.
    """

    asked: Asked
    made: Yielded
    rules: dict[str, int]
    rounds: list[Round]
    projected: float | None


def look_out(workspace: Workspace, run: Run) -> Outlook:
    """How this run stands, read from the database."""
    asked = read_asked(workspace, run.id)
    share = run.done / run.requested if run.requested else 0.0
    return Outlook(
        asked=asked,
        made=read_yield(workspace, run.id),
        rules=count_rules(workspace, run.id),
        rounds=read_rounds(workspace, run.id),
        projected=asked.cost / share if share and not asked.unpriced else None,
    )
