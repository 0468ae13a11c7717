"""What is to be judged by whom, what that will take, and whether a judge would score its own family."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import cast

from curation.errors import NotReady
from curation.facets import Facets
from curation.judges import SCORERS
from curation.judges.scoring import INJECTION
from curation.methods import Json, Judge
from curation.model import Endpoint, Estimate, estimate, price_of
from curation.model.families import family_of
from curation.stages.asking import Caps, find_endpoint
from curation.stages.verdicts import MEAN, Joining
from curation.store import Workspace
from curation.store.judged import models_behind, numbers_with
from curation.store.plans import read_plan
from curation.store.samples import read_samples
from curation.store.scores import judged_numbers


@dataclass(frozen=True)
class Judging:
    """What is to be judged by whom: the same again asks the same questions, so that no answer is bought twice.

    Args:
        judge: with its options.
        endpoints: names of those to ask, one after the other; several are a jury.
        numbers: of the samples to judge.
        caps: where to stop, for the whole run; the cap of samples plays no part.
        joining: how the values of a jury become one.
        own_family: whether a judge may score what a model of its own family wrote; the choice is kept with the run.
    """

    judge: Judge
    endpoints: tuple[str, ...]
    numbers: Sequence[int] = ()
    caps: Caps = field(default_factory=Caps)
    joining: Joining = MEAN
    own_family: bool = False


def choose_samples(workspace: Workspace, order: Judging, facets: Facets, most: int) -> tuple[int, ...]:
    """The samples that match, have what the judge needs and wait for some model of this order, at most so many.

    0 is no limit.
    """
    endpoints = [find_endpoint(workspace, name) for name in order.endpoints]
    done = [_judged(workspace, order, endpoint) for endpoint in endpoints]
    finished = set[int].intersection(*done) if done else set()
    able = numbers_with(workspace, facets, order.judge.needs)
    left = [number for number in able if number not in finished]
    return tuple(left[:most] if most else left)


def expect_judging(workspace: Workspace, order: Judging) -> Estimate:
    """Calls, tokens and money of what is not judged yet, over all endpoints; NaN dollars where one has no known price.

    Raises:
        CurationError: there is no such endpoint.
    """
    parts = []
    for name in order.endpoints:
        endpoint = find_endpoint(workspace, name)
        samples = read_samples(workspace, left_to_judge(workspace, order, endpoint))
        parts.append(estimate(order.judge.expected(samples), price_of(endpoint)))
    return _added(parts)


def own_family(workspace: Workspace, order: Judging) -> dict[str, dict[str, int]]:
    """By endpoint: the models of the judge's own family that had a part in these samples, with how many samples."""
    behind = models_behind(workspace, order.numbers)
    found = {}
    for name in order.endpoints:
        family = family_of(find_endpoint(workspace, name).model)
        kin = {model: count for model, count in behind.items() if family_of(model) == family}
        if kin:
            found[name] = kin
    return found


def check_families(workspace: Workspace, order: Judging) -> None:
    """A judge scores nothing of its own family, unless a person has allowed it for this run.

    Raises:
        NotReady: it would; the message names who wrote what.
    """
    kin = {} if order.own_family else own_family(workspace, order)
    for name, models in kin.items():
        wrote = ", ".join(f"{model} ({count:,})" for model, count in models.items())
        raise NotReady(
            f"{name} would judge samples that a model of its own family wrote: {wrote}. Judges prefer their own "
            "family's answers. Choose another judge or other samples, or allow it for this run."
        )


def left_to_judge(workspace: Workspace, order: Judging, endpoint: Endpoint) -> list[int]:
    """The numbers of an order that this endpoint's model has not judged yet, in order."""
    done = _judged(workspace, order, endpoint)
    return [number for number in order.numbers if number not in done]


def read_judging(workspace: Workspace, run: str) -> Judging:
    """What a run was to do.

    Raises:
        NotReady: it is not written down, or its judge is not known any more.
    """
    plan = read_plan(workspace, run)
    if plan is None or plan.what.get("judge") not in SCORERS:
        raise NotReady("This run cannot be resumed: what it was to do is not written down, or not known any more.")
    what = plan.what
    return Judging(
        judge=SCORERS[str(what["judge"])].model_validate(what["options"]),
        endpoints=tuple(cast(list[str], what["endpoints"])),
        numbers=plan.pool,
        caps=Caps(**cast(dict[str, int], what["caps"])),
        joining=cast(Joining, what["joining"]),
        own_family=bool(what["own_family"]),
    )


def as_json(order: Judging) -> Mapping[str, Json]:
    """An order as it is kept with its run, without the numbers."""
    return {
        "judge": order.judge.name,
        "version": order.judge.version(),
        "options": order.judge.model_dump(mode="json"),
        "endpoints": list(order.endpoints),
        "caps": asdict(order.caps),
        "joining": order.joining,
        "own_family": order.own_family,
    }


def _judged(workspace: Workspace, order: Judging, endpoint: Endpoint) -> set[int]:
    return judged_numbers(workspace, order.judge.name, order.judge.version(), endpoint.model, INJECTION)


def _added(parts: Sequence[Estimate]) -> Estimate:
    return Estimate(*(sum(getattr(part, one.name) for part in parts) for one in fields(Estimate)))
