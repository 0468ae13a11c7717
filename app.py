"""The dashboard: which pages there are. Start it with `python app.py`, see `python app.py --help`."""

import sys

import streamlit as st

PAGES = {
    "Workspace": {
        "overview": ("Overview", ":material/home:"),
        "import": ("Import", ":material/upload_file:"),
        "generate": ("Generate", ":material/auto_awesome:"),
    },
    "Look": {
        "map": ("Map", ":material/scatter_plot:"),
        "diversity": ("Diversity", ":material/donut_small:"),
    },
    "Curate": {
        "filters": ("Filters", ":material/tune:"),
        "duplicates": ("Duplicates", ":material/content_copy:"),
        "review": ("Review", ":material/rate_review:"),
        "agreement": ("Agreement", ":material/groups:"),
        "guidelines": ("Guidelines", ":material/rule:"),
    },
    "Deliver": {"export": ("Export", ":material/download:")},
    "Sift": {"settings": ("Settings", ":material/settings:")},
}


def show() -> None:
    """Draw the frame and the page that was chosen."""
    st.set_page_config(page_title="Sift", page_icon="🌾", layout="wide")
    chosen = st.navigation(
        {
            group: [
                st.Page(f"pages/{name}.py", title=title, icon=icon, url_path=name, default=name == "overview")
                for name, (title, icon) in pages.items()
            ]
            for group, pages in PAGES.items()
        }
    )
    chosen.run()


if st.runtime.exists():
    show()
elif __name__ == "__main__":
    from pages._parts.server import serve

    serve(__file__, sys.argv[1:])
