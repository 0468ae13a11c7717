"""What differs within the stored pairs: found once, then any rule about it is a look-up."""

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import VERSION, Feature, Table, differences, facts_of, table
from curation.store import Workspace
from curation.store.pair_facts import read_pair_facts, write_pair_facts
from curation.store.pair_labels import pair_verdicts
from curation.store.pairs import Edges, Space
from curation.store.samples import read_samples


def differing(workspace: Workspace, space: Space, edges: Edges) -> Table:
    """What differs within each of all the pairs of a space; computed and stored where it is not known yet."""
    known = read_pair_facts(workspace, space.id, VERSION, edges)
    if known is not None:
        return known
    numbers = np.unique(np.concatenate([edges.a, edges.b])).tolist()
    samples = zip(numbers, read_samples(workspace, numbers), strict=True)
    facts = {number: facts_of(sample, space.field) for number, sample in samples}
    pairs = zip(edges.a.tolist(), edges.b.tolist(), strict=True)
    found = table([differences(facts[a], facts[b]) for a, b in pairs])
    write_pair_facts(workspace, space.id, VERSION, edges, found)
    return found


def kept_apart(
    workspace: Workspace, space: Space, edges: Edges, unless: tuple[Feature, ...]
) -> tuple[Edges, NDArray[np.bool_]]:
    """The pairs, and which of them no threshold joins, bool of shape (pairs,).

    Those that a person told apart, and those in which one of these features differs unless a person called them
    duplicates. Copies that a person told apart are none any more.
    """
    verdicts = pair_verdicts(workspace)
    distinct = [pair for pair, is_same in verdicts.items() if not is_same]
    apart = edges.together(distinct)
    if unless:
        same = edges.together([pair for pair, is_same in verdicts.items() if is_same])
        apart |= differing(workspace, space, edges).any_of(unless) & ~same
    return edges.with_apart(distinct), apart
