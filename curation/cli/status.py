"""`sift status`."""

from typing import TYPE_CHECKING

from curation.cli.talking import AsJson, InWorkspace, opened, say

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.methods import Row


def status(workspace: InWorkspace = None, as_json: AsJson = False) -> None:
    """Say what is in a workspace.

    Example: sift status -w pool.duckdb --json

    Reads the workspace and writes nothing.
    """
    from curation.facets import Facets
    from curation.store.browse import count_by, count_states
    from curation.store.runs import recent_runs
    from curation.store.samples import count_occurrences, count_samples

    here = opened(workspace)
    states = count_states(here, Facets())
    found: Row = {
        "workspace": str(here.path),
        "samples": count_samples(here),
        "occurrences": count_occurrences(here),
        "states": states,
        "origins": dict(count_by(here, "origins", Facets())),
        "runs": [{"id": run.id, "status": run.status, "note": run.note} for run in recent_runs(here, 5)],
        "lost_decisions": here.lost_decisions,
    }
    lines = [f"{here.path}: {found['samples']:,} samples from {found['occurrences']:,} occurrences"]
    lines += [f"  {state:<9}{number:>10,}" for state, number in states.items()]
    say(found, as_json, "\n".join(lines))
