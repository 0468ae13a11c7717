"""The map on its page: what it shows, and what happens when the reader draws on it or clicks its legend."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from curation.errors import BadInput
from curation.facets import Facets
from curation.stages.enclosed import MODES, read_shape, selected
from curation.stages.looking import MOST_LABELS, SPLIT, STEPS, Kind, Numbers, Picture, Title
from curation.store import Workspace
from curation.store.charts import COLUMNS, lines_of
from pages._parts.charts import stamp, with_labels, with_range
from pages._parts.facet_bar import choose, chosen
from pages._parts.map_component import MAP, bits, packed
from pages._parts.plain import visible

SELECTED = "map.selected"
FOUND = "map.found"
DRAWN = "map.drawn"
"""Where the tab keeps what the reader sees, so that an answer from the browser is about just that."""
LOOKS = {"accepted": (2, 2), "kept": (0, 0), "dropped": (4, 5), "rejected": (1, 4)}
"""Colour and shape of each state: never told apart by colour alone (I21)."""
FACET_OF = {"state": "states", "origin": "origins", "method": "methods"}
LONGEST = 120
EXCERPT = 280


@dataclass(frozen=True)
class Drawn:
    """What is on screen: the picture and what its colours are.

    Args:
        picture: the points.
        colour: what they are coloured by, one of `colours`.
        kind: whether that is a label or a number.
        title: what it is called.
        parts: the titles of clusters.
    """

    picture: Picture
    colour: str
    kind: Kind
    title: str
    parts: tuple[Title, ...] = ()


def draw(workspace: Workspace, drawn: Drawn, map_key: str, alt: str) -> None:
    """Draw the map with what is selected and found on it, and a card for the point under the pointer."""
    st.session_state[DRAWN] = drawn
    picture = drawn.picture
    marked, found = (among(name, picture.shown) for name in (SELECTED, FOUND))
    with st.container(gap=None):
        MAP(key="map.view", data=packed(_about(drawn, map_key, alt), picture), on_act_change=_act)
        note = {"note": "marks", "stamp": picture.stamp(), "count": len(marked)}
        MAP(key="map.marks", data=note | {"selected": bits(picture, marked), "found": bits(picture, found)})
        _card(workspace, drawn)


def among(name: str, shown: Numbers) -> Numbers:
    """Numbers that the tab keeps under a name and the filters show, in their order; the others do not count (I7)."""
    kept = np.asarray(st.session_state.get(name, []), np.int32)
    return kept[np.isin(kept, shown)]


def _about(drawn: Drawn, map_key: str, alt: str) -> dict[str, object]:
    picture, now = drawn.picture, chosen()
    extent = picture.places.max(axis=0, initial=0) / STEPS
    about: dict[str, object] = {
        "map": map_key, "stamp": picture.stamp(), "points": len(picture.numbers), "outside": picture.outside,
        "extent": extent.tolist(), "kind": drawn.kind, "title": drawn.title, "limits": picture.limits, "alt": alt,
        "entries": [
            {"code": entry.code, "name": _short(entry.name), "samples": entry.samples,
             "chosen": _is_chosen(now, drawn.colour, entry.name) if entry.code < MOST_LABELS else None}
            | dict(zip(("slot", "shape"), _look(drawn.colour, entry.code, entry.name), strict=True))
            for entry in picture.entries
        ],
        "titles": [{"name": _short(one.name), "x": one.x / STEPS, "y": one.y / STEPS} for one in drawn.parts],
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
    return None if colour in {*COLUMNS, SPLIT} else (colour, name) in facets.labels


def _act() -> None:
    """Whatever the reader did on the map; an answer about what is no longer on screen is dropped."""
    what, drawn = st.session_state["map.view"].get("act"), st.session_state.get(DRAWN)
    if isinstance(what, dict) and drawn is not None:
        try:
            act(drawn, what)
        except (BadInput, IndexError, KeyError, TypeError, ValueError):
            st.toast("What was drawn on the map could not be read; draw it again.")


def act(drawn: Drawn, what: Mapping[str, object]) -> None:
    """Do what the browser says the reader did.

    Raises:
        BadInput: it cannot be read.
    """
    name = what.get("act")
    if name == "shape" and what.get("stamp") == drawn.picture.stamp():
        before = among(SELECTED, drawn.picture.shown)
        mode = MODES.get(str(what.get("mode")), "new")
        st.session_state[SELECTED] = selected(drawn.picture, read_shape(what), before, mode)
    elif name == "clear":
        st.session_state[SELECTED] = []
    elif name == "title":
        choose(with_labels(chosen(), [("cluster", drawn.parts[int(str(what["place"]))].name)]))
    elif name == "entry":
        _entry(drawn, int(str(what["code"])))
    elif name == "shade" and drawn.picture.limits:
        choose(with_range(chosen(), _part(drawn, int(str(what["part"])), int(str(what["parts"])))))


def _entry(drawn: Drawn, code: int) -> None:
    """A line of the legend narrows down to what it stands for; where that is no filter, its points are selected."""
    picture, colour = drawn.picture, drawn.colour
    names = [entry.name for entry in picture.entries if entry.code == code]
    is_facet = code < MOST_LABELS and (colour in FACET_OF or colour not in {*COLUMNS, SPLIT})
    if not is_facet:
        st.session_state[SELECTED] = np.sort(picture.shown[picture.codes[picture.outside :] == code])
    elif colour in FACET_OF and names:
        choose(chosen().toggled(FACET_OF[colour], names[0]))
    elif names:
        choose(with_labels(chosen(), [(colour, names[0])]))


def _part(drawn: Drawn, part: int, parts: int) -> tuple[str, float | None, float | None]:
    low, high = drawn.picture.limits or (0.0, 1.0)
    at = [low + (high - low) * place / parts for place in range(parts + 1)]
    return drawn.colour, None if part == 0 else at[part], None if part == parts - 1 else at[part + 1]


@st.fragment
def _card(workspace: Workspace, drawn: Drawn) -> None:
    """The text of the point under the pointer, sent when it is asked for; only this part runs again."""
    asked = st.session_state.get("map.asked")
    picture = drawn.picture
    note: dict[str, object] = {"note": "card"}
    if isinstance(asked, dict) and asked.get("stamp") == picture.stamp():
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
