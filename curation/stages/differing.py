"""What differs within the stored pairs: found once, with the pairs, then any rule about it is a look-up."""

import numpy as np

from curation.duplicates import VERSION, Differences, Table, differences, facts_of, table
from curation.errors import NotReady
from curation.runs import Job, Step
from curation.store import Workspace
from curation.store.pair_facts import read_pair_facts, write_pair_facts
from curation.store.pairs import Edges, Space, list_spaces, read_pairs
from curation.store.samples import read_samples

AT_ONCE = 2_000
"""So few pairs are looked at when they are asked for: it takes a tenth of a second."""
_BATCH = 2_000


def differing(workspace: Workspace, space: Space, edges: Edges) -> Table:
    """What differs within each of all the pairs of a space.

    Raises:
        NotReady: it was not looked for in these pairs, and there are too many to do it now.
    """
    known = read_pair_facts(workspace, space.id, VERSION, edges)
    if known is None and len(edges.a) > AT_ONCE:
        raise NotReady(
            f"What differs within the {len(edges.a):,} pairs has not been looked for. Start it on the Duplicates page, "
            "then try again."
        )
    return known or find_differences(workspace, space.id, space.field)


def find_differences(
    workspace: Workspace, space: str, field: str, step: Step = lambda _done, _requested: None
) -> Table:
    """Look for what differs within each of the pairs of a space and store it; belongs into each run that finds pairs.

    Args:
        workspace: where the pairs are.
        space: what `write_pairs` gave.
        field: the text that was compared.
        step: told (done, requested) pairs.
    """
    edges = read_pairs(workspace, space)
    numbers = np.unique(np.concatenate([edges.a, edges.b])).tolist()
    samples = zip(numbers, read_samples(workspace, numbers), strict=True)
    facts = {number: facts_of(sample, field) for number, sample in samples}
    found: list[Differences] = []
    for place, (a, b) in enumerate(zip(edges.a.tolist(), edges.b.tolist(), strict=True)):
        if place % _BATCH == 0:
            step(place, len(edges.a))
        found.append(differences(facts[a], facts[b]))
    step(len(found), len(found))
    known = table(found)
    write_pair_facts(workspace, space, VERSION, edges, known)
    return known


def differ_job(workspace: Workspace, space: Space) -> Job:
    """Look for what differs within stored pairs as a run of its own, for pairs that were found before that was done."""

    def work(_run: str, step: Step) -> str:
        if space not in list_spaces(workspace):
            raise NotReady("These pairs have been found again since. Start again.")
        find_differences(workspace, space.id, space.field, step)
        return f"What differs within {len(read_pairs(workspace, space.id).a):,} pairs is known."

    return Job("differ", space.kind, {"field": space.field}, work)
