"""The pairs on either side of the threshold: what differs between them, in words and word by word."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from curation.duplicates import Feature, Pair, Scorer, columns_of, differences, facts_of, table, text_of
from curation.sample import Sample
from curation.stages.calibrating import Calibration, calibration
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


def show_borderline(workspace: Workspace, found: Comparison, threshold: float) -> None:
    """The pairs just above and just below the threshold, word by word."""
    above, below = found.borderline(threshold)
    said = calibration(workspace, found)
    same, apart = st.tabs([f"{len(above)} just above: the same", f"{len(below)} just below: kept apart"])
    with same:
        _pairs(workspace, found.space.field, above, said)
    with apart:
        _pairs(workspace, found.space.field, below, said)


def show_pair(
    pair: Pair, samples: tuple[Sample, Sample], field: str, scorer: Scorer, is_same: bool | None = None
) -> None:
    """One pair: how near, what differs as chips, what a person said, and both texts with the words marked."""
    first, second = samples
    compared = differences(facts_of(first, field), facts_of(second, field))
    score = scorer(columns_of(np.array([pair.similarity], np.float32), table([compared])))[0]
    inputs = f" · inputs {compared.inputs:.2f}" if first.input or second.input else ""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(
            f"Similarity {pair.similarity:.3f} · ROUGE-L {compared.rouge:.2f}{inputs} · score {score:.0%} · "
            f"samples {pair.a} and {pair.b}", width="content",
        )  # fmt: skip
        for feature in compared.differ:
            words, icon = DIFFER[feature]
            st.badge(words, icon=icon, color="orange")
        if is_same is not None:
            words, icon = SAID[is_same]
            st.badge(words, icon=icon, color="blue")
    show_diff(text_of(first, field), text_of(second, field))


def _pairs(workspace: Workspace, field: str, pairs: Sequence[Pair], said: Calibration) -> None:
    if not pairs:
        st.caption("There is none.")
    # Read at once: on every step of the slider twenty small queries took longer than all else.
    firsts = read_samples(workspace, [pair.a for pair in pairs])
    seconds = read_samples(workspace, [pair.b for pair in pairs])
    for pair, first, second in zip(pairs, firsts, seconds, strict=True):
        show_pair(pair, (first, second), field, said.scorer, said.labels.get((pair.a, pair.b)))
