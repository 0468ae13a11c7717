"""Labelling pairs with D and N, what the labels say by similarity, and the threshold that they propose."""

import secrets

import plotly.graph_objects as go
import streamlit as st

from curation.duplicates import LABELS, NAMES, Pair
from curation.errors import CurationError
from curation.stages.calibrating import Calibration, calibration, next_pair
from curation.stages.comparing import Comparison
from curation.store import Workspace
from curation.store.pair_labels import Label, Said, add_pair_label, undo_pair_label
from curation.store.samples import read_samples
from pages._parts.cells import visible_rows
from pages._parts.charts import CONFIG, framed
from pages._parts.duplicate_pairs import show_pair
from pages._parts.duplicate_threshold import THRESHOLD
from pages._parts.plain import plain
from pages._parts.workspace import reviewer

EVENT = "duplicates.event"
NEAR, SPREAD = "near the threshold", "over all similarities"


def show_labels(workspace: Workspace, found: Comparison, threshold: float) -> None:
    """The pair in hand with its keys, and below it what all labels say together."""
    said = calibration(workspace, found)
    which = st.segmented_control(
        "Pairs to label", [NEAR, SPREAD], default=NEAR, required=True, key="duplicates.which", persist_state="session",
        help="Near the threshold: does it cut in the right place? Over all similarities: what would any threshold "
        f"cost? After {LABELS} labels of both kinds one is proposed.",
    )  # fmt: skip
    pair = next_pair(found, said.labels, threshold if which == NEAR else None)
    _keys(workspace, pair)
    if pair is None:
        st.success("Every pair is labelled.", icon=":material/check:")
    else:
        first, second = read_samples(workspace, [pair.a, pair.b])
        show_pair(found, said, pair, (first, second))
    _told(found, said, threshold)


def _keys(workspace: Workspace, pair: Pair | None) -> None:
    # The keys of the widgets name the press, so that a late one cannot land on the next pair (I2).
    event = st.session_state.setdefault(EVENT, secrets.token_hex(8))
    acts: tuple[tuple[Label, str, str, str], ...] = (
        ("duplicate", "Duplicates", "D", ":material/content_copy:"),
        ("distinct", "Not duplicates", "N", ":material/call_split:"),
    )
    with st.container(horizontal=True, gap="small"):
        for label, title, key, icon in acts:
            st.button(
                title, key=f"duplicates.{label}.{event}", shortcut=key, icon=icon, disabled=pair is None,
                on_click=_say, args=(workspace, event, pair, label),
                help="Never removed one for the other from now on." if label == "distinct" else None,
            )  # fmt: skip
        st.button(
            "Undo", key=f"duplicates.undo.{event}", shortcut="U", icon=":material/undo:", on_click=_undo,
            args=(workspace, event),
        )  # fmt: skip


def _say(workspace: Workspace, event: str, pair: Pair, label: Label) -> None:
    if st.session_state.get(EVENT) != event:
        return
    add_pair_label(workspace, Said(pair.a, pair.b, label, reviewer(workspace), event))
    st.session_state[EVENT] = secrets.token_hex(8)


def _undo(workspace: Workspace, event: str) -> None:
    if st.session_state.get(EVENT) != event:
        return
    st.session_state[EVENT] = secrets.token_hex(8)
    try:
        a, b = undo_pair_label(workspace, reviewer(workspace))
    except CurationError as error:
        st.toast(plain(str(error)))
        return
    st.toast(f"Undone for samples {a} and {b}.")


def _told(found: Comparison, said: Calibration, threshold: float) -> None:
    labels = len(said.similarity)
    if not labels:
        st.caption("No pair is labelled yet.")
        return
    st.caption(f"{labels:,} labelled: {int(said.duplicate.sum()):,} duplicates, {int((~said.duplicate).sum()):,} not.")
    left, right = st.columns([3, 2], gap="large")
    with left:
        _draw_bands(said)
    with right:
        _propose(found, said, threshold)


def _draw_bands(said: Calibration) -> None:
    known = [band for band in said.bands if band.labels]
    share = [band.duplicates / band.labels for band in known]
    above = [band.most - each for band, each in zip(known, share, strict=True)]
    below = [each - band.least for band, each in zip(known, share, strict=True)]
    figure = go.Figure(
        go.Scatter(
            x=[f"{band.low:.2f}–{band.high:.2f}" for band in known], y=share, mode="markers", marker={"size": 9},
            error_y={"type": "data", "symmetric": False, "array": above, "arrayminus": below},
            text=[f"{band.duplicates} of {band.labels}, {band.least:.0%} to {band.most:.0%}" for band in known],
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
    )  # fmt: skip
    figure.update_layout(yaxis={"tickformat": ".0%", "range": [-0.03, 1.03]}, xaxis={"type": "category"})
    framed(figure, 240, "similarity (cosine)", "duplicates, 95 % interval")
    st.plotly_chart(
        figure, key="duplicates.bands", config=dict(CONFIG), width="stretch", alt="Share of duplicates by similarity"
    )


def _propose(found: Comparison, said: Calibration, threshold: float) -> None:
    proposal = said.proposal
    if proposal is None:
        wanted = f"{said.missing} more labels" if said.missing else "labels of both kinds"
        st.info(f"What a threshold costs can be told after {wanted}.")
        return
    best = min(max(round(proposal.best.threshold, 3), float(found.thresholds[0])), 1.0)
    rows = []
    for name, at in (("proposed", best), ("chosen now", threshold)):
        cost = said.at(at)
        if cost:
            rows.append({"": name, "threshold": f"{at:.3f}", "precision": f"{cost.precision:.0%}",
                         "recall": f"{cost.recall:.0%}", "kept": f"{found.kept_share(at):.1%}"})  # fmt: skip
    st.dataframe(visible_rows(rows), hide_index=True, width="stretch", key="duplicates.costs")
    st.caption(
        f"Best F1 by the labels, {proposal.best.f1:.2f}; labels drawn again put it between {proposal.low:.3f} and "
        f"{proposal.high:.3f}. By similarity alone, whatever else keeps pairs apart; recall is among pairs from "
        f"{found.space.floor:.2f} upwards."
    )
    st.button(f"Use {best:.3f}", key="duplicates.use", on_click=_use, args=(best,), icon=":material/check:")
    with st.expander("What the score is made of"):
        made = zip(NAMES, said.scorer.coefficients, strict=True)
        st.dataframe(
            visible_rows([{"what": name, "log odds per standard deviation": round(each, 2)} for name, each in made]),
            hide_index=True, width="stretch", key="duplicates.score",
        )  # fmt: skip


def _use(threshold: float) -> None:
    st.session_state[THRESHOLD] = threshold
