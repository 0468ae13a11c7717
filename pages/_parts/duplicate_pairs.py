"""The pairs on either side of the threshold: what differs between them, in words and word by word."""

import numpy as np
import streamlit as st

from curation.duplicates import Differences, Feature, Pair, columns_of, differences, facts_of, table, text_of
from curation.sample import Sample
from curation.stages.comparing import Comparison
from curation.store import Workspace
from curation.store.samples import read_samples
from pages._parts.word_diff import show_diff

DIFFER: dict[Feature, tuple[str, str]] = {
    "numbers": ("numbers differ", ":material/tag:"),
    "names": ("names differ", ":material/person:"),
    "negations": ("negation differs", ":material/block:"),
    "languages": ("languages differ", ":material/translate:"),
    "formats": ("formats differ", ":material/article:"),
}
"""Each feature in words, and its icon."""
SAID = {True: ("labelled duplicates", ":material/content_copy:"), False: ("told apart", ":material/call_split:")}


def show_borderline(workspace: Workspace, found: Comparison, threshold: float, *, above: bool) -> None:
    """The pairs just above or just below the threshold, word by word."""
    pairs = found.borderline(threshold)[0 if above else 1]
    if not pairs:
        st.caption("There is none.")
    # Read at once: on every step of the slider twenty small queries took longer than all else.
    texts = read_samples(workspace, [number for pair in pairs for number in (pair.a, pair.b)])
    for pair, first, second in zip(pairs, texts[::2], texts[1::2], strict=True):
        show_pair(found, pair, (first, second))


def show_pair(found: Comparison, pair: Pair, samples: tuple[Sample, Sample]) -> None:
    """One pair: how near, what differs as chips, what keeps it apart, and both texts with the words marked."""
    field, is_same = found.space.field, found.labels.get((pair.a, pair.b))
    first, second = samples
    compared = differences(facts_of(first, field), facts_of(second, field))
    chips = [("orange", *DIFFER[feature]) for feature in compared.differ]
    if is_same is not None:
        chips.append(("blue", *SAID[is_same]))
    elif set(compared.differ) & set(found.wanted.unless):
        chips.append(("blue", "kept apart by what differs", ":material/call_split:"))
    # One element, for ten pairs are drawn at every step of the slider; it holds words of ours and numbers alone.
    badges = " ".join(f":{color}-badge[{icon} {words}]" for color, words, icon in chips)
    measures = _measures(found, pair, compared, has_inputs=bool(first.input or second.input))
    st.markdown(f":small[:gray[{measures}]] {badges}")
    show_diff(text_of(first, field), text_of(second, field))


def _measures(found: Comparison, pair: Pair, compared: Differences, *, has_inputs: bool) -> str:
    parts = [f"ROUGE-L {compared.rouge:.2f}"]
    if found.scorer:
        cosine = found.stored(pair)
        score = found.scorer(columns_of(np.array([cosine], np.float32), table([compared])))[0]
        parts = [f"Similarity {cosine:.3f}", *parts, f"score {score:.0%}"]
    if has_inputs:
        parts.insert(-1, f"inputs {compared.inputs:.2f}")
    return " · ".join([*parts, f"samples {pair.a} and {pair.b}"])
