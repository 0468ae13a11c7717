"""What the reader has narrowed the samples down to: shown in the sidebar, kept across pages and in the address."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from curation.errors import BadInput, CurationError
from curation.facets import Facets
from curation.stages.finding import searched
from curation.stages.gate import MARK
from curation.store import Workspace
from curation.store.facet_counts import FacetCounts, count_facets, without
from pages._parts.facet_search import search_box
from pages._parts.plain import plain, visible
from pages._parts.titles import count_of, run_title, title_of

STATE = "facets"
QUERY = "f"
LABELS = {
    "task_type": "Task type",
    "category": "Category",
    "verb": "Verb",
    "object": "Object",
    "cluster": "Cluster",
    "language": "Language",
    "topic": "Topic",
    "flag": "Flag",
    "rating": "Rating",
    "judge: pairwise verdict": "Verdict on the pair",
    MARK: "Check before export",
}
MOST = 200
"""Values offered per facet; the most frequent ones."""


def chosen() -> Facets:
    """What is chosen now, from this tab or, after a reload, from the address."""
    query = st.session_state.setdefault(STATE, st.query_params.get(QUERY, ""))
    try:
        return Facets.from_query(query)
    except BadInput as error:
        st.session_state[STATE] = ""
        st.warning(str(error))
        return Facets()


def choose(facets: Facets) -> None:
    """Narrow everything down to this from now on."""
    st.session_state[STATE] = facets.to_query()


def facet_bar(workspace: Workspace) -> Facets:
    """Draw the facets in the sidebar and give what is chosen."""
    facets = chosen()
    _into_address(facets)
    ready = _ready(workspace, facets)
    counts = _counts(workspace, ready, workspace.changes)
    with st.sidebar:
        st.caption(f"{count_of(counts.total, 'sample', 'samples')} shown")
        if facets:
            st.button("Show all", key="facets.clear", on_click=choose, args=(Facets(),), width="stretch")
        search_box(facets, choose)
        _values("states", "State", facets, list(counts.states.items()))
        for facet, title in (("origins", "Origin"), ("methods", "Method"), ("tags", "Tag")):
            _values(facet, title, facets, counts.values[facet])
        for signal, title in LABELS.items():
            _labels(signal, title, facets, counts.labels[signal])
        _ranges(facets)
        _runs(facets)
    return ready


# A page is drawn again with every click, and most clicks write nothing.
@lru_cache(maxsize=4)
def _counts(workspace: Workspace, facets: Facets, _changes: int) -> FacetCounts:
    return count_facets(workspace, facets, list(LABELS), MOST)


def _ready(workspace: Workspace, facets: Facets) -> Facets:
    """The facets as queries take them. Where a search cannot be carried out nothing matches, so nothing is acted on."""
    try:
        return searched(workspace, facets)
    except CurationError as error:
        st.warning(plain(str(error)), icon=":material/search_off:")
        return replace(facets, pattern="", meaning="", meant=())


def _into_address(facets: Facets) -> None:
    query = facets.to_query()
    if query and st.query_params.get(QUERY) != query:
        st.query_params[QUERY] = query
    elif not query and QUERY in st.query_params:
        del st.query_params[QUERY]


def _values(facet: str, title: str, facets: Facets, counts: Sequence[tuple[str, int]]) -> None:
    picked: tuple[str, ...] = getattr(facets, facet)

    def change(values: tuple[str, ...]) -> None:
        choose(replace(chosen(), **{facet: values}))  # type: ignore[arg-type]

    _multiselect(f"facets.{facet}", title, picked, counts, change)


def _labels(signal: str, title: str, facets: Facets, counts: Sequence[tuple[str, int]]) -> None:
    picked = tuple(label for name, label in facets.labels if name == signal)

    def change(values: tuple[str, ...]) -> None:
        rest = without(chosen(), signal)
        choose(replace(rest, labels=(*rest.labels, *((signal, value) for value in values))))

    _multiselect(f"facets.label.{signal}", title, picked, counts, change)


def _multiselect(key, title, picked, counts, change) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    numbers = dict(counts)
    options = list(numbers) + [value for value in picked if value not in numbers]
    if not options:
        return
    st.session_state[key] = list(picked)
    st.multiselect(
        title,
        options,
        key=key,
        format_func=lambda value: f"{visible(value)} ({numbers.get(value, 0):,})",
        on_change=lambda: change(tuple(st.session_state[key])),
        placeholder="any",
    )


def _ranges(facets: Facets) -> None:
    for name, low, high in facets.ranges:
        ends = " to ".join("any" if end is None else f"{end:g}" for end in (low, high))
        st.button(
            f"✕ {plain(title_of(name))}: {ends}",
            key=f"facets.range.{name}",
            on_click=choose,
            args=(replace(facets, ranges=tuple(each for each in facets.ranges if each[0] != name)),),
        )


def _runs(facets: Facets) -> None:
    """Runs are chosen where they are listed; here they can be taken away again."""
    for run in facets.runs:
        st.button(
            f"✕ {plain(run_title(run.partition('-')[0]))}: {plain(run.partition('-')[2])}",
            key=f"facets.run.{run}",
            on_click=choose,
            args=(replace(facets, runs=tuple(each for each in facets.runs if each != run)),),
        )
