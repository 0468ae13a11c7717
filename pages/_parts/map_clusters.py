"""The clusters of a map in words and as a table; a click on a row narrows everything down to it."""

from collections.abc import Sequence

import streamlit as st

from curation.facets import Facets
from curation.store.charts import Cluster
from pages._parts.card import visible
from pages._parts.charts import stamp, with_labels
from pages._parts.facet_bar import choose

NAMED = 5


def in_words(clusters: Sequence[Cluster]) -> str:
    """The map as a text, for those who do not see it."""
    if not clusters:
        return "No clusters have been found."
    total = sum(cluster.size for cluster in clusters)
    named = "; ".join(f"{visible(cluster.title)} ({cluster.size:,})" for cluster in clusters[:NAMED])
    return f"{total:,} samples shown, in {len(clusters)} clusters. The largest: {named}."


def show_clusters(clusters: Sequence[Cluster], facets: Facets) -> None:
    """Title, size, states and spread of each cluster."""
    name = f"map.clusters.{stamp(facets)}"

    def click() -> None:
        rows = st.session_state[name]["selection"]["rows"]
        if rows:
            choose(with_labels(facets, [("cluster", clusters[rows[0]].title)]))

    st.dataframe(
        [
            {"cluster": visible(one.title), "samples": one.size, "accepted": one.accepted, "kept": one.kept,
             "dropped": one.dropped, "rejected": one.rejected, "spread": one.spread}
            for one in clusters
        ],
        key=name,
        hide_index=True,
        width="stretch",
        on_select=click,
        selection_mode="single-row",
        column_config={
            "spread": st.column_config.NumberColumn(
                format="%.2f", help="Root mean square distance from the cluster's middle, in units of the map."
            )
        },
    )  # fmt: skip
