"""Samples → signals, tier by tier: the cheap ones are there first. Only what is not measured yet is measured."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

from curation.runs import Job, Step
from curation.sample import Sample
from curation.signals import SIGNALS
from curation.stages.extracting import extract, extractor_stamp
from curation.store import Workspace
from curation.store.samples import count_samples, read_range
from curation.store.settings import read_setting, write_setting
from curation.store.signals import Values, first_unmeasured, forget_signals, list_measured, write_signals

BATCH: Final = 2000
VERB_OBJECT: Final = ("verb", "object")
TIERS: Final = (1, 2, 3)
MEASURED_WITH: Final = "signals"
"""The setting that holds, by signal, the version and options that its values were measured with."""
SECONDS: Final = "seconds of measuring"
"""The setting that holds, by tier, how many samples were measured and how many seconds that took."""


@dataclass(frozen=True)
class Outcome:
    """What measuring did: how many samples were looked at, and the seconds that each tier took."""

    samples: int
    seconds: dict[int, float] = field(default_factory=dict)

    def __str__(self) -> str:
        """The run's note."""
        tiers = ", ".join(f"{seconds:.1f} s for tier {tier}" for tier, seconds in self.seconds.items())
        measured = f"{self.samples:,} samples measured on {len(SIGNALS) + len(VERB_OBJECT)} signals"
        return f"{measured}: {tiers}." if tiers else f"{measured}."


@dataclass(frozen=True)
class Spent:
    """How many samples were measured in how many seconds."""

    samples: int
    seconds: float


def measure_job(workspace: Workspace) -> Job:
    """Measuring as a run."""

    def work(_run: str, step: Step) -> str:
        return str(measure(workspace, step))

    return Job("measure", "signals", {}, work)


def tier_of(signal: str) -> int:
    """1 for cheap signals to 3 for slow ones."""
    return SIGNALS[signal].tier if signal in SIGNALS else TIERS[-1]


def stale(workspace: Workspace) -> list[str]:
    """The signals whose values were measured with another version or other options than they have now."""
    known = _known(workspace)
    now = _stamps(workspace)
    return [name for name, stamp in now.items() if known.get(name, _first(stamp)) != stamp]


def unmeasured(workspace: Workspace, signals: Sequence[str] = (*SIGNALS, *VERB_OBJECT)) -> int:
    """How many samples lack the one of these that the fewest have; values of an earlier version do not count."""
    found, old = list_measured(workspace), set(stale(workspace))
    measured = [found[name].samples if name in found and name not in old else 0 for name in signals]
    return count_samples(workspace) - min(measured)


def measure(workspace: Workspace, step: Step) -> Outcome:
    """Measure every signal on every sample that lacks it or has it from an earlier version.

    Args:
        workspace: where the samples are.
        step: told how many of the samples that lack something are done, all tiers taken together.
    """
    _renew(workspace)
    todo = {name: first_unmeasured(workspace, name) for name in (*SIGNALS, *VERB_OBJECT)}
    firsts = {name: first for name, (first, missing) in todo.items() if missing}
    total = count_samples(workspace)
    start = min(firsts.values(), default=total)
    tiers = [tier for tier in TIERS if tier in set(map(tier_of, firsts))]
    seconds: dict[int, float] = {}
    for place, tier in enumerate(tiers):
        began = perf_counter()
        of_tier = {name: first for name, first in firsts.items() if tier_of(name) == tier}
        for low in range(start, total, BATCH):
            step((place * (total - start) + low - start) // len(tiers), total - start)
            _measure_batch(workspace, low, [name for name, first in of_tier.items() if first < low + BATCH])
        seconds[tier] = perf_counter() - began
        _note(workspace, tier, total - min(of_tier.values()), seconds[tier])
    step(total - start, total - start)
    return Outcome(total - start, seconds)


def spent(workspace: Workspace) -> dict[int, Spent]:
    """By tier, what all runs took that measured it to the end."""
    kept = json.loads(read_setting(workspace, SECONDS, "{}"))
    return {int(tier): Spent(int(samples), float(seconds)) for tier, (samples, seconds) in kept.items()}


def _note(workspace: Workspace, tier: int, samples: int, seconds: float) -> None:
    kept = spent(workspace)
    before = kept.get(tier, Spent(0, 0.0))
    kept[tier] = Spent(before.samples + samples, before.seconds + seconds)
    write_setting(workspace, SECONDS, json.dumps({name: (one.samples, one.seconds) for name, one in kept.items()}))


def _measure_batch(workspace: Workspace, low: int, names: list[str]) -> None:
    samples = read_range(workspace, low, low + BATCH) if names else []
    columns: dict[str, Values] = {name: SIGNALS[name]()(samples) for name in names if name in SIGNALS}
    if set(names) & set(VERB_OBJECT):
        columns |= _verb_objects(workspace, samples)
    write_signals(workspace, low, columns)


def _verb_objects(workspace: Workspace, samples: list[Sample]) -> dict[str, Values]:
    found = extract(workspace, [sample.instruction for sample in samples])
    verbs = [pair[0] if pair else "" for pair in found]
    return {"verb": verbs, "object": [(pair[1] or "") if pair else "" for pair in found]}


def _renew(workspace: Workspace) -> None:
    """Forget values of earlier versions, and note with what the new ones are measured."""
    known = _known(workspace)
    now = _stamps(workspace)
    if known == now:
        return
    with workspace.writing():
        forget_signals(workspace, stale(workspace))
        write_setting(workspace, MEASURED_WITH, json.dumps(now))


def _known(workspace: Workspace) -> dict[str, str]:
    return dict(json.loads(read_setting(workspace, MEASURED_WITH, "{}")))


def _stamps(workspace: Workspace) -> dict[str, str]:
    """Version and options of each signal as it is measured now, for example `1 {"field":"output"}`."""
    own = {name: f"{SIGNALS[name].version} {SIGNALS[name]().model_dump_json()}" for name in SIGNALS}
    return own | dict.fromkeys(VERB_OBJECT, extractor_stamp(workspace))


def _first(stamp: str) -> str:
    """What values from before this was noted were measured with: the first version."""
    return f"1 {stamp.partition(' ')[2]}"
