"""The pairs on either side of the threshold: what differs between them, in words and word by word."""

from collections.abc import Sequence

import streamlit as st

from curation.duplicates import Differences, Feature, Pair, differences, facts_of, text_of
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


def show_borderline(workspace: Workspace, found: Comparison, threshold: float) -> None:
    """The pairs just above and just below the threshold, word by word."""
    above, below = found.borderline(threshold)
    same, apart = st.tabs([f"{len(above)} just above: the same", f"{len(below)} just below: kept apart"])
    with same:
        _pairs(workspace, found.space.field, above)
    with apart:
        _pairs(workspace, found.space.field, below)


def show_pair(pair: Pair, samples: tuple[Sample, Sample], field: str) -> None:
    """One pair: how near, what differs as chips, and both texts with the words marked."""
    first, second = samples
    compared = differences(facts_of(first, field), facts_of(second, field))
    _chips(pair, compared, has_input=bool(first.input or second.input))
    show_diff(text_of(first, field), text_of(second, field))


def _pairs(workspace: Workspace, field: str, pairs: Sequence[Pair]) -> None:
    if not pairs:
        st.caption("There is none.")
    # Read at once: on every step of the slider twenty small queries took longer than all else.
    firsts = read_samples(workspace, [pair.a for pair in pairs])
    seconds = read_samples(workspace, [pair.b for pair in pairs])
    for pair, first, second in zip(pairs, firsts, seconds, strict=True):
        show_pair(pair, (first, second), field)


def _chips(pair: Pair, compared: Differences, *, has_input: bool) -> None:
    inputs = f" · inputs {compared.inputs:.2f}" if has_input else ""
    said = f"Similarity {pair.similarity:.3f} · ROUGE-L {compared.rouge:.2f}{inputs} · samples {pair.a} and {pair.b}"
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(said, width="content")
        for feature in compared.differ:
            words, icon = DIFFER[feature]
            st.badge(words, icon=icon, color="orange")
