"""The clusters of a map in words and as a table; a click on a row narrows everything down to it."""

from collections.abc import Sequence

import streamlit as st

from curation.facets import Facets
from curation.store.charts import Cluster
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.charts import stamp, with_labels
from pages._parts.facet_bar import choose
from pages._parts.plain import visible
from pages._parts.titles import count_of

NAMED = 5


def in_words(clusters: Sequence[Cluster]) -> str:
    """The map as a text, for those who do not see it."""
    if not clusters:
        return "No clusters have been found."
    total = sum(cluster.size for cluster in clusters)
    named = "; ".join(f"{visible(cluster.title)} ({cluster.size:,})" for cluster in clusters[:NAMED])
    samples, found = count_of(total, "sample", "samples"), count_of(len(clusters), "cluster", "clusters")
    return f"{samples} shown, in {found}. The largest: {named}."


def show_clusters(clusters: Sequence[Cluster], facets: Facets) -> None:
    """Title, size, states and spread of each cluster."""
    name = f"map.clusters.{stamp(facets)}"

    def click() -> None:
        rows = st.session_state[name]["selection"]["rows"]
        if rows:
            choose(with_labels(facets, [("cluster", clusters[rows[0]].title)]))

    st.dataframe(
        visible_rows([
            {"cluster": one.title, "samples": one.size, "accepted": one.accepted, "kept": one.kept,
             "dropped": one.dropped, "rejected": one.rejected, "spread": one.spread}
            for one in clusters
        ]),
        key=name,
        hide_index=True,
        width="stretch",
        on_select=click,
        selection_mode="single-row",
        column_config=dict.fromkeys(["samples", "accepted", "kept", "dropped", "rejected"], WHOLE)
        | {
            "spread": st.column_config.NumberColumn(
                format="%.2f", help="Root mean square distance from the cluster's middle, in units of the map."
            )
        },
    )  # fmt: skip
