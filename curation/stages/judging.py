"""Samples + judge + one model or several → scores, and from them signals; stopped at any instant, nothing is lost."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from curation.errors import CurationError
from curation.judges.scoring import INJECTION
from curation.model import Endpoint
from curation.runs import Job, Step, resume, run_now
from curation.sample import Score
from curation.stages.asking import Caps, asking, find_endpoint
from curation.stages.batches import in_batches
from curation.stages.judging_order import Judging, as_json, check_families, left_to_judge, read_judging
from curation.stages.verdicts import show_as_signals
from curation.store import Workspace
from curation.store.plans import Plan, add_plan
from curation.store.samples import read_samples
from curation.store.scores import add_scores

KIND = "judge"


@dataclass
class Count:
    """What came of a run: verdicts are samples times models.

    Args:
        judged: verdicts with a value.
        failed: verdicts that came to nothing.
        lacking: samples that this judge cannot judge, for example without an answer.
        before: verdicts that were there before.
    """

    judged: int = 0
    failed: int = 0
    lacking: int = 0
    before: int = 0


def preview_judging(workspace: Workspace, order: Judging, samples: int = 3) -> list[tuple[int, Score]]:
    """(number, score) of the first samples by every endpoint. Nothing is stored but the answers, which stay paid for.

    Raises:
        CurationError: as for a run.
    """
    first = replace(order, numbers=_first(workspace, order, samples))
    seen: list[tuple[int, Score]] = []

    def work(run: str, step: Step) -> str:
        check_families(workspace, order)
        numbered = dict(zip((one.id for one in read_samples(workspace, first.numbers)), first.numbers, strict=True))
        for name in first.endpoints:
            endpoint = replace(find_endpoint(workspace, name), parallel=2)
            with asking(workspace, run, endpoint, order.caps, lambda: step(len(seen), 0)) as desk:
                scores = order.judge(read_samples(workspace, first.numbers), desk)
                seen.extend((numbered[one.sample], replace(one, model=endpoint.model)) for one in scores)
        return f"{len(first.numbers)} samples judged before a run."

    run_now(workspace, Job("preview", order.judge.name, as_json(first), work))
    return seen


def judge_job(workspace: Workspace, order: Judging) -> Job:
    """The run that carries out an order."""

    def begin(run: str) -> None:
        add_plan(workspace, run, Plan(as_json(order), order.numbers))

    def work(run: str, step: Step) -> str:
        return sentence(judge(workspace, run, order, step), len(order.endpoints))

    return Job(KIND, order.judge.name, as_json(order), work, begin)


def resume_judging(workspace: Workspace, run: str, caps: Caps | None = None) -> None:
    """Go on with a run in the background, with other caps where they are given.

    Raises:
        NotReady: what it was to do is not written down, its judge is not known any more, or it is at work.
    """
    order = read_judging(workspace, run)
    resume(workspace, run, judge_job(workspace, order if caps is None else replace(order, caps=caps)))


def judge(workspace: Workspace, run: str, order: Judging, step: Step) -> Count:
    """Judge what this version has not judged yet, endpoint by endpoint, and store scores as they come.

    However it ends, the signals afterwards show all that is stored.

    Raises:
        NotReady: a judge would score its own family and may not.
        Paused: a cap is reached, or an endpoint wants no more; the message says which.
        Cancelled: a person stopped it.
    """
    check_families(workspace, order)
    count, wanted = Count(), len(order.endpoints) * len(order.numbers)

    def tell() -> None:
        step(_seen(count), wanted)

    try:
        for endpoint in [find_endpoint(workspace, name) for name in order.endpoints]:
            todo = left_to_judge(workspace, order, endpoint)
            count.before += len(order.numbers) - len(todo)
            for batch in _judged_by(workspace, run, replace(order, numbers=todo), endpoint, tell):
                for verdict in batch:
                    _tally(verdict, count)
                tell()
    finally:
        show_as_signals(workspace, order.judge, order.joining)
    return count


def sentence(count: Count, models: int) -> str:
    """What a run did, in words."""
    jury = f" by a jury of {models}" if models > 1 else ""
    parts = [f"{count.judged:,} verdicts{jury}"]
    parts += [f"{count.before:,} were there before"] if count.before else []
    parts += [f"{count.failed:,} came to nothing and are asked again by the next run"] if count.failed else []
    parts += [f"{count.lacking:,} samples have nothing to judge"] if count.lacking else []
    return ", ".join(parts) + "."


def _judged_by(
    workspace: Workspace, run: str, order: Judging, endpoint: Endpoint, tell: Callable[[], None]
) -> Iterator[list[list[Score]]]:
    """What one model says, stored, some samples at a time."""
    judging, version = order.judge, order.judge.version()
    with asking(workspace, run, endpoint, order.caps, tell) as desk:
        scores = judging(read_samples(workspace, order.numbers), desk)
        for batch in in_batches(_by_sample(scores)):
            asked = [replace(one, model=endpoint.model) for one in chain.from_iterable(batch) if one.request]
            add_scores(workspace, run, judging.name, version, asked)
            yield batch


def _by_sample(scores: Iterable[Score]) -> Iterator[list[Score]]:
    """The scores of one sample at a time, so that a sample is stored whole; also the last one before an error."""
    group: list[Score] = []
    try:
        for one in scores:
            if group and one.sample != group[-1].sample:
                yield group
                group = []
            group.append(one)
    except CurationError:
        # Judges give what they say of a sample in one go: what came before the error is whole.
        if group:
            yield group
        raise
    if group:
        yield group


def _tally(verdict: Sequence[Score], count: Count) -> None:
    own = [one for one in verdict if one.criterion != INJECTION]
    if not any(one.request for one in own):
        count.lacking += 1
    elif any(one.problem for one in own):
        count.failed += 1
    else:
        count.judged += 1


def _seen(count: Count) -> int:
    return count.before + count.judged + count.failed + count.lacking


def _first(workspace: Workspace, order: Judging, most: int) -> tuple[int, ...]:
    """The first samples that can be judged: only of those something is expected to be asked."""
    found: list[int] = []
    for number in order.numbers:
        if len(found) == most:
            break
        if any(one.calls for one in order.judge.expected(read_samples(workspace, [number]))):
            found.append(number)
    return tuple(found)
