"""What the reader did on the map, and what becomes of it in the tab's own state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from curation.errors import BadInput
from curation.stages.enclosed import MODES, Mode, Shape, read_shape, selected
from curation.stages.looking import MOST_LABELS, SPLIT, Kind, Numbers, Picture, Title
from curation.stages.sights import GROUPS
from curation.store.charts import COLUMNS
from pages._parts.charts import with_labels, with_range
from pages._parts.facet_bar import choose, chosen

SELECTED = "map.selected"
FOUND = "map.found"
SHAPES = "map.shapes"
"""What was drawn to come to the selection, each with how it counted; None where it came about in another way."""
DRAWN = "map.drawn"
"""Where the tab keeps what the reader sees, so that an answer from the browser is about just that."""
DONE = "map.done"
"""Which desk in the browser was heard last, and the number of its last act."""
FACET_OF = {"state": "states", "origin": "origins", "method": "methods"}
NO_FACETS = {*COLUMNS, SPLIT, GROUPS}


@dataclass(frozen=True)
class Drawn:
    """What is on screen: the picture and what its colours are.

    Args:
        picture: the points.
        colour: what they are coloured by, one of `colours`.
        kind: whether that is a label or a number.
        title: what it is called.
        parts: the titles of clusters.
        outlines: lines to show on it, as corners in steps.
    """

    picture: Picture
    colour: str
    kind: Kind
    title: str
    parts: tuple[Title, ...] = ()
    outlines: tuple[tuple[tuple[float, float], ...], ...] = ()


def among(name: str, shown: Numbers) -> Numbers:
    """Numbers that the tab keeps under a name and the filters show, in their order; the others do not count (I7)."""
    kept = np.asarray(st.session_state.get(name, []), np.int32)
    return kept[np.isin(kept, shown)]


def select(numbers: Numbers | list[int], shapes: list[tuple[Mode, Shape]] | None = None) -> None:
    """From now on these are selected, by these shapes."""
    st.session_state[SELECTED], st.session_state[SHAPES] = numbers, shapes


def heed() -> None:
    """Whatever the reader did on the map; an answer about what is no longer on screen is dropped."""
    said, drawn = st.session_state["map.view"].get("act"), st.session_state.get(DRAWN)
    if isinstance(said, dict) and drawn is not None:
        try:
            for what in unheard(said):
                act(drawn, what)
        except (BadInput, IndexError, KeyError, TypeError, ValueError):
            st.toast("What was drawn on the map could not be read; draw it again.")


def unheard(said: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The acts that were not heard before.

    The browser says an act again with the next one until it is told that it was heard: of two that are said while the
    page is drawn, only the later one arrives.
    """
    desk, last = st.session_state.get(DONE, ("", 0))
    last = last if desk == said["desk"] else 0
    acts = said["acts"]
    for what in acts if isinstance(acts, list) else []:
        number = int(what["number"])
        if number > last:
            st.session_state[DONE] = (said["desk"], number)
            yield what


def act(drawn: Drawn, what: Mapping[str, object]) -> None:
    """Do what the browser says the reader did.

    Raises:
        BadInput: it cannot be read.
    """
    name = what.get("act")
    if name == "shape" and what.get("stamp") == drawn.picture.stamp:
        _shape(drawn, read_shape(what), MODES.get(str(what.get("mode")), "new"))
    elif name == "clear":
        select([])
    elif name == "title":
        choose(with_labels(chosen(), [("cluster", drawn.parts[int(str(what["place"]))].name)]))
    elif name == "entry":
        _entry(drawn, int(str(what["code"])))
    elif name == "shade" and drawn.picture.limits:
        choose(with_range(chosen(), _part(drawn, int(str(what["part"])), int(str(what["parts"])))))


def _shape(drawn: Drawn, shape: Shape, mode: Mode) -> None:
    before = among(SELECTED, drawn.picture.shown)
    earlier = [] if mode == "new" else st.session_state.get(SHAPES, [])
    select(selected(drawn.picture, shape, before, mode), None if earlier is None else [*earlier, (mode, shape)])


def _entry(drawn: Drawn, code: int) -> None:
    """A line of the legend narrows down to what it stands for; where that is no filter, its points are selected."""
    picture, colour = drawn.picture, drawn.colour
    names = [entry.name for entry in picture.entries if entry.code == code]
    is_facet = code < MOST_LABELS and (colour in FACET_OF or colour not in NO_FACETS)
    if not is_facet:
        select(np.sort(picture.shown[picture.codes[picture.outside :] == code]))
    elif colour in FACET_OF and names:
        choose(chosen().toggled(FACET_OF[colour], names[0]))
    elif names:
        choose(with_labels(chosen(), [(colour, names[0])]))


def _part(drawn: Drawn, part: int, parts: int) -> tuple[str, float | None, float | None]:
    low, high = drawn.picture.limits or (0.0, 1.0)
    at = [low + (high - low) * place / parts for place in range(parts + 1)]
    return drawn.colour, None if part == 0 else at[part], None if part == parts - 1 else at[part + 1]
