"""Where a candidate came from that a model's reply gave."""

from curation.prompts import Reply
from curation.sample import Origin


def origin_of(method: str, reply: Reply, place: str, parents: tuple[str, ...] = (), category: str = "") -> Origin:
    """The origin of what a reply gave.

    Args:
        method: the name of the method.
        reply: the one that gave the last part of it; its key leads to what was asked.
        place: where it stands in the run, for example `sample 3`: with the key unique, and the same when repeated.
        parents: ids of the samples that it was made from.
        category: its task type, or how it was made.
    """
    return Origin(
        method=method,
        source=reply.model,
        ref=f"{reply.key[:12]}, {place}",
        category=category,
        model=reply.model,
        prompt_hash=reply.key,
        parents=parents,
    )
