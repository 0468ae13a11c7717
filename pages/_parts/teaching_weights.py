"""What foretells decisions, in words: one line for each value, the heaviest first."""

import plotly.graph_objects as go
import streamlit as st
from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

from curation.reviewing.teaching import Weight
from curation.stages.teaching import Lesson
from curation.store.labelled import METHOD, ORIGIN
from pages._parts.bounds import KEPT, LOOK, OUT
from pages._parts.chart_saving import saving
from pages._parts.charts import framed, short
from pages._parts.facet_bar import choose, chosen
from pages._parts.filters_draft import SIGNAL
from pages._parts.plain import plain
from pages._parts.titles import title_of

MOST = 10
"""Values that are drawn."""
IN_WORDS = 5
TITLE = "What goes along with accept"
MEANING = (
    "Change of the odds of being accepted (logarithm) per standard step of a value, the others held fixed, with its "
    "95 % interval: a logistic regression with L2 on ranks. What goes along with a decision need not be its reason."
)
FACETS = {ORIGIN: "origins", METHOD: "methods"}
"""Labels that have a facet of their own."""


def show_weights(lesson: Lesson) -> None:
    """Sentences for what is clear, then the weights with their intervals."""
    st.markdown("**You accept more often …**")
    clear = [one for one in lesson.learned.weights if one.is_clear] if lesson.learned.is_something else []
    for one in clear[:IN_WORDS]:
        st.markdown(f"- {_sentence(lesson, one)}")
    if not clear:
        st.caption("No single value stands out.")
    _chart(lesson)


def name_of(lesson: Lesson, name: str) -> str:
    """The words for a value: a signal, or one label of it."""
    signal, label = lesson.labelled.get(name, (name, ""))
    return f"{title_of(signal)} is {label}" if label else title_of(signal)


def _sentence(lesson: Lesson, one: Weight) -> str:
    name = plain(name_of(lesson, one.name))
    if one.name in lesson.labelled:
        how = f"when {name}" if one.weight > 0 else f"unless {name}"
        return f"{how}: {one.high_rate:.0%} accepted there, {one.low_rate:.0%} elsewhere"
    how = "higher" if one.weight > 0 else "lower"
    more = lesson.prepared.stands_for.get(one.name, ())
    same = f" (nearly the same: {plain(', '.join(name_of(lesson, each) for each in more))})" if more else ""
    rates = f"{one.high_rate:.0%} accepted in the highest third, {one.low_rate:.0%} in the lowest"
    return f"when {name} is {how}{same}: {rates}"


def _chart(lesson: Lesson) -> None:
    drawn = lesson.learned.weights[:MOST]
    if not drawn:
        return
    places = list(range(len(drawn)))
    names = [name_of(lesson, one.name) for one in drawn]
    figure = go.Figure(
        go.Bar(
            x=[one.weight for one in drawn], y=places, orientation="h",
            marker={"color": [KEPT if one.weight > 0 else OUT for one in drawn]},
            error_x={"array": [1.96 * one.error for one in drawn], "thickness": 1, "color": GRAY_90},
            hovertext=[f"{short(name, 200)}: {one.weight:+.2f} ± {1.96 * one.error:.2f}"
                       for name, one in zip(names, drawn, strict=True)],
            hoverinfo="text",
        )
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", tickvals=places, ticktext=[short(name) for name in names])
    framed(figure, 80 + 26 * len(drawn), "log odds, per standard step", "")
    key = "teaching.weights"

    def click() -> None:
        picked = st.session_state[key]["selection"]["point_indices"]
        if picked:
            _open(lesson, drawn[picked[0]].name)

    config = saving(figure, key, TITLE, MEANING)
    st.plotly_chart(
        figure, key=key, on_select=click, selection_mode="points", config=config, width="stretch",
        alt="Weights of what foretells decisions, with intervals",
    )  # fmt: skip


def _open(lesson: Lesson, name: str) -> None:
    """Show the signal with its bounds above, or the samples with the label below."""
    if name not in lesson.labelled:
        st.session_state[SIGNAL] = name
        return
    signal, label = lesson.labelled[name]
    facet = FACETS.get(signal)
    choose(chosen().toggled(facet, label) if facet else chosen().toggled("labels", (signal, label)))
    st.session_state[LOOK] = True
