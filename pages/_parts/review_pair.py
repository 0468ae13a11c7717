"""A preference pair: chosen and rejected side by side."""

from dataclasses import replace

import streamlit as st

from curation.pairing import LENGTH_ALONE
from curation.sample import Sample
from curation.signals.private_spans import masked
from curation.stages.known import known_origins
from curation.store import Workspace
from pages._parts.card import show_text
from pages._parts.masking import offer, show_masked
from pages._parts.word_diff import share_alike, word_diff

ALIKE = 0.3
"""Texts that share less are other texts: marks on nearly every word would only make them harder to read."""


def show_pair(workspace: Workspace, number: int, sample: Sample) -> None:
    """The prompt, and below it both answers with the words marked that the other lacks."""
    show_text(replace(sample, output="", rejected=""))
    if any(LENGTH_ALONE in origin.ref for origin in known_origins(workspace, number)):
        st.warning(
            "Longer answers score higher here, and this one may have won by its length.", icon=":material/straighten:"
        )
    marked = st.toggle(
        "Mark what differs", value=True, key="review.diff", persist_state="session",
        help="Marks the words that the other answer lacks, where the two are alike; line breaks are lost. Off: both "
        "as they are.",
    )  # fmt: skip
    show_sides(sample.output, sample.rejected, marked=marked)


def show_sides(chosen: str, rejected: str, *, marked: bool = True) -> None:
    """Two answers side by side, with personal data masked."""
    marks = word_diff(masked(chosen), masked(rejected))
    marked = marked and share_alike(chosen, rejected) >= ALIKE
    for column, title, text, mark in zip(st.columns(2), ("Chosen", "Rejected"), (chosen, rejected), marks, strict=True):
        column.caption(f"{title} · {len(text):,} characters")
        with column.container(border=True):
            if marked:
                st.markdown(mark or "(empty)")
                offer(text)
            else:
                show_masked(text)
