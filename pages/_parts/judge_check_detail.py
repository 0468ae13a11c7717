"""One criterion of a judge against people: precision and recall by bound, who says what, and known weaknesses."""

from math import inf, nextafter

import plotly.graph_objects as go
import streamlit as st

from curation.facets import Facets
from curation.reviewing.judge_agreement import Bound
from curation.stages.drafting import with_bounds
from curation.stages.judge_check import Checked
from curation.store import Workspace
from pages._parts.bounds import KEPT, OUT
from pages._parts.chart_saving import saving
from pages._parts.charts import framed
from pages._parts.facet_bar import choose
from pages._parts.filters_draft import change, draft
from pages._parts.judge_check_words import number
from pages._parts.plain import plain
from pages._parts.titles import count_of, title_of

AT = "judge_check.bound"
TITLE = "Precision and recall by bound"
MEANING = "The diamond is the bound that is chosen beside it; a click on a point chooses another."


def show_detail(workspace: Workspace, one: Checked) -> None:
    """The curve beside the four counts, then what is known of its weaknesses."""
    left, right = st.columns(2, gap="large")
    with right:
        at = _choose_bound(one)
        _four(one, at)
        _put(workspace, one, at)
    with left:
        _curve(one, at)
    _length(one)
    for line in _weaknesses(one):
        st.caption(line)


def _choose_bound(one: Checked) -> Bound:
    by_bound = {each.bound: each for each in one.bounds}
    key = f"{AT}.{one.signal}"
    if st.session_state.get(key) not in by_bound:
        st.session_state[key] = (one.proposed or one.bounds[0]).bound
    if len(by_bound) > 1:
        st.select_slider(
            "The judge says yes from this score on", list(by_bound), key=key, format_func=lambda at: f"{at:.3g}"
        )
    if one.proposed:
        st.caption(f"{one.proposed.bound:.3g} agrees best with people (the highest κ on these decisions).")
    else:
        st.caption("People only accepted, or only rejected, so no bound can be proposed.")
    return by_bound[st.session_state[key]]


def _four(one: Checked, at: Bound) -> None:
    """The confusion matrix; each count opens its samples."""
    cells = at.cells
    rows = (
        (("Both yes", cells.both, True, "accepted"), ("People alone", cells.people_alone, False, "accepted")),
        (("Judge alone", cells.judge_alone, True, "rejected"), ("Both no", cells.neither, False, "rejected")),
    )
    for row in rows:
        for place, (title, count, above, said) in zip(st.columns(2), row, strict=True):
            place.button(
                f"{title}: {count:,}", key=f"judge_check.cell.{said}.{'yes' if above else 'no'}", width="stretch",
                icon=":material/check:" if title.startswith("Both") else ":material/close:", disabled=not count,
                on_click=_narrow, args=(one.signal, at.bound, above, said),
                help=f"The judge says {'yes' if above else 'no'}, people {said} them. Narrow everything down to these",
            )  # fmt: skip
    words = [f"Both say the same of {cells.exact:.0%}."]
    if cells.precision == cells.precision:
        words.append(f"Of those with a yes people accepted {cells.precision:.0%} (precision);")
    if cells.recall == cells.recall:
        words.append(f"of the accepted {cells.recall:.0%} have a yes (recall).")
    st.caption(" ".join(words))


def _narrow(signal: str, bound: float, above: bool, said: str) -> None:
    ends = (bound, None) if above else (None, nextafter(bound, -inf))
    choose(Facets(states=(said,), ranges=((signal, *ends),)))


def _put(workspace: Workspace, one: Checked, at: Bound) -> None:
    put, go_there = st.columns(2, vertical_alignment="center")
    if put.button(
        f"Put ≥ {at.bound:.3g} into the draft", key="judge_check.put", icon=":material/tune:", width="stretch",
        help="Nothing is removed before the draft is applied on Filters",
    ):  # fmt: skip
        draft(workspace)
        change(lambda old: with_bounds(old, one.signal, at.bound, None))
        st.toast(plain(f"{title_of(one.signal)} of at least {at.bound:.3g} is in the draft on Filters."))
    go_there.page_link("pages/filters.py", label="Filters", icon=":material/tune:")


def _curve(one: Checked, at: Bound) -> None:
    points = [each for each in one.bounds if each.cells.precision == each.cells.precision]
    hover = [f"from {each.bound:.3g} on: {each.cells.both + each.cells.judge_alone:,} samples" for each in points]
    figure = go.Figure(
        go.Scatter(
            x=[each.cells.recall for each in points], y=[each.cells.precision for each in points], mode="lines+markers",
            line={"color": KEPT}, hovertext=hover, hoverinfo="text+x+y", name="bounds",
        )
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=[at.cells.recall], y=[at.cells.precision], mode="markers", hoverinfo="skip", name="chosen",
            marker={"size": 14, "symbol": "diamond-open", "color": OUT, "line": {"width": 3}},
        )
    )  # fmt: skip
    framed(figure, 300, "recall: share of the accepted with a yes", "precision: accepted among the yes")
    figure.update_layout(showlegend=False)
    figure.update_xaxes(range=[-0.03, 1.05], tickformat=".0%")
    figure.update_yaxes(range=[-0.03, 1.05], tickformat=".0%")
    key = f"judge_check.curve.{one.signal}"

    def click() -> None:
        picked = [p for p in st.session_state[key]["selection"]["points"] if p["curve_number"] == 0]
        if picked:
            st.session_state[f"{AT}.{one.signal}"] = points[picked[0]["point_index"]].bound

    config = saving(figure, "judge_check.curve", TITLE, MEANING)
    st.plotly_chart(
        figure, key=key, on_select=click, selection_mode="points", config=config,
        width="stretch", alt="Precision against recall of the judge's yes, by bound",
    )  # fmt: skip


def _weaknesses(one: Checked) -> list[str]:
    lines = []
    for each in one.swaps:
        flipped = each.flipped / each.pairs
        lines.append(
            plain(
                f"{each.model} changed its mind on {each.flipped:,} of {each.pairs:,} pairs ({flipped:.0%}) when their "
            )
            + f"order was swapped: {each.to_first:,} times for what was shown first, {each.to_second:,} for the second."
        )
    if one.retest:
        lines.append(
            f"Asked twice {count_of(one.retest.times, 'time', 'times')}, it said the same in "
            f"{one.retest.same.value:.0%}. That it repeats itself does not mean that it is right."
        )
    if one.rated:
        lines.append(f"{count_of(one.rated, 'of these samples has', 'of these samples have')} a rating by people.")
    return lines


def _length(one: Checked) -> None:
    found = one.length
    if not found.partial.is_known:
        st.caption("Too few samples, or no differences, to tell what length does to this score.")
        return
    words = f"With accept and reject held fixed, score and length correlate by {number(found.partial)}"
    if found.latent.is_known:
        words += f"; with how good people found it held fixed, by {number(found.latent)}"
    if not found.is_biased:
        st.caption(f"{words}: whether this judge likes length more than people do cannot be told from that.")
        return
    more = "more" if found.partial.value > 0 else "less"
    st.warning(
        f"This judge likes length {more} than people do. {words}. Where people said the same, twice the length goes "
        f"with {found.per_doubling:+.2f} points.",
        icon=":material/straighten:",
    )
