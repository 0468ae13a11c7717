"""Map: similar samples lie close together; lasso some to see them and decide on them."""

import streamlit as st

from curation.signals import SIGNALS
from curation.stages.looking import colours, layers
from curation.store.browse import numbers_of
from curation.store.charts import clusters_of
from curation.store.maps import latest_map
from pages._parts.charts import stamp
from pages._parts.facet_bar import facet_bar
from pages._parts.map_chart import draw, scatter
from pages._parts.map_clusters import in_words, show_clusters
from pages._parts.map_selection import show_selection
from pages._parts.map_start import offer_first, show_state
from pages._parts.progress import show_progress
from pages._parts.workspace import workspace

TITLES = {"cluster": "Cluster", "state": "State", "origin": "Origin", "verb": "Verb", "object": "Object"}

ws = workspace()
st.title("Map")
facets = facet_bar(ws)
show_progress(ws, "embed")
shown = latest_map(ws)
if shown is None:
    offer_first(ws)
    st.stop()
show_state(ws, shown)

kinds = colours(ws)
names = {name: SIGNALS[name].label() if name in SIGNALS else TITLES.get(name, name) for name in kinds}
colour = st.selectbox(
    "Colour by",
    list(kinds),
    index=list(kinds).index("cluster") if "cluster" in kinds else 0,
    format_func=names.__getitem__,
    key="map.colour",
    width=420,
)
matching = numbers_of(ws, facets)
clusters = clusters_of(ws, shown.id, matching)
figure = scatter(layers(ws, shown.id, matching, colour, kinds[colour]), names[colour])
draw(figure, f"map.points.{stamp(facets, colour, shown.made)}", in_words(clusters))
st.text(in_words(clusters))
show_selection(ws, facets, matching)
st.subheader("Clusters")
show_clusters(clusters, facets)
