"""Import: choose a file, look at what will come of it, import it, see what was refused."""

import streamlit as st

from curation.errors import CurationError
from curation.importers import preview
from pages._parts.import_layout import choose_layout, show_preview
from pages._parts.import_result import show_result
from pages._parts.import_source import begin, choose_source
from pages._parts.plain import plain
from pages._parts.progress import show_progress
from pages._parts.workspace import workspace

ws = workspace()
st.title("Import")
show_progress(ws)
show_result(ws)

chosen = choose_source()
if chosen is None:
    st.caption(
        "JSON, JSON lines, CSV and TSV (also as gzip), Parquet, Excel, folders written by save_to_disk, and data sets "
        "on the Hugging Face Hub. Nothing is written before you have seen what will come of it."
    )
    st.stop()

try:
    with st.spinner("Reading the first rows …"):
        found = preview(chosen.path)
    layout = choose_layout(found, chosen.key)
    seen = preview(chosen.path, layout)
except CurationError as error:
    st.error(plain(str(error)), icon=":material/error:")
    st.stop()

show_preview(seen)
left, right = st.columns(2)
source = left.text_input("Name of the source", value=chosen.name, key=f"{chosen.key}.source")
licence = right.text_input("Licence", key=f"{chosen.key}.licence", placeholder="as the source states it, or empty")
st.button(
    "Import",
    type="primary",
    key="import.start",
    icon=":material/upload_file:",
    on_click=begin,
    args=(ws, chosen, layout, source.strip() or chosen.name, licence.strip()),
)
