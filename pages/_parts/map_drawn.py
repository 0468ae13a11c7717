"""The map on its page: what the browser is sent, and a card for the point under the pointer."""

import streamlit as st

from curation.facets import Facets
from curation.stages.frames import STEPS
from curation.stages.looking import MOST_LABELS
from curation.store import Workspace
from curation.store.charts import lines_of
from pages._parts.charts import stamp
from pages._parts.facet_bar import chosen
from pages._parts.map_acts import DONE, DRAWN, FACET_OF, FOUND, NO_FACETS, SELECTED, Drawn, among, heed
from pages._parts.map_component import MAP, bits, packed
from pages._parts.plain import visible

LOOKS = {"accepted": (2, 2), "kept": (0, 0), "dropped": (4, 5), "rejected": (1, 4)}
"""Colour and shape of each state: never told apart by colour alone (I21)."""
TITLES = 80
"""Clusters whose titles can be seen at once."""
LONGEST = 120
EXCERPT = 280


def draw(workspace: Workspace, drawn: Drawn, map_key: str, alt: str) -> None:
    """Draw the map with what is selected and found on it, and a card for the point under the pointer."""
    st.session_state[DRAWN] = drawn
    picture = drawn.picture
    marked, found = (among(name, picture.shown) for name in (SELECTED, FOUND))
    with st.container(gap=None):
        MAP(key="map.view", data=packed(_about(drawn, map_key, alt), picture), on_act_change=heed)
        note = {"note": "marks", "stamp": picture.stamp, "count": len(marked), "heard": st.session_state.get(DONE)}
        MAP(key="map.marks", data=note | {"selected": bits(picture, marked), "found": bits(picture, found)})
        _card(workspace, drawn)


def _about(drawn: Drawn, map_key: str, alt: str) -> dict[str, object]:
    picture, now = drawn.picture, chosen()
    extent = picture.places.max(axis=0, initial=0) / STEPS
    about: dict[str, object] = {
        "map": map_key, "stamp": picture.stamp, "points": len(picture.numbers), "outside": picture.outside,
        "extent": extent.tolist(), "kind": drawn.kind, "title": drawn.title, "limits": picture.limits, "alt": alt,
        "entries": [
            {"code": entry.code, "name": _short(entry.name), "samples": entry.samples,
             "chosen": _is_chosen(now, drawn.colour, entry.name) if entry.code < MOST_LABELS else None}
            | dict(zip(("slot", "shape"), _look(drawn.colour, entry.code, entry.name), strict=True))
            for entry in picture.entries
        ],
        "titles": [{"name": _short(one.name), "x": one.x / STEPS, "y": one.y / STEPS} for one in drawn.parts],
        "outlines": [[(x / STEPS, y / STEPS) for x, y in corners] for corners in drawn.outlines],
    }  # fmt: skip
    return about | {"look": stamp(now, about, picture.codes.tobytes())}


def _look(colour: str, code: int, name: str) -> tuple[int, int]:
    """Place among the theme's colours (-1 for grey) and shape."""
    if code >= MOST_LABELS:
        return -1, 0
    return LOOKS.get(name, (code, code)) if colour == "state" else (code, code)


def _short(text: str) -> str:
    line = " ".join(visible(text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _is_chosen(facets: Facets, colour: str, name: str) -> bool | None:
    if colour in FACET_OF:
        return name in getattr(facets, FACET_OF[colour])
    return None if colour in NO_FACETS else (colour, name) in facets.labels


@st.fragment
def _card(workspace: Workspace, drawn: Drawn) -> None:
    """The text of the point under the pointer, sent when it is asked for; only this part runs again."""
    asked = st.session_state.get("map.asked")
    picture = drawn.picture
    note: dict[str, object] = {"note": "card"}
    if isinstance(asked, dict) and asked.get("stamp") == picture.stamp:
        place = int(asked.get("index", -1))
        if 0 <= place < len(picture.numbers):
            line = lines_of(workspace, picture.numbers[place : place + 1])[0]
            texts = [
                f"No. {line.number:,} · {line.state}",
                *(_excerpt(text) for text in (line.instruction, line.output)),
            ]
            note |= {"stamp": asked["stamp"], "index": place, "lines": texts}
    MAP(key="map.card", data=note, on_ask_change=_ask)


def _excerpt(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= EXCERPT else shown[: EXCERPT - 1] + "…"


def _ask() -> None:
    st.session_state["map.asked"] = st.session_state["map.card"].get("ask")
