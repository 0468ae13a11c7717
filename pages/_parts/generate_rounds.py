"""The rounds of a run: what was proposed and kept in each, and how the pool grew."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from curation.store.candidates import Round
from curation.store.runs import Run
from pages._parts.chart_saving import saving
from pages._parts.charts import framed

KEPT, DROPPED, GROWN = "#0072B2", "#D55E00", "#009E73"
CLICKED = "generate.round.clicked"


def picked_round(run: str) -> int:
    """The round whose bar was clicked, 0 for none."""
    return int(st.session_state.get(_key(run), 0))


def forget_round(run: str) -> None:
    """Show what every round dropped again."""
    st.session_state[_key(run)] = 0


def show_rounds(run: Run, rounds: Sequence[Round]) -> None:
    """A bar per round, and the growth of the pool above it as a line; a click lists what the round dropped."""
    if not rounds:
        st.caption("Rounds: none is finished yet.")
        return
    numbers = [one.number for one in rounds]
    dropped = [one.proposed - one.kept for one in rounds]
    figure = go.Figure(
        [
            go.Bar(x=numbers, y=[one.kept for one in rounds], name="kept", marker={"color": KEPT}),
            go.Bar(
                x=numbers, y=dropped, name="dropped", marker={"color": DROPPED, "pattern": {"shape": "/"}},
            ),
            go.Scatter(
                x=numbers, y=[one.grown for one in rounds], name="kept so far", mode="lines+markers",
                line={"color": GROWN, "dash": "dot"},
            ),
        ]
    )  # fmt: skip
    framed(figure, 260, "round", "candidates")
    figure.update_layout(barmode="stack", legend={"orientation": "h", "y": 1.15})
    figure.update_xaxes(dtick=max(1, len(rounds) // 12))
    # A new name after each click: on a new chart the same bar counts again.
    key = f"generate.rounds.{run.id}.{picked_round(run.id)}"

    def click() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points:
            number = int(points[0]["x"])
            st.session_state[_key(run.id)] = 0 if picked_round(run.id) == number else number
            st.session_state[CLICKED] = True

    st.plotly_chart(
        figure, key=key, on_select=click, selection_mode="points",
        config=saving(figure, "generate.rounds", "Rounds"), width="stretch",
        alt="Bars of what each round kept and dropped, with a line for what was kept so far",
    )  # fmt: skip
    st.caption("Click a round to list below what it dropped.")
    if st.session_state.pop(CLICKED, False):
        # The list stands outside of what is drawn every second.
        st.rerun()


def _key(run: str) -> str:
    return f"generate.round.{run}"
