"""What a judge said: spread per criterion, score against length, who judged whom, where judges disagree."""

import plotly.graph_objects as go
import streamlit as st

from curation.errors import NotReady
from curation.facets import Facets
from curation.judges.scoring import INJECTION
from curation.stages.judged import Judged, look_at_judge
from curation.stages.verdicts import signal_name
from curation.store import Workspace
from curation.store.browse import count_labels
from curation.store.topics import TOPIC
from pages._parts.cells import visible_rows
from pages._parts.chart_saving import saving
from pages._parts.charts import Words, bars, clickable, framed, with_range
from pages._parts.facet_bar import choose
from pages._parts.plain import visible
from pages._parts.titles import count_of, title_of

ACROSS = 3
"""Histograms side by side."""
MOST_POINTS = 4000
MOST_TOPICS = 20
PEOPLE = "people or unknown"


def show_results(workspace: Workspace, judge: str, facets: Facets) -> None:
    """Everything about one judge, in the version that counts now, for the samples that are shown."""
    st.subheader("What this judge said")
    try:
        found = look_at_judge(workspace, judge, facets)
    except NotReady as error:
        st.caption(str(error))
        return
    _standing(found)
    if not found.samples:
        return
    _spreads(found, facets)
    if found.judge == "tags":
        _topics(workspace, facets)
        return
    left, right = st.columns(2, gap="large")
    with left:
        _length(found, facets)
    with right:
        _authors(found)
    _apart(found)


def _standing(found: Judged) -> None:
    st.caption(
        f"{count_of(found.samples, 'sample', 'samples')} of those shown. A judge sorts and filters; it accepts "
        "nothing. Its scores are signals: use them on Filters, as colour on the map, or click a bar below."
    )
    for problem, number in found.problems.items():
        st.caption(visible(f"{count_of(number, 'sample', 'samples')} without a verdict ({problem})."))
    if found.stale:
        kept = ", ".join(f"{version} ({number:,})" for version, number in found.stale)
        st.caption(f"Stale, but kept: scores of other versions, {kept}.")


def _spreads(found: Judged, facets: Facets) -> None:
    flag = signal_name(found.judge, INJECTION)
    names = [name for name, one in found.spreads.items() if one.bars and (name != flag or one.bars[-1].high > 0)]
    if flag in found.spreads and flag not in names:
        st.caption("No text among them seems to instruct its judge.")
    for first in range(0, len(names), ACROSS):
        for column, name in zip(st.columns(ACROSS), names[first : first + ACROSS], strict=False):
            with column:
                _histogram(found, name, facets)


def _histogram(found: Judged, name: str, facets: Facets) -> None:
    places = found.spreads[name].bars
    figure = go.Figure(
        go.Bar(
            x=[(bar.left + bar.right) / 2 for bar in places],
            y=[bar.samples for bar in places],
            width=[0.9 * (bar.right - bar.left) for bar in places],
            hovertext=[f"{bar.low:.3g} to {bar.high:.3g}: {bar.samples:,} samples" for bar in places],
            hoverinfo="text",
        )
    )
    framed(figure, 210, _words(name), "samples")
    clickable(
        figure, f"generate.judge.bars.{name}", facets,
        lambda place: choose(with_range(facets, (name, places[place].low, places[place].high))),
        Words(_words(name), f"Samples by {_words(name)}"),
    )  # fmt: skip


def _topics(workspace: Workspace, facets: Facets) -> None:
    """The most frequent tags; a click narrows everything down to one."""
    counts = count_labels(workspace, TOPIC, facets, MOST_TOPICS)
    clickable(
        bars(counts, "tag"), "generate.judge.topics", facets,
        lambda place: choose(facets.toggled("labels", (TOPIC, counts[place][0]))),
        Words("What the instructions are about", "Samples by tag", "A sample has several tags."),
    )  # fmt: skip


def _words(signal: str) -> str:
    return title_of(signal).partition(": ")[2] or title_of(signal)


def _length(found: Judged, facets: Facets) -> None:
    rho, pairs = found.effect.rho, found.judge == "pairwise"
    if rho != rho:
        st.caption("Too few samples, or no differences, to tell how scores go with length.")
        return
    step = -(-len(found.lengths) // MOST_POINTS)
    figure = go.Figure(
        go.Scattergl(
            x=found.lengths[::step], y=found.whole.values[::step], mode="markers", marker={"size": 6, "opacity": 0.5},
            customdata=found.whole.numbers[::step], hovertemplate="no. %{customdata}: %{y:.3g}<extra></extra>",
        )
    )  # fmt: skip
    framed(figure, 300, "characters of chosen / of rejected" if pairs else "characters in the answer", "score")
    figure.update_xaxes(type="log", tickformat="~g")
    name = f"generate.judge.length.{found.judge}"
    figure.update_layout(dragmode="select")

    def narrow() -> None:
        scores = [point["y"] for point in st.session_state[name]["selection"]["points"]]
        if scores:
            choose(with_range(facets, (found.signal, min(scores), max(scores))))

    st.plotly_chart(
        figure, key=name, on_select=narrow, selection_mode=["points", "box"],
        config=saving(figure, "generate.judge.lengths", "Score against length"), width="stretch",
        alt="Score of each sample against the length of its answer",
    )  # fmt: skip
    words = f"Spearman's rank correlation is {rho:+.2f}; twice the length, {found.effect.per_doubling:+.2g} points."
    if found.effect.is_strong:
        st.warning(
            f"Scores follow length. {words} Use the length-controlled score, or look at both ends yourself.",
            icon=":material/straighten:",
        )
    else:
        st.caption(words)


def _authors(found: Judged) -> None:
    st.caption("Mean score: who wrote (rows) and who judged (columns)")
    rows: dict[str, dict[str, object]] = {}
    for cell in found.cells:
        author = cell.author or PEOPLE
        row = rows.setdefault(author, {"written by": author, "samples": 0})
        row["samples"] = max(int(str(row["samples"])), cell.samples)
        row[visible(cell.model)] = cell.mean
    judges = {visible(cell.model): st.column_config.NumberColumn(format="%.2f") for cell in found.cells}
    st.dataframe(
        visible_rows(list(rows.values())), hide_index=True, width="stretch", column_config=judges,
        key=f"generate.judge.authors.{found.judge}",
    )  # fmt: skip


def _apart(found: Judged) -> None:
    if not found.apart:
        return
    st.caption("Where judges, or the two orders of a pair, disagree most: these want a person")
    rows = [
        {"sample": one.number, "apart": one.spread, "on": one.criterion, "instruction": one.instruction}
        for one in found.apart
    ]
    st.dataframe(
        visible_rows(rows), hide_index=True, width="stretch", key=f"generate.judge.apart.{found.judge}", height=240
    )
    st.button(
        "Show them", key="generate.judge.apart.show", icon=":material/rate_review:",
        on_click=_people, args=(found.judge,),
    )  # fmt: skip


def _people(judge: str) -> None:
    """Narrow everything down to what judges disagree on."""
    if judge == "pairwise":
        choose(Facets(labels=(("judge: pairwise verdict", "ask people"),)))
    else:
        choose(Facets(ranges=((f"judge: {judge} spread", 1e-9, None),)))
