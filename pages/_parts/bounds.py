"""One signal: how it is spread, and its bounds."""

from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from curation.recipe import Labels, Recipe, Rule
from curation.stages.borders import SHARES, Edge, Suggestion
from curation.stages.drafting import with_bounds, with_labels
from curation.stages.histogram import Spread
from curation.stages.tuning import Choice, Picture
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.chart_saving import saving
from pages._parts.charts import framed
from pages._parts.facet_bar import choose, chosen
from pages._parts.filters_draft import change
from pages._parts.filters_slider import show_slider
from pages._parts.held import hold
from pages._parts.plain import visible
from pages._parts.titles import count_of, title_of

KEPT, OUT = "#0072B2", "#D55E00"
LOOK = "filters.look"
FIGURE = "filters.figure"
MOST = 200
"""Labels listed, the most frequent ones."""
EDGES: dict[Edge, str] = {"least": "At least", "most": "At most"}
SIGNS: dict[Edge, str] = {"least": "≥", "most": "≤"}


def show_number(choice: Choice, found: Picture, recipe: Recipe) -> None:
    """Histogram, the two bounds, quantiles and a suggestion on demand."""
    rule = recipe.rule(choice.signal) or Rule(signal=choice.signal)
    drawn = found.spread
    if not drawn.bars:
        st.info("No sample has a value: the signal does not apply to any of them.")
        return
    _chart(choice, drawn, rule)
    show_slider(drawn, rule)
    keys = {edge: f"filters.{edge}.{choice.signal}" for edge in EDGES}

    def set_bounds() -> None:
        change(lambda old: with_bounds(old, choice.signal, *(st.session_state[key] for key in keys.values())))

    for place, (edge, title) in zip(st.columns(2), EDGES.items(), strict=True):
        hold(keys[edge], getattr(rule, edge), drawn.margin)
        place.number_input(
            title,
            step=1.0 if drawn.margin else 0.01,
            format="%g",
            key=keys[edge],
            on_change=set_bounds,
            placeholder="open",
            help="Empty: no bound.",
        )
    _suggestions(choice, found.suggestions, recipe)
    st.dataframe(
        visible_rows([{f"{share:.0%}": value for share, value in found.quantiles}]), hide_index=True, width="stretch"
    )
    st.caption("Quantiles: this share of the measured samples has at most that value.")


def show_labels(choice: Choice, labels: Labels, recipe: Recipe) -> None:
    """The labels to keep."""
    rule = recipe.rule(choice.signal)
    picked = list(rule.words) if rule else []
    counts = dict(labels.counts()[:MOST])
    key = f"filters.labels.{choice.signal}"
    hold(key, picked, *counts)
    st.multiselect(
        "Labels to keep",
        [*counts, *(word for word in picked if word not in counts)],
        key=key,
        format_func=lambda word: f"{visible(word)} ({counts[word]:,})" if word in counts else visible(word),
        on_change=lambda: change(lambda old: with_labels(old, choice.signal, st.session_state[key])),
        placeholder="any",
        help="Empty: every label is kept. Samples without a label are always kept.",
    )
    rows = [{"label": label, "samples": number} for label, number in counts.items()]
    st.dataframe(visible_rows(rows), hide_index=True, width="stretch", height=260, column_config={"samples": WHOLE})


def _chart(choice: Choice, drawn: Spread, rule: Rule) -> None:
    bars = drawn.bars
    label = title_of(choice.signal)
    figure = _figure(choice, drawn, label)
    out = [_is_out(rule, bar.low, bar.high) for bar in bars]
    figure.data[0].marker.color = [OUT if gone else KEPT for gone in out]
    figure.data[0].marker.pattern.shape = ["/" if gone else "" for gone in out]
    places = [
        min(max(bound + margin, bars[0].left), bars[-1].right)
        for bound, margin in ((rule.least, -drawn.margin), (rule.most, drawn.margin))
        if bound is not None
    ]
    line = {"type": "line", "yref": "y domain", "y0": 0, "y1": 1, "line": {"color": OUT, "width": 2, "dash": "dash"}}
    figure.layout.shapes = [{**line, "x0": place, "x1": place} for place in places]
    key = f"filters.chart.{choice.signal}"

    def look() -> None:
        picked = st.session_state[key]["selection"]["point_indices"]
        if picked and picked[0] < len(bars):
            bar = bars[picked[0]]
            _narrow(choice.signal, bar.low, bar.high)

    st.plotly_chart(
        figure,
        key=key,
        on_select=look,
        selection_mode="points",
        config=saving(figure, "filters.chart", label),
        width="stretch",
        alt=f"Histogram of {label}; bars that the rule removes are hatched",
    )
    st.caption(
        f"Hatched bars are removed whole. The outer bars hold everything down to {bars[0].low:g} and up to "
        f"{bars[-1].high:g}. Click a bar to list its samples below."
    )


def _figure(choice: Choice, drawn: Spread, label: str) -> go.Figure:
    """The bars without a rule. It is kept in the tab and changed: made anew it would take twenty times as long."""
    kept = st.session_state.get(FIGURE)
    if kept is None or kept[0] != (choice.signal, drawn):
        bars = drawn.bars
        texts = [f"{bar.low:g} to {bar.high:g}: {count_of(bar.samples, 'sample', 'samples')}" for bar in bars]
        figure = go.Figure(
            go.Bar(
                x=[(bar.left + bar.right) / 2 for bar in bars],
                width=[bar.right - bar.left for bar in bars],
                y=[bar.samples for bar in bars],
                hovertext=texts,
                hoverinfo="text",
            )
        )
        figure.update_layout(bargap=0.05)
        framed(figure, 280, label if choice.unit in label.lower() else f"{label} ({choice.unit})", "samples")
        kept = st.session_state[FIGURE] = ((choice.signal, drawn), figure)
    found: go.Figure = kept[1]
    return found


def _narrow(signal: str, low: float, high: float) -> None:
    facets = chosen()
    rest = tuple(each for each in facets.ranges if each[0] != signal)
    choose(replace(facets, ranges=(*rest, (signal, low, high))))
    st.session_state[LOOK] = True


def _is_out(rule: Rule, low: float, high: float) -> bool:
    below = rule.least is not None and high < rule.least
    return below or (rule.most is not None and low > rule.most)


def _suggestions(choice: Choice, found: Sequence[Suggestion], recipe: Recipe) -> None:
    if not found:
        return
    # What is folded away is not drawn, and a slider is to be followed by what is.
    with st.popover("Bounds to choose by what they remove", icon=":material/percent:", width="stretch"):
        st.caption("Each removes at most this share of the measured samples:")
        for edge in EDGES:
            for place, share in zip(st.columns(len(SHARES)), SHARES, strict=True):
                one = next((each for each in found if each.edge == edge and each.share == share), None)
                if one:
                    _suggestion(place, choice, one, recipe)


def _suggestion(place: DeltaGenerator, choice: Choice, one: Suggestion, recipe: Recipe) -> None:
    rule = recipe.rule(choice.signal) or Rule(signal=choice.signal)
    ends = {"least": rule.least, "most": rule.most} | {one.edge: one.bound}
    place.button(
        f"{one.share:.0%}: {SIGNS[one.edge]} {one.bound:.12g}",
        key=f"filters.suggest.{one.edge}.{one.share:.0%}",
        on_click=change,
        args=(lambda old: with_bounds(old, choice.signal, ends["least"], ends["most"]),),
        width="stretch",
        help=f"Removes {count_of(one.removed, 'sample', 'samples')}",
    )
