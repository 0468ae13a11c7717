"""The map in the browser: scripts of our own, joined into the one that Streamlit loads, and what they are sent."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import streamlit as st

from curation.stages.looking import Numbers, Picture

FOLDER = Path(__file__).parent / "map_view"
SCRIPTS = (
    "element", "camera", "theme", "drawing", "density", "nearest", "titles", "gestures", "legend", "toolbar", "picture",
    "card", "view", "main",
)  # fmt: skip
"""In the order in which they need one another."""
_IMPORT = re.compile(r"^import .*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)(class|function|const) (\w+)", re.MULTILINE)


def script() -> str:
    """The scripts as one module: each keeps its own names to itself, and what it exports stands for all after it."""
    return "\n".join(_enclosed((FOLDER / f"{name}.js").read_text("utf-8")) for name in SCRIPTS)


def _enclosed(text: str) -> str:
    text = _IMPORT.sub("", text)
    names = ", ".join(found[2] for found in _EXPORT.finditer(text))
    inside = _EXPORT.sub(r"\1 \2", text)
    return f"const {{ {names} }} = (() => {{\n{inside}return {{ {names} }};\n}})();" if names else text


MAP = st.components.v2.component("sift_map", css=(FOLDER / "view.css").read_text("utf-8"), js=script())


def packed(about: Mapping[str, object], picture: Picture) -> bytes:
    """A picture for the browser: 4 bytes with the length of what follows, JSON, then 5 bytes per point.

    The JSON is padded so that the places (x and y as 2 bytes each, the lower one first) begin on an even byte; the
    codes (1 byte each) come after all places.
    """
    text = json.dumps(about, ensure_ascii=True, separators=(",", ":"))
    text += " " * (-len(text) % 4)
    places = np.ascontiguousarray(picture.places, "<u2").tobytes()
    return len(text).to_bytes(4, "little") + text.encode("ascii") + places + picture.codes.tobytes()


def bits(picture: Picture, numbers: Numbers) -> str:
    """One bit per point of a picture in base64, the lowest first: set where its sample is among the numbers."""
    if not len(numbers):
        return ""
    is_marked = np.zeros(len(picture.numbers), np.bool_)
    is_marked[picture.outside :] = np.isin(picture.shown, numbers)
    return b64encode(np.packbits(is_marked, bitorder="little").tobytes()).decode("ascii")
