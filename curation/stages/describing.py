"""What the card of an export says about its samples in numbers: lengths, verbs, how varied they are, who decided."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from curation.diversity.metrics import METRICS
from curation.exporters import Section, bars
from curation.signals.words import InputWords, InstructionWords, Words
from curation.stages.authorship import authors_of, who_wrote
from curation.stages.diversity_numbers import IN, stamp_of
from curation.stages.measuring import stale
from curation.stages.planning import Plan
from curation.store import Workspace
from curation.store.browse import states_of
from curation.store.charts import verb_object_counts
from curation.store.diversity_numbers import FIELDS, Number, read_diversity
from curation.store.samples import with_followups, with_rejected
from curation.store.signals import read_numbers

Counts = NDArray[np.int64]
MOST_VERBS = 20
TEXTS = {"prompt": "prompts", "output": "answers"}


def sections(workspace: Workspace, states: Sequence[str], chosen: Plan) -> list[Section]:
    """The parts of the card that there is something to say in, in the order to show."""
    found = [
        _lengths(workspace, chosen),
        _verbs(workspace, chosen),
        _diversity(workspace, states),
        _states(workspace, chosen),
        _authors(workspace, chosen),
    ]
    return [section for section in found if section]


def _lengths(workspace: Workspace, chosen: Plan) -> Section:
    counted = _words(workspace, chosen)
    splits = {split: np.asarray(chosen.written(split), np.int32) for split in chosen.sizes()}
    lines = [f"{'split':<12}{'texts':<9}{'samples':>9}{'median':>9}{'mean':>9}{'95 %':>9}{'longest':>9}"]
    for split, numbers in splits.items():
        lines += [f"{split:<12}{name:<9}{_spread(words[numbers])}" for name, words in counted.items()]
    written = np.concatenate(list(splits.values()))
    longer = with_followups(workspace), with_rejected(workspace)
    talks, pairs = (np.count_nonzero(np.isin(written, those)) for those in longer)
    lines += ["", f"{talks:,} with further turns, {pairs:,} with a rejected answer."]
    answers = counted["answers"][written].tolist()
    picture = bars("Words in the answer", "samples, by words in the answer", _binned(answers))
    return Section("Words in each text", lines, ("lengths", picture))


def _words(workspace: Workspace, chosen: Plan) -> dict[str, Counts]:
    """Words of prompts and answers, by the number of the sample; only those of what goes out mean anything."""
    names = (InstructionWords.name, InputWords.name, Words.name)
    asked, given, answers = (read_numbers(workspace, name) for name in names)
    prompts = asked + given  # instruction and input are two paragraphs, and white space divides words
    known = np.isfinite((prompts + answers)[np.asarray(chosen.numbers)])
    if not known.all() or not set(stale(workspace)).isdisjoint(names):
        for split in chosen.sizes():
            for number, sample in zip(chosen.written(split), chosen.samples(split), strict=True):
                prompts[number], answers[number] = len(sample.prompt.split()), len(sample.output.split())
    return {"prompts": np.nan_to_num(prompts).astype(np.int64), "answers": np.nan_to_num(answers).astype(np.int64)}


def _spread(words: Counts) -> str:
    middle, high = np.percentile(words, [50, 95])
    return f"{len(words):>9,}{middle:>9.0f}{words.mean():>9.1f}{high:>9.0f}{words.max():>9,}"


def _binned(words: Iterable[int]) -> list[tuple[str, int]]:
    """Samples per doubling of the length, because lengths reach from one word to thousands."""
    counts = Counter(count.bit_length() for count in words)
    return [(_doubling(bits), counts[bits]) for bits in range(min(counts), max(counts) + 1)]


def _doubling(bits: int) -> str:
    """The lengths that are written with so many binary digits.

    >>> _doubling(0), _doubling(1), _doubling(4)
    ('0', '1', '8 to 15')
    """
    return str(bits) if bits < 2 else f"{2 ** (bits - 1):,} to {2**bits - 1:,}"


def _verbs(workspace: Workspace, chosen: Plan) -> Section | None:
    counts: Counter[str] = Counter()
    for verb, _, found in verb_object_counts(workspace, np.array(chosen.numbers, np.int32)):
        counts[verb] += found
    counts.pop("", None)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:MOST_VERBS]
    if not rows:
        return None
    lines = [f"{found:>12,}  {verb}" for verb, found in rows]
    picture = bars("Most frequent verbs of the instructions", "samples", rows)
    return Section("What is asked for", lines, ("verbs", picture))


def _diversity(workspace: Workspace, states: Sequence[str]) -> Section | None:
    """The numbers of the Diversity page for what is in, where they are computed and still true."""
    if set(states) != set(IN.states):
        return None
    now, lines = stamp_of(workspace), list[str]()
    for field in FIELDS:
        kept = read_diversity(workspace, field)
        if kept.stamp == now:
            lines += [_line(TEXTS[field], row) for row in kept.rows if row.kind == "in" and row.value is not None]
    head = (
        "Mean over draws of equal size, and its 95 % interval; of everything that is in, before selection of formats."
    )
    return Section("How varied the samples are", [head, "", *lines]) if lines else None


def _line(texts: str, row: Number) -> str:
    low, high = (float("nan") if end is None else end for end in (row.low, row.high))
    label = METRICS[row.metric].label().partition(":")[0]
    return f"{texts:<9}{row.value:>10.4g}  [{low:.4g}, {high:.4g}]  {label}, {row.draws} draws of {row.size:,}"


def _states(workspace: Workspace, chosen: Plan) -> Section:
    states = states_of(workspace)
    counts = Counter(states[number] for number in chosen.numbers)
    words = {"accepted": "accepted by a person", "kept": "kept by the recipe, decided on by nobody"}
    return Section("Who decided", [f"{counts[state]:>12,}  {said}" for state, said in words.items() if counts[state]])


def _authors(workspace: Workspace, chosen: Plan) -> Section:
    return Section("Who wrote the samples", who_wrote(authors_of(workspace, np.asarray(chosen.numbers, np.int32))))
