"""Stored scores → signals, by which samples are filtered, coloured and found like by any other."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from curation.judges.length import LengthEffect, length_effect
from curation.judges.moderation import HARM
from curation.judges.scoring import INJECTION
from curation.judges.tags import TAGS
from curation.methods import Judge
from curation.store import Workspace
from curation.store.judged import text_lengths
from curation.store.settings import read_setting, write_setting
from curation.store.signals import write_group
from curation.store.together import Together, read_together
from curation.store.topics import replace_topics

Joining = Literal["mean", "median", "vote"]
MEAN: Joining = "mean"
JOININGS: tuple[Joining, ...] = ("mean", "median", "vote")
SETTING = "judging"
"""The setting that says, by judge, which version counts now and how a jury's values are joined."""
OVERALL = "overall"
SORTS_BY = {"deita": "complexity × quality", "tags": TAGS, "moderation": HARM}
"""The criterion that stands for the whole where it is not the mean of all."""
ASK_PEOPLE = "ask people"
"""The verdict on a pair where orders or judges disagree."""


@dataclass(frozen=True)
class Current:
    """Which version of a judge counts now: the last one that was run."""

    version: str
    joining: Joining


@dataclass(frozen=True)
class Overall:
    """One value per sample for all that a judge says, by ascending number."""

    numbers: NDArray[np.int32]
    values: NDArray[np.float64]


def signal_name(judge: str, criterion: str) -> str:
    """The signal that holds one criterion of one judge.

    >>> signal_name("rubric", "accuracy"), signal_name("deita", "injection")
    ('judge: rubric accuracy', 'judge: injection')
    """
    return f"judge: {criterion}" if criterion == INJECTION else f"judge: {judge} {criterion}"


def read_current(workspace: Workspace) -> dict[str, Current]:
    """The version of each judge that counts now, by judge."""
    kept = cast(dict[str, dict[str, str]], json.loads(read_setting(workspace, SETTING, "{}")))
    return {name: Current(one["version"], cast(Joining, one["joining"])) for name, one in kept.items()}


def show_as_signals(workspace: Workspace, judge: Judge, joining: Joining) -> None:
    """Make this version of a judge the one that counts, and its stored values signals, in place of older ones.

    Nothing is done where it has no value for any sample.
    """
    name, version = judge.name, judge.version()
    kept = json.loads(read_setting(workspace, SETTING, "{}"))
    found = read_together(workspace, name, version)
    if not found:
        return
    with workspace.writing():
        write_setting(workspace, SETTING, json.dumps(kept | {name: {"version": version, "joining": joining}}))
        flags = found.pop(INJECTION, None)
        if flags is not None:
            write_group(workspace, signal_name(name, INJECTION), {signal_name(name, INJECTION): _joined(flags, "mean")})
        topics = {tag: found.pop(tag) for tag in [*found] if name == "tags" and tag != TAGS}
        columns: dict[str, Mapping[int, float] | Mapping[int, str]] = {
            signal_name(name, criterion): _joined(one, joining) for criterion, one in found.items()
        }
        if name == "tags":
            replace_topics(workspace, {tag: one.numbers.tolist() for tag, one in topics.items()})
            columns[signal_name(name, "main tag")] = _main(topics)
        if name == "pairwise":
            columns[signal_name(name, "verdict")] = _verdicts(found)
        columns |= _of_all(workspace, name, found, joining)
        write_group(workspace, f"judge: {name} ", columns)


def overall(judge: str, found: Mapping[str, Together], joining: Joining) -> Overall:
    """The criterion that a judge sorts by, else the mean of all criteria of a sample."""
    own = [one for criterion, one in found.items() if criterion == SORTS_BY.get(judge, criterion)]
    numbers = np.concatenate([one.numbers for one in own]) if own else np.empty(0, np.int32)
    values = np.concatenate([getattr(one, joining) for one in own]) if own else np.empty(0)
    found_numbers, places = np.unique(numbers, return_inverse=True)
    return Overall(found_numbers, np.bincount(places, values) / np.bincount(places))


def overall_name(judge: str, criteria: Sequence[str]) -> str:
    """What the one value per sample is called: the criterion that stands for the whole, else `overall`."""
    return SORTS_BY.get(judge) or (criteria[0] if len(criteria) == 1 else OVERALL)


def effect_of_length(workspace: Workspace, judge: str, whole: Overall) -> tuple[NDArray[np.float64], LengthEffect]:
    """(length of each answer in characters, how the values go with it); for pairs the ratio of chosen to rejected."""
    lengths, others = text_lengths(workspace, whole.numbers)
    if judge != "pairwise":
        return lengths, length_effect(whole.values, np.log(lengths))
    ratios = lengths / others
    return ratios, length_effect(whole.values, np.log(ratios), 0.0)


def _of_all(
    workspace: Workspace, name: str, found: Mapping[str, Together], joining: Joining
) -> dict[str, Mapping[int, float] | Mapping[int, str]]:
    """The value over all criteria, the same with length taken out, and how far a jury is apart."""
    if name in ("tags", "moderation") or not found:
        return {}
    whole = overall(name, found, joining)
    _, effect = effect_of_length(workspace, name, whole)
    numbers = whole.numbers.tolist()
    more: dict[str, Mapping[int, float] | Mapping[int, str]] = {}
    if overall_name(name, list(found)) == OVERALL:
        more[signal_name(name, OVERALL)] = dict(zip(numbers, whole.values.tolist(), strict=True))
    if np.isfinite(effect.rho):
        more[signal_name(name, "length-controlled")] = dict(zip(numbers, effect.controlled.tolist(), strict=True))
    return more | {signal_name(name, "spread"): spreads(found)}


def spreads(found: Mapping[str, Together]) -> dict[int, float]:
    """By sample, the widest spread of a jury over the criteria; empty where one model judged alone."""
    widest: dict[int, float] = {}
    for one in found.values():
        for number, spread, models in zip(one.numbers.tolist(), one.spread.tolist(), one.models.tolist(), strict=True):
            if models > 1:
                widest[number] = max(spread, widest.get(number, 0.0))
    return widest


def _joined(one: Together, joining: Joining) -> dict[int, float]:
    values: NDArray[np.float64] = getattr(one, joining)
    return dict(zip(one.numbers.tolist(), values.tolist(), strict=True))


def _main(topics: Mapping[str, Together]) -> dict[int, str]:
    """By sample, that one of its tags which most samples share; of equals the first by name."""
    main: dict[int, str] = {}
    for tag, one in sorted(topics.items(), key=lambda item: (-len(item[1].numbers), item[0])):
        for number in one.numbers.tolist():
            main.setdefault(number, tag)
    return main


def _verdicts(found: Mapping[str, Together]) -> dict[int, str]:
    """By pair: chosen, rejected or tie where all agree, else that people are asked."""
    verdicts = {}
    for one in found.values():
        for number, value, spread, split in zip(
            one.numbers.tolist(), one.mean.tolist(), one.spread.tolist(), one.split.tolist(), strict=True
        ):
            agreed = "chosen" if value > 0 else "rejected" if value < 0 else "tie"
            verdicts[number] = ASK_PEOPLE if split or spread else agreed
    return verdicts
