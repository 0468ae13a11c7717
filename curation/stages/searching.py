"""Near-duplicates by the meaning of one field, found without drawing the map anew."""

from curation.duplicates import FIELDS
from curation.runs import Job, Step
from curation.stages.differing import find_differences
from curation.stages.embedding import chosen_embedder, embed, find_pairs
from curation.store import Workspace


def search_job(workspace: Workspace, field: str) -> Job:
    """Embed one field of every sample, find the pairs, and what differs within them, as one run."""
    embedder = chosen_embedder(workspace)

    def work(_run: str, step: Step) -> str:
        texts = embed(workspace, embedder, field, step)
        pairs = find_pairs(workspace, embedder.revision, field, step=step)
        find_differences(workspace, f"{field} {embedder.revision}", field, step)
        return f"{texts:,} texts embedded, {pairs:,} near-duplicate pairs found among the {FIELDS[field]}."

    return Job("embed", embedder.name, {"field": field}, work)
