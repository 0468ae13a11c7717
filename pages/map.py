"""Map: similar samples lie close together; lasso some to see them and decide on them."""

import streamlit as st

from curation.errors import CurationError
from curation.stages.looking import colours
from curation.stages.sights import GROUPS, Wanted, clusters_among, look
from curation.store.maps import latest_map
from pages._parts.facet_bar import facet_bar
from pages._parts.map_acts import Drawn
from pages._parts.map_aimed import aimed_here, choose_aimed, outlines_of
from pages._parts.map_clusters import in_words, show_clusters
from pages._parts.map_drawn import TITLES, draw
from pages._parts.map_groups import choose_groups, say_overlap, show_parts
from pages._parts.map_naming import show_grouping
from pages._parts.map_search import search_box
from pages._parts.map_selection import show_selection
from pages._parts.map_start import offer_first, show_state
from pages._parts.plain import plain
from pages._parts.progress import show_progress
from pages._parts.titles import title_of
from pages._parts.workspace import workspace

ws = workspace()
facets = facet_bar(ws)
shown = latest_map(ws)
if shown is None:
    st.title("Map")
    show_progress(ws, "embed")
    offer_first(ws)
    st.stop()
show_state(ws, shown)
show_progress(ws, "embed")

kinds = colours(ws) | {GROUPS: "label"}
aimed = aimed_here(ws, shown)
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
groups = choose_groups(ws) if colour == GROUPS else None
landed = choose_aimed(ws, aimed) if aimed else None
if colour == GROUPS and groups is None:
    colour = "state"
try:
    sight = look(ws, shown, Wanted(facets, colour, kinds[colour], groups))
except CurationError as error:
    st.warning(plain(str(error)))
    colour = "state"
    sight = look(ws, shown, Wanted(facets, colour, kinds[colour]))
if groups and sight.overlap:
    say_overlap(groups, sight.overlap)
outlines = outlines_of(landed, sight.picture.frame)
drawn = Drawn(sight.picture, colour, kinds[colour], title_of(colour), sight.titles[:TITLES], outlines)
alt = in_words(sight.titles)
draw(ws, drawn, f"{shown.id} {shown.made}", alt)
st.text(alt)
show_selection(ws, shown, facets, sight.matching)
if groups and sight.overlap:
    st.subheader("Where the two differ")
    show_parts(sight.overlap, facets)
st.subheader("Clusters")
show_grouping(ws, shown)
show_clusters(clusters_among(ws, shown, facets), facets)
