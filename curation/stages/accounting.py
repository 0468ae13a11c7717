"""What the manifest of an export says: enough to make it again, and how many samples were there after each step."""

import platform
from collections.abc import Mapping
from importlib.metadata import version

from curation import __version__
from curation.methods import Json
from curation.recipe import Shape
from curation.stages.planning import Plan
from curation.stages.relating import tied_by
from curation.store import Workspace
from curation.store.overview import count_funnel


def versions() -> dict[str, str]:
    """The programs whose versions can matter for the bytes."""
    packages = {name: version(name) for name in ("duckdb", "numpy", "pyarrow")}
    return {"sift": __version__, "python": platform.python_version(), **packages}


def counts(workspace: Workspace, chosen: Plan) -> dict[str, Json]:
    """How many samples were there after each step, in order, and how many are in each split."""
    funnel = count_funnel(workspace)
    return {
        "collected": funnel.collected,
        "distinct": funnel.distinct,
        "after_rules": funnel.pass_rules,
        "after_near_duplicates": funnel.not_duplicates,
        **chosen.steps,
        "exported": sum(chosen.sizes().values()),
        "splits": chosen.sizes(),
    }


def seeds(shape: Shape) -> dict[str, int]:
    """The seeds that chance came from, by the table of the recipe that holds them."""
    chosen = dict(shape.selection.options).get("seed")
    found = {"mixture": shape.mixture.seed, "splits": shape.splits.seed}
    return {"selection": chosen, **found} if isinstance(chosen, int) else found


def compared(workspace: Workspace) -> Mapping[str, Json]:
    """What near-duplicates are told by: the text, the embedding model with its revision, and how surely all were found.

    Empty where none were looked for.
    """
    tied = tied_by(workspace)
    if tied is None:
        return {}
    space, threshold = tied
    return {"text": space.field, "model": space.model, "from_similarity": threshold, "recall": space.recall}
