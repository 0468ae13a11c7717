"""The charts of the Diversity page. Each can be clicked to narrow everything down."""

from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from numpy.typing import NDArray

from curation.facets import Facets
from curation.stages.variety import OBJECTS, VerbObjects
from curation.store import Workspace
from curation.store.charts import histogram
from pages._parts.cells import visible_rows
from pages._parts.charts import Words, bars, bin_name, clickable, lengths, stamp, with_labels, with_range
from pages._parts.facet_bar import choose

NAMED = 5
WEDGES = "Click a wedge, a bar or a row to narrow everything down to it; the sidebar shows what is chosen."
MOST_PAIRS = 500
TREE = "Verbs and their objects"
NO_PAIR = "No instruction shown here has a verb with an object that could be recognised."

Draw = Callable[[Sequence[tuple[str, str, int]]], tuple[go.Figure, list[tuple[str, str]]]]
"""Draws (verb, object, samples) as a tree; gives the figure and what each of its marks stands for."""


def show_coverage(found: VerbObjects, by: str) -> None:
    """How much of the samples the chart below is about; `by` is what found the verbs, in Markdown."""
    rows, total = found.top(), found.variety()
    covered, verbs = sum(n for *_, n in rows), len({verb for verb, *_ in rows})
    st.caption(
        f"{total.with_verb:.1%} of {total.samples:,} instructions have a recognised verb, {total.with_object:.1%} a "
        f"verb with an object: {total.pairs:,} different pairs, found by {by}. The {verbs} most frequent verbs with "
        f"their {OBJECTS} most frequent objects cover {covered / max(1, total.samples):.1%}."
    )


def show_tree(found: VerbObjects, facets: Facets, draw: Draw) -> None:
    """The commonest verbs with their commonest objects."""
    rows = found.top()
    if not rows:
        st.info(NO_PAIR)
        return
    figure, wedges = draw(rows)

    def click(at: int) -> None:
        verb, noun = wedges[at]
        choose(with_labels(facets, [("verb", verb), ("object", noun)] if noun else [("verb", verb)]))

    named = ", ".join(f"{verb} {noun} ({n:,})" for verb, noun, n in rows[:NAMED])
    words = Words(TREE, f"Verbs and objects; most frequent: {named}")
    clickable(figure, f"diversity.{draw.__name__}", facets, click, words)


def show_pairs(found: VerbObjects, facets: Facets) -> None:
    """The commonest pairs of verb and object as a table; a row that is chosen narrows everything down to it."""
    rows = [row for row in found.counts if row[0] and row[1]][:MOST_PAIRS]
    if not rows:
        st.info(NO_PAIR)
        return
    samples = found.variety().samples
    lines = [{"verb": verb, "object": noun, "samples": n, "share": f"{n / samples:.2%}"} for verb, noun, n in rows]
    picked = st.dataframe(
        visible_rows(lines), key=f"diversity.pairs.{stamp(facets)}", hide_index=True, width="stretch", height=620,
        on_select="rerun", selection_mode="single-row",
    )["selection"]["rows"]  # fmt: skip
    if picked:
        verb, noun, _ = rows[picked[0]]
        choose(with_labels(facets, [("verb", verb), ("object", noun)]))
        st.rerun()


def show_verbs(found: VerbObjects, facets: Facets) -> None:
    """The commonest verbs, with or without an object."""
    _labels("verb", found.verbs(), facets, Words("Most frequent verbs", "verb"))


def show_labels(signal: str, counts: Sequence[tuple[str, int]], facets: Facets, title: str) -> None:
    """Bars of one label signal."""
    _labels(signal, counts, facets, Words(title, signal.replace("_", " ")))


def show_origins(counts: Sequence[tuple[str, int]], facets: Facets) -> None:
    """Bars of where samples come from; a sample with two origins counts in both."""
    _bars("origins", counts, facets, Words("Origins", "origin"), lambda name: facets.toggled("origins", name))


def show_lengths(workspace: Workspace, signal: str, numbers: NDArray[np.int32], facets: Facets, text: str) -> None:
    """A histogram of a signal that counts the words of a text."""
    title, axis = f"Length of {text}s", f"words in the {text}"
    found = histogram(workspace, signal, numbers)
    if not found:
        st.markdown(f"#### {title}")
        st.caption("Not measured yet.")
        return

    def click(at: int) -> None:
        choose(with_range(facets, (signal, found[at].least, found[at].most)))

    largest = max(found, key=lambda each: each.samples)
    alt = f"Histogram of {axis}; the most frequent length is {bin_name(largest)} ({largest.samples:,} samples)"
    named = [(bin_name(each), each.samples) for each in found]
    clickable(lengths(named, axis), f"diversity.{signal}", facets, click, Words(title, alt))


def _labels(signal: str, counts: Sequence[tuple[str, int]], facets: Facets, words: Words) -> None:
    _bars(signal, counts, facets, words, lambda name: with_labels(facets, [(signal, name)]))


def _bars(
    key: str, counts: Sequence[tuple[str, int]], facets: Facets, words: Words, chosen: Callable[[str], Facets]
) -> None:
    if not counts:
        st.markdown(f"#### {words.title}")
        st.caption("Nothing to show: not measured, or found in none of these samples.")
        return
    named = ", ".join(f"{name} ({n:,})" for name, n in counts[:NAMED])
    said = words._replace(alt=f"{words.alt}: {named}")
    clickable(bars(counts, words.alt), f"diversity.{key}", facets, lambda at: choose(chosen(counts[at][0])), said)
