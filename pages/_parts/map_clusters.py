"""The clusters of a map in words and as a table; a click on a row narrows everything down to it."""

from collections.abc import Sequence

import streamlit as st

from curation.facets import Facets
from curation.practice import PRACTICE_MODEL
from curation.stages.looking import Title
from curation.store.charts import Cluster
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.charts import stamp, with_labels
from pages._parts.facet_bar import choose
from pages._parts.plain import visible
from pages._parts.titles import count_of

NAMED = 5


def in_words(titles: Sequence[Title]) -> str:
    """The map as a text, for those who do not see it; the clusters are ordered by size."""
    if not titles:
        return "No clusters have been found."
    total = sum(one.samples for one in titles)
    named = "; ".join(f"{visible(one.name)} ({one.samples:,})" for one in titles[:NAMED])
    samples, found = count_of(total, "sample", "samples"), count_of(len(titles), "cluster", "clusters")
    return f"{samples} shown, in {found}. The largest: {named}."


def show_clusters(clusters: Sequence[Cluster], facets: Facets) -> None:
    """Title, size, acceptance, what is out and spread of each cluster."""
    name = f"map.clusters.{stamp(facets)}"

    def click() -> None:
        rows = st.session_state[name]["selection"]["rows"]
        if rows:
            choose(with_labels(facets, [("cluster", clusters[rows[0]].title)]))

    st.dataframe(
        visible_rows([
            {"cluster": one.title, "named by": _maker(one), "samples": one.size, "decided": one.accepted + one.rejected,
             "accepted": _share(one), "out": one.dropped, "spread": one.spread}
            for one in clusters
        ]),
        key=name,
        hide_index=True,
        width="stretch",
        on_select=click,
        selection_mode="single-row",
        column_config=dict.fromkeys(["samples", "decided"], WHOLE)
        | {
            "accepted": st.column_config.NumberColumn(
                "accepted of decided", format="percent", help="Of the samples that a person accepted or rejected."
            ),
            "out": st.column_config.NumberColumn(
                "out by rules", format="localized", help="Out by rules or as near-duplicates, without a decision."
            ),
            "spread": st.column_config.NumberColumn(
                format="%.2f", help="Mean distance (1 - cosine) to the middle of the cluster; small is alike."
            ),
        },
    )  # fmt: skip


def _share(one: Cluster) -> float | None:
    decided = one.accepted + one.rejected
    return one.accepted / decided if decided else None


def _maker(one: Cluster) -> str:
    """Who gave the title, so that no one takes a made-up one for a fact."""
    if one.maker == PRACTICE_MODEL:
        return "practice model (made up)"
    return one.maker or "its words"
