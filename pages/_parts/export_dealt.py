"""What comes out of dealing: how large each split is and why, and whether what belongs together is in one."""

import plotly.graph_objects as go
import streamlit as st

from curation.recipe.splits import USUAL
from curation.stages.planning import Plan
from pages._parts.charts import CONFIG, framed
from pages._parts.plain import plain

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8A8A8A")
"""Okabe and Ito's, which most people can tell apart: the usual splits have the first three, others go round."""
IN_A_ROW = 4


def show_sizes(chosen: Plan) -> list[str]:
    """Draw the size of each split that has samples, with the reason where it is not as asked, and give their names."""
    sizes = chosen.sizes()
    names = [name for name in chosen.splits if name in sizes]
    for start in range(0, len(names), IN_A_ROW):
        for column, name in zip(st.columns(min(IN_A_ROW, len(names))), names[start : start + IN_A_ROW], strict=False):
            asked, got, _ = chosen.splits[name]
            more = f"{sizes[name] - got:,} of them repeats. " if sizes[name] > got else ""
            column.metric(plain(name), f"{sizes[name]:,}", border=True, help=f"{more}{asked:,} were asked for.")
    if len(names) > 1:
        _bar(names, sizes)
    _explain(chosen)
    return names


def _explain(chosen: Plan) -> None:
    """Each reason once, with the splits that are not as asked for it."""
    for reason in dict.fromkeys(size.reason for size in chosen.splits.values() if size.reason):
        off = [
            f"{name} {size.got:,} for {size.asked:,}" for name, size in chosen.splits.items() if size.reason == reason
        ]
        st.warning(plain(f"Not as asked: {', '.join(off)}. {reason}"), icon=":material/balance:")


def _bar(names: list[str], sizes: dict[str, int]) -> None:
    others = [name for name in names if name not in USUAL]
    places = {**{name: place for place, name in enumerate(USUAL)}, **{name: 3 + at for at, name in enumerate(others)}}
    figure = go.Figure(
        [
            go.Bar(
                x=[sizes[name]], y=[""], name=name, orientation="h", hoverinfo="name+x",
                marker={"color": COLOURS[places[name] % len(COLOURS)]},
            )
            for name in names
        ]
    )  # fmt: skip
    legend = {"orientation": "h", "traceorder": "normal", "y": 1.1, "yanchor": "bottom"}
    figure.update_layout(barmode="stack", legend=legend)
    said = ", ".join(f"{name} {sizes[name]:,}" for name in names)
    st.plotly_chart(
        framed(figure, 150, "samples", ""),
        key="export.sizes",
        width="stretch",
        alt=f"Samples of each split: {said}",
        config=CONFIG,
    )


def show_ties(chosen: Plan) -> None:
    """Say what was kept together, and what of it lies in two splits, which is nothing."""
    if chosen.threshold is None:
        st.warning(
            "Near-duplicates have not been looked for, so only equal prompts and relatives are kept in one split. "
            "Embed the samples on the Map page first.",
            icon=":material/call_split:",
        )
        return
    (_, near), *others = chosen.ties.items()
    show, icon = (st.error, ":material/error:") if near.across else (st.success, ":material/check:")
    more = [f"{tally.across:,} of {tally.compared:,} {kind}" for kind, tally in others if tally.compared]
    besides = f" Of other ties: {' and '.join(more)}." if more else ""
    show(
        f"{near.across:,} of {near.compared:,} near-duplicate pairs (similarity ≥ {chosen.threshold:.2f}) lie in two "
        f"splits.{besides} The written files are read back to prove it.",
        icon=icon,
    )
