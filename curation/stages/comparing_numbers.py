"""How varied two states of the data are: the numbers of `METRICS` for both sides, computed once and kept."""

from curation.diversity.draws import LEAST, SIZES, size_for
from curation.diversity.metrics import METRICS
from curation.errors import NotReady
from curation.runs import Job, Step
from curation.stages.diversity_numbers import Group, Material, number_of
from curation.stages.embedding import chosen_embedder
from curation.stages.snapshots import Sides
from curation.store import Workspace
from curation.store.diversity_numbers import Number, read_diversity, write_diversity

FIELD = "snapshots"
"""Under this name the numbers of the two sides compared last stand among those of the fields."""
KIND = "compare"
FEWEST = LEAST * SIZES[-1]
"""Fewer samples on a side say nothing."""


def sides_job(workspace: Workspace, sides: Sides) -> Job:
    """Computing the numbers of two sides, by instruction and input, as a run."""

    def work(_run: str, step: Step) -> str:
        return compute(workspace, sides, step)

    return Job(KIND, "prompt", {"first": len(sides.first), "second": len(sides.second)}, work)


def compute(workspace: Workspace, sides: Sides, step: Step) -> str:
    """Compute and keep every number of both sides, from draws of the same size.

    Raises:
        NotReady: a side has too few samples for any number.
    """
    size = size_for(min(len(sides.first), len(sides.second)))
    if not size:
        raise NotReady(f"Numbers for how varied samples are need {FEWEST} samples and more on each side.")
    material = Material(workspace, "prompt", chosen_embedder(workspace).revision)
    groups = (Group("first", "", sides.first), Group("second", "", sides.second))
    rows: list[Number] = []
    for group in groups:
        for metric in METRICS.values():
            step(len(rows), len(groups) * len(METRICS))
            rows.append(number_of(material, metric(), group, size))
    write_diversity(workspace, FIELD, sides.stamp, rows)
    step(len(rows), len(rows))
    return f"{len(METRICS)} numbers computed for both sides, from draws of {size:,} samples each."


def numbers_of_sides(workspace: Workspace, sides: Sides) -> tuple[Number, ...]:
    """The numbers of exactly these two sides, none where others were computed last."""
    found = read_diversity(workspace, FIELD)
    return found.rows if found.stamp == sides.stamp else ()
