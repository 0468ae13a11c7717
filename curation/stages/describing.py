"""What the card of an export says about its samples in numbers: lengths, verbs, how varied they are, who decided."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from curation.diversity.metrics import METRICS
from curation.exporters import Section, bars
from curation.stages.diversity_numbers import IN, stamp_of
from curation.stages.planning import Plan
from curation.store import Workspace
from curation.store.browse import states_of
from curation.store.charts import verb_object_counts
from curation.store.diversity_numbers import FIELDS, Number, read_diversity

MOST_VERBS = 20
TEXTS = {"prompt": "prompts", "output": "answers"}


def sections(workspace: Workspace, states: Sequence[str], chosen: Plan) -> list[Section]:
    """The parts of the card that there is something to say in, in the order to show."""
    found = [_lengths(chosen), _verbs(workspace, chosen), _diversity(workspace, states), _states(workspace, chosen)]
    return [section for section in found if section]


def _lengths(chosen: Plan) -> Section:
    answers, talks, pairs = list[int](), 0, 0
    lines = [f"{'split':<12}{'texts':<9}{'samples':>9}{'median':>9}{'mean':>9}{'95 %':>9}{'longest':>9}"]
    for split in chosen.sizes():
        words: dict[str, list[int]] = {"prompts": [], "answers": []}
        for sample in chosen.samples(split):
            words["prompts"].append(len(sample.prompt.split()))
            words["answers"].append(len(sample.output.split()))
            talks += bool(sample.followups)
            pairs += bool(sample.rejected)
        lines += [f"{split:<12}{name:<9}{_spread(np.array(counted))}" for name, counted in words.items()]
        answers += words["answers"]
    lines += ["", f"{talks:,} with further turns, {pairs:,} with a rejected answer."]
    picture = bars("Words in the answer", "samples, by words in the answer", _binned(answers))
    return Section("Words in each text", lines, ("lengths", picture))


def _spread(words: np.ndarray[tuple[int], np.dtype[np.int64]]) -> str:
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
