"""New samples get their signals, their vector and their place on the map while people go on (I15)."""

from curation import runs
from curation.errors import CurationError
from curation.runs import Job, Step
from curation.stages.embedding import chosen_embedder, embed
from curation.stages.measuring import measure, unmeasured
from curation.stages.placing import place_new
from curation.store import Workspace
from curation.store.maps import Map, latest_map
from curation.store.vectors import missing_texts

KIND = "refresh"
MOST = 2000
"""More new samples than these came by an import: measuring and embedding them are runs that people start themselves."""


def refresh_later(workspace: Workspace) -> None:
    """Start the job in the background; where it is at work already, that one sees what is new.

    What was saved stays saved where it cannot be started: the next one finds all that is new.
    """
    try:
        runs.start(workspace, refresh_job(workspace))
    except CurationError:
        return


def refresh_job(workspace: Workspace) -> Job:
    """Measure, embed and place what is new, where the others are measured, embedded and placed."""

    def work(_run: str, step: Step) -> str:
        measured = embedded = 0
        while new := _fresh_samples(workspace):
            measure(workspace, step)
            measured += new
        shown = latest_map(workspace)
        while shown and (new := _fresh_texts(workspace, shown)):
            embed(workspace, chosen_embedder(workspace), shown.field, step)
            place_new(workspace, shown)
            embedded += new
        return f"{measured:,} new samples measured, {embedded:,} texts embedded and placed."

    return Job(KIND, "new samples", {}, work)


def _fresh_samples(workspace: Workspace) -> int:
    """How many samples lack signals that the others have; 0 where they are more than `MOST`."""
    missing = unmeasured(workspace)
    return missing if missing <= MOST else 0


def _fresh_texts(workspace: Workspace, shown: Map) -> int:
    """How many texts of a map are not embedded; 0 where another model made it, or they are more than `MOST`."""
    if chosen_embedder(workspace).revision != shown.model:
        return 0
    missing = len(missing_texts(workspace, shown.model, shown.field))
    return missing if missing <= MOST else 0
