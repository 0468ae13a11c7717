"""Pool + method + model → candidates in the workspace; stopped at any instant, it goes on without paying twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import cast

from curation.errors import Cancelled, CurationError, NotReady
from curation.generators import MODEL_GENERATORS
from curation.methods import Json, ModelGenerator
from curation.model import Estimate, estimate, price_of
from curation.runs import Job, Step, resume, run_now
from curation.sample import Candidate
from curation.stages.asking import Caps, asking, find_endpoint
from curation.stages.batches import in_batches
from curation.stages.placing import place_rest
from curation.stages.regions import Region, landed
from curation.stages.repetition import Repetition
from curation.stages.seeds import read_seeds
from curation.store import Workspace
from curation.store.candidates import add_candidates, count_kept, read_rounds
from curation.store.plans import Plan, add_plan, read_plan

KIND = "generate"
MOST_PREVIEWED = 30
"""Candidates after which a preview ends although fewer were kept than wanted."""


@dataclass(frozen=True)
class Order:
    """What is to be made: the same order asks the same questions, so that no answer is bought twice.

    Args:
        method: with its options.
        endpoint: the name of the one to ask.
        pool: numbers of the samples to start from.
        caps: where to stop.
        region: the part of a map that it is aimed at; what it makes is placed on that map at the end.
    """

    method: ModelGenerator
    endpoint: str
    pool: Sequence[int] = ()
    caps: Caps = field(default_factory=Caps)
    region: Region | None = None


@dataclass
class Made:
    """What came of a run.

    Args:
        kept: candidates that no rule dropped.
        dropped: the others.
        samples: how many samples the kept ones are; equal texts are one.
    """

    kept: int = 0
    dropped: int = 0
    samples: int = 0


def expect(workspace: Workspace, order: Order) -> Estimate:
    """Calls, tokens and money that the whole run is expected to take; NaN dollars where no price is known.

    Raises:
        CurationError: there is no such endpoint, or the pool does not fit the method.
    """
    endpoint = find_endpoint(workspace, order.endpoint)
    return estimate(order.method.expected(read_seeds(workspace, order.pool)), price_of(endpoint))


def preview(workspace: Workspace, order: Order, kept: int = 3) -> list[Candidate]:
    """The first candidates, until so many are kept. Nothing is stored but the answers, which the run then gets free.

    Raises:
        CurationError: as for a run.
    """
    seen: list[Candidate] = []

    def work(run: str, step: Step) -> str:
        # Few requests at a time: a preview asks little more than it shows.
        endpoint = replace(find_endpoint(workspace, order.endpoint), parallel=2)
        with asking(workspace, run, endpoint, order.caps, lambda: step(len(seen), 0)) as desk:
            for candidate in order.method(read_seeds(workspace, order.pool), desk):
                seen.append(candidate)
                if len(seen) >= MOST_PREVIEWED or sum(not one.rule for one in seen) >= kept:
                    break
        return f"{len(seen)} candidates looked at before a run."

    run_now(workspace, Job("preview", order.method.name, _what(order), work))
    return seen


def synthesis_job(workspace: Workspace, order: Order) -> Job:
    """The run that carries out an order."""

    def begin(run: str) -> None:
        add_plan(workspace, run, Plan(_what(order), order.pool))

    def work(run: str, step: Step) -> str:
        made = synthesise(workspace, run, order, step)
        return sentence(made) + (_land(workspace, run, order.region, step, made) if order.region else "")

    return Job(KIND, order.method.name, _what(order), work, begin)


def resume_synthesis(workspace: Workspace, run: str, caps: Caps | None = None) -> None:
    """Go on with a run in the background, with other caps where they are given.

    Raises:
        NotReady: what it was to do is not written down, its method is not known any more, or it is at work.
    """
    order = read_order(workspace, run)
    resume(workspace, run, synthesis_job(workspace, order if caps is None else replace(order, caps=caps)))


def read_order(workspace: Workspace, run: str) -> Order:
    """What a run was to do.

    Raises:
        NotReady: it is not written down, or its method is not known any more.
    """
    plan = read_plan(workspace, run)
    if plan is None or plan.what.get("method") not in MODEL_GENERATORS:
        raise NotReady("This run cannot be resumed: what it was to do is not written down, or not known any more.")
    method = MODEL_GENERATORS[str(plan.what["method"])].model_validate(plan.what["options"])
    caps = Caps(**cast(dict[str, int], plan.what["caps"]))
    return Order(method, str(plan.what["endpoint"]), plan.pool, caps, Region.from_json(plan.what.get("region")))


def synthesise(workspace: Workspace, run: str, order: Order, step: Step) -> Made:
    """Make candidates and store them as they come; kept ones are samples at once.

    Raises:
        Paused: a cap is reached, the endpoint wants no more, or the model repeats itself; the message says which.
        Cancelled: a person stopped it.
    """
    seeds = read_seeds(workspace, order.pool)
    target = order.method.wanted(seeds)
    target = min(target, order.caps.samples) if order.caps.samples else target
    endpoint = find_endpoint(workspace, order.endpoint)
    alarm = Repetition(heard=max((one.number for one in read_rounds(workspace, run)), default=0))
    made = Made()
    with asking(workspace, run, endpoint, order.caps, lambda: step(made.kept, target)) as desk:
        for batch in in_batches(_up_to(order.method(seeds, desk), order.caps.samples)):
            _store(workspace, run, batch, made)
            step(made.kept, target)
            for candidate in batch:
                alarm.watch(candidate)
    kept, made.samples = count_kept(workspace, run)
    step(kept, kept)
    return made


def sentence(made: Made) -> str:
    """What a run did, in words; the counts are those of the database."""
    same = made.kept - made.samples
    equal = f" ({same:,} of them word for word the same as another)" if same else ""
    return f"{made.kept:,} kept{equal}, {made.dropped:,} dropped with their reasons."


def _store(workspace: Workspace, run: str, batch: Sequence[Candidate], made: Made) -> None:
    add_candidates(workspace, run, batch)
    kept = sum(not candidate.rule for candidate in batch)
    made.kept += kept
    made.dropped += len(batch) - kept


def _up_to(candidates: Iterable[Candidate], most: int) -> Iterator[Candidate]:
    """Candidates up to the `most`-th kept one; 0 for no end."""
    kept = 0
    for candidate in candidates:
        yield candidate
        kept += not candidate.rule
        if most and kept >= most:
            return


def _what(order: Order) -> Mapping[str, Json]:
    options = order.method.model_dump(mode="json")
    caps: dict[str, Json] = dict(asdict(order.caps))
    what: dict[str, Json] = {
        "method": order.method.name, "options": options, "endpoint": order.endpoint, "caps": caps
    }  # fmt: skip
    return what | ({"region": order.region.to_json()} if order.region else {})


def _land(workspace: Workspace, run: str, region: Region, step: Step, made: Made) -> str:
    """Place what was made on the map at which the run was aimed, and say how much of it lies there."""
    try:
        place_rest(workspace, region.map, lambda _done, _requested: step(made.kept, made.kept))
        found = landed(workspace, run)
    except Cancelled:
        raise
    except CurationError as error:
        return f" What was made could not be placed on the map: {error}"
    return f" {found.sentence()}" if found else ""
