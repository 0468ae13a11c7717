"""Map: similar samples lie close together; lasso some to see them and decide on them."""

import streamlit as st

from curation.errors import CurationError
from curation.stages.looking import colours, picture_of, titles_of
from curation.store.browse import numbers_of
from curation.store.charts import clusters_of
from curation.store.maps import latest_map
from pages._parts.facet_bar import facet_bar
from pages._parts.map_clusters import in_words, show_clusters
from pages._parts.map_drawn import Drawn, draw
from pages._parts.map_naming import show_grouping
from pages._parts.map_search import search_box
from pages._parts.map_selection import show_selection
from pages._parts.map_start import offer_first, show_state
from pages._parts.plain import plain
from pages._parts.progress import show_progress
from pages._parts.titles import title_of
from pages._parts.workspace import workspace

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
choice, search = st.columns([2, 5], vertical_alignment="bottom")
colour = choice.selectbox(
    "Colour by",
    list(kinds),
    index=list(kinds).index("cluster") if "cluster" in kinds else 0,
    format_func=title_of,
    key="map.colour",
)
with search:
    search_box(ws, shown)
matching = numbers_of(ws, facets)
clusters = clusters_of(ws, shown.id, matching)
try:
    picture = picture_of(ws, shown.id, matching, colour, kinds[colour])
except CurationError as error:
    st.warning(plain(str(error)))
    colour = "state"
    picture = picture_of(ws, shown.id, matching, colour, kinds[colour])
drawn = Drawn(picture, colour, kinds[colour], title_of(colour), tuple(titles_of(ws, picture)))
draw(ws, drawn, f"{shown.id} {shown.made}", in_words(clusters))
st.text(in_words(clusters))
show_selection(ws, facets, matching)
st.subheader("Clusters")
show_grouping(ws, shown)
show_clusters(clusters, facets)
