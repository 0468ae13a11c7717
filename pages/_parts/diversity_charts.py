"""The charts of the Diversity page. Each can be clicked to narrow everything down."""

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation.facets import Facets
from curation.stages.variety import VerbObjects
from curation.store import Workspace
from curation.store.charts import histogram
from pages._parts.charts import bars, bin_name, clickable, lengths, sunburst, with_labels, with_range
from pages._parts.facet_bar import choose

NAMED = 5


def show_sunburst(found: VerbObjects, facets: Facets) -> None:
    """The commonest verbs with their commonest objects, and how much of the samples they cover."""
    rows = found.top()
    if not rows:
        st.info("No instruction shown here has a verb with an object that could be recognised.")
        return
    figure, wedges = sunburst(rows)

    def click(at: int) -> None:
        verb, noun = wedges[at]
        choose(with_labels(facets, [("verb", verb), ("object", noun)] if noun else [("verb", verb)]))

    named = ", ".join(f"{verb} {noun} ({n:,})" for verb, noun, n in rows[:NAMED])
    clickable(figure, "diversity.sunburst", facets, click, f"Verbs and objects; most frequent: {named}")
    covered, total, verbs = sum(n for *_, n in rows), found.variety(), len({verb for verb, *_ in rows})
    st.caption(
        f"{total.with_verb:.1%} of {total.samples:,} instructions have a recognised verb, {total.with_object:.1%} a "
        f"verb with an object. The {verbs} verbs and their objects drawn here cover "
        f"{covered / max(1, total.samples):.1%}. Verbs are recognised by English rules."
    )


def show_verbs(found: VerbObjects, facets: Facets) -> None:
    """The commonest verbs, with or without an object."""
    _labels("verb", found.verbs(), facets, "verb")


def show_labels(signal: str, counts: Sequence[tuple[str, int]], facets: Facets, axis: str) -> None:
    """Bars of one label signal."""
    _labels(signal, counts, facets, axis)


def show_origins(counts: Sequence[tuple[str, int]], facets: Facets) -> None:
    """Bars of where samples come from; a sample with two origins counts in both."""
    _bars("origins", counts, facets, "origin", lambda name: facets.toggled("origins", name))


def show_lengths(workspace: Workspace, signal: str, numbers: NDArray[np.int32], facets: Facets, axis: str) -> None:
    """A histogram of a signal that counts words."""
    found = histogram(workspace, signal, numbers)
    if not found:
        st.caption("Not measured yet.")
        return

    def click(at: int) -> None:
        choose(with_range(facets, (signal, found[at].least, found[at].most)))

    largest = max(found, key=lambda each: each.samples)
    alt = f"Histogram of {axis}; the most frequent length is {bin_name(largest)} ({largest.samples:,} samples)"
    named = [(bin_name(each), each.samples) for each in found]
    clickable(lengths(named, axis), f"diversity.{signal}", facets, click, alt)


def _labels(signal: str, counts: Sequence[tuple[str, int]], facets: Facets, axis: str) -> None:
    _bars(signal, counts, facets, axis, lambda name: with_labels(facets, [(signal, name)]))


def _bars(
    key: str, counts: Sequence[tuple[str, int]], facets: Facets, axis: str, chosen: Callable[[str], Facets]
) -> None:
    if not counts:
        st.caption("Nothing to show: not measured, or found in none of these samples.")
        return
    named = ", ".join(f"{name} ({n:,})" for name, n in counts[:NAMED])
    clickable(
        bars(counts, axis), f"diversity.{key}", facets, lambda at: choose(chosen(counts[at][0])), f"{axis}: {named}"
    )
