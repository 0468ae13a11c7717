"""What to do next in a workspace, computed from what is there."""

from dataclasses import dataclass
from typing import Literal

from curation import runs
from curation.facets import Facets
from curation.stages.measuring import unmeasured
from curation.store import Workspace
from curation.store.browse import count_states
from curation.store.maps import latest_map
from curation.store.recipes import latest_recipes, read_exports
from curation.store.samples import count_samples


@dataclass(frozen=True)
class NextStep:
    """One thing to do and why."""

    what: Literal["measure", "embed", "filter", "review", "export"]
    why: str


def next_steps(workspace: Workspace) -> list[NextStep]:
    """What is left to do, in the order in which it is best done; what is being done right now is left out."""
    total = count_samples(workspace)
    at_work = {kind for kind in ("measure", "embed") if runs.running(workspace, kind)}
    found = [_measure(workspace), _embed(workspace, total), *_decide(workspace)] if total else []
    return [step for step in found if step and step.what not in at_work]


def _measure(workspace: Workspace) -> NextStep | None:
    missing = unmeasured(workspace)
    if not missing:
        return None
    return NextStep("measure", f"{missing:,} samples are not measured yet: filters do not see them.")


def _embed(workspace: Workspace, total: int) -> NextStep | None:
    drawn = latest_map(workspace)
    if drawn is None:
        return NextStep("embed", "There is no map yet, and near-duplicates have not been looked for.")
    missing = total - drawn.samples
    return NextStep("embed", f"{missing:,} samples are not on the map yet.") if missing > 0 else None


def _decide(workspace: Workspace) -> list[NextStep]:
    states = count_states(workspace, Facets())
    found = []
    if not latest_recipes(workspace):
        found.append(NextStep("filter", "No filter is in force: every sample is kept."))
    if not states["accepted"] + states["rejected"]:
        found.append(NextStep("review", "Nobody has accepted or rejected a sample yet."))
    if not read_exports(workspace):
        found.append(NextStep("export", f"{states['accepted'] + states['kept']:,} samples are in; none were exported."))
    return found
