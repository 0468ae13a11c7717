"""The Map page: empty and filled; what is sent to the browser, and what its answers do."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from curation.errors import BadInput
from curation.facets import Facets
from curation.stages.looking import Entry, Picture, Title
from curation.store import open_workspace
from curation.store.browse import numbers_of, states_of
from curation.store.decisions import undo
from pages._parts import map_acts
from pages._parts.map_acts import FOUND, SELECTED, SHAPES, Drawn, act, unheard
from pages._parts.map_component import FOLDER, SCRIPTS, bits, packed, script
from tests.dashboard import ROOT
from tests.pages.filled import COUNT, filled_workspace


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The Map page on a small workspace."""
    path = tmp_path / "w.duckdb"
    monkeypatch.setenv("SIFT_WORKSPACE", str(path))
    workspace = filled_workspace(path)
    yield AppTest.from_file(ROOT / "app.py", default_timeout=30).run().switch_page("pages/map.py").run()
    workspace.close()


def about(page: AppTest) -> tuple[dict, bytes]:
    """What the page says about its picture, and the points that follow."""
    data = page.get("bidi_component")[0].proto.bytes
    length = int.from_bytes(data[:4], "little")
    return json.loads(data[4 : 4 + length]), data[4 + length :]


def marks(page: AppTest) -> dict:
    return json.loads(page.get("bidi_component")[1].proto.json)


def test_without_a_map_there_is_a_way_to_one(tmp_path, monkeypatch):
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "empty.duckdb"))
    page = AppTest.from_file(ROOT / "app.py", default_timeout=30).run().switch_page("pages/map.py").run()
    assert not page.exception
    assert not page.get("bidi_component")
    open_workspace(tmp_path / "empty.duckdb").close()


def test_five_bytes_a_point_and_a_text_for_those_who_do_not_see_it(page):
    assert not page.exception
    said, points = about(page)
    assert len(points) == 5 * COUNT
    assert said["points"] == COUNT
    assert said["alt"].startswith(f"{COUNT} samples shown, in 2 clusters.")
    assert any(text.value == said["alt"] for text in page.text)
    assert [entry["name"] for entry in said["entries"]] == ["chess, letter", "rivers, bread"]
    assert {title["name"] for title in said["titles"]} == {"chess, letter", "rivers, bread"}


@pytest.mark.parametrize("colour", ["state", "method", "split", "words", "verb"])
def test_another_colour_leaves_the_selection(page, colour):
    """I9: the numbers are the tab's own, and the marks are sent anew."""
    page.session_state[SELECTED] = [3, 4, 9]
    page.run()
    before = marks(page)
    assert before["count"] == 3
    page.selectbox(key="map.colour").set_value(colour).run()
    assert not page.exception
    assert marks(page) == before
    assert about(page)[0]["kind"] == ("number" if colour == "words" else "label")


def test_what_is_selected_becomes_the_table_and_is_rejected_in_one_step(page, tmp_path):
    """I7: exactly those rows; what the filters hide is not counted."""
    page.session_state[SELECTED] = [6, 7, 10]
    page.run()
    assert page.subheader[0].value == "3 selected"
    assert page.dataframe[0].value["no."].tolist() == [6, 7, 10]
    page.button(key="map.acts.reject").click().run()
    page.button(key="table.confirm").click().run()
    states = states_of(open_workspace(tmp_path / "w.duckdb"))
    assert [number for number, state in enumerate(states) if state == "rejected"] == [4, 6, 7, 10]
    page.session_state["facets"] = Facets(states=("rejected",)).to_query()
    page.session_state[SELECTED] = [6, 7, 11]
    page.run()
    assert page.subheader[0].value == "2 selected"
    page.button(key="map.clear").click().run()
    assert page.subheader[0].value == "All 4 that match"


def test_words_are_found_and_marked_without_narrowing_down(page):
    page.segmented_control(key="map.find.by").set_value("words").run()
    page.text_input(key="map.find").set_value("translate").run()
    assert not page.exception
    assert page.subheader[0].value == "10 found"
    assert set(page.session_state[FOUND].tolist()) == set(range(3, COUNT, 4))
    assert marks(page)["found"]
    assert len(about(page)[1]) == 5 * COUNT
    page.text_input(key="map.find").set_value("").run()
    assert page.subheader[0].value == f"All {COUNT} that match"


PICTURE = Picture(
    np.array([8, 2, 5, 6, 9], np.int32),
    np.array([(0, 0), (100, 0), (200, 0), (300, 0), (400, 258)], np.uint16),
    1,
    np.array([0, 0, 1, 255, 1], np.uint8),
    (Entry(1, "<img src=x onerror=alert(1)>", 2), Entry(0, "b", 1), Entry(255, "none", 1)),
)


def test_points_are_packed_as_the_browser_reads_them():
    data = packed({"name": "é\u202e"}, PICTURE)
    length = int.from_bytes(data[:4], "little")
    assert length % 4 == 0
    assert json.loads(data[4 : 4 + length]) == {"name": "é\u202e"}
    places = np.frombuffer(data, "<u2", 10, 4 + length).reshape(5, 2)
    assert places.tolist() == PICTURE.places.tolist()
    assert data[4 + length + 20 :] == bytes([0, 0, 1, 255, 1])


def test_marks_are_one_bit_a_point_and_never_of_what_is_outside():
    assert bits(PICTURE, np.zeros(0, np.int32)) == ""
    (byte,) = base64.b64decode(bits(PICTURE, np.array([8, 5, 9, 77], np.int32)))
    assert byte == 0b10100


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch) -> dict:
    """A tab's state without Streamlit around it."""
    state: dict = {}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(map_acts, "choose", lambda facets: state.update(facets=facets.to_query()))
    monkeypatch.setattr(map_acts, "chosen", lambda: Facets.from_query(state.get("facets", "")))
    return state


def facets(tab: dict) -> Facets:
    return Facets.from_query(tab["facets"])


def test_a_shape_on_what_is_seen_counts_and_one_on_what_was_is_dropped(tab):
    drawn = Drawn(PICTURE, "verb", "label", "Verb")
    box = {"act": "shape", "kind": "box", "corners": [[0, 0], [250, 10]], "mode": "new", "stamp": PICTURE.stamp}
    act(drawn, box | {"stamp": "another"})
    assert SELECTED not in tab
    act(drawn, box)
    assert tab[SELECTED].tolist() == [2, 5]
    act(drawn, box | {"mode": "add", "corners": [[250, 0], [350, 10]]})
    assert tab[SELECTED].tolist() == [2, 5, 6]
    act(drawn, box | {"mode": "remove"})
    assert tab[SELECTED].tolist() == [6]
    act(drawn, {"act": "clear"})
    assert list(tab[SELECTED]) == []
    with pytest.raises(BadInput):
        act(drawn, box | {"corners": []})


@pytest.mark.usefixtures("tab")
def test_each_act_of_the_browser_is_heard_once():
    """An act that was said again with the next one does not count twice; another tab of the browser begins anew."""
    first, second, third = ({"act": "clear", "number": number} for number in (1, 2, 3))
    assert list(unheard({"desk": "a", "acts": [first]})) == [first]
    assert list(unheard({"desk": "a", "acts": [first, second, third]})) == [second, third]
    assert list(unheard({"desk": "a", "acts": [third]})) == []
    assert list(unheard({"desk": "b", "acts": [first]})) == [first]


def test_what_was_drawn_is_kept_until_the_selection_comes_about_otherwise(tab):
    drawn = Drawn(PICTURE, "model", "label", "Model")
    box = {"act": "shape", "kind": "box", "corners": [[0, 0], [250, 10]], "mode": "new", "stamp": PICTURE.stamp}
    act(drawn, box)
    act(drawn, box | {"mode": "add"})
    assert [mode for mode, _ in tab[SHAPES]] == ["new", "add"]
    act(drawn, box)
    assert len(tab[SHAPES]) == 1
    act(drawn, {"act": "entry", "code": 1})
    assert tab[SHAPES] is None
    act(drawn, box | {"mode": "add"})
    assert tab[SHAPES] is None


def test_two_origins_are_compared_and_a_click_narrows_down(page):
    page.selectbox(key="map.colour").set_value("two groups").run()
    assert not page.exception
    assert {entry["name"] for entry in about(page)[0]["entries"]} <= {"only pool.jsonl", "both", "only seeds.jsonl"}
    assert any("Their densities have" in text.value for text in page.text)
    parts = page.dataframe[1].value
    assert set(parts["cluster"]) == {"chess, letter", "rivers, bread"}
    assert set(parts["who"]) == {"only A", "only B"}
    page.selectbox(key="map.group.b").set_value(page.selectbox(key="map.group.a").value).run()
    assert not page.exception
    assert any("two different groups" in one.value for one in page.info)


def test_cards_and_the_one_that_is_selected_beside_its_neighbours(page):
    page.session_state[SELECTED] = [6]
    page.run()
    assert page.subheader[1].value == "No. 6 and what is most like it"
    page.segmented_control(key="map.view.of").set_value("Cards").run()
    assert not page.exception
    assert any(text.value == "No. 6 · kept" for text in page.text)


def test_what_is_selected_is_sent_to_review_in_one_step(page, tmp_path):
    page.session_state[SELECTED] = [6, 7, 10]
    page.run()
    page.button(key="map.review").click().run()
    assert not page.exception
    (tag,) = Facets.from_query(page.session_state["facets"]).tags
    workspace = open_workspace(tmp_path / "w.duckdb")
    assert numbers_of(workspace, Facets(tags=(tag,))).tolist() == [6, 7, 10]
    undo(workspace, "me")
    assert not len(numbers_of(workspace, Facets(tags=(tag,))))


def test_the_legend_narrows_down_and_back(tab):
    """I6."""
    drawn = Drawn(PICTURE, "verb", "label", "Verb", (Title("rivers", 3, 0, 0),))
    act(drawn, {"act": "entry", "code": 1})
    assert facets(tab).labels == (("verb", "<img src=x onerror=alert(1)>"),)
    act(drawn, {"act": "entry", "code": 1})
    assert facets(tab).labels == ()
    act(drawn, {"act": "title", "place": 0})
    assert facets(tab).labels == (("cluster", "rivers"),)
    act(Drawn(PICTURE, "method", "label", "Method"), {"act": "entry", "code": 0})
    assert facets(tab).methods == ("b",)


def test_what_is_no_filter_is_selected_instead(tab):
    act(Drawn(PICTURE, "verb", "label", "Verb"), {"act": "entry", "code": 255})
    assert tab[SELECTED].tolist() == [6]
    act(Drawn(PICTURE, "model", "label", "Model"), {"act": "entry", "code": 1})
    assert tab[SELECTED].tolist() == [5, 9]


def test_a_part_of_the_scale_narrows_down_to_its_range(tab):
    drawn = Drawn(Picture(PICTURE.numbers, PICTURE.places, 1, PICTURE.codes, limits=(0, 10)), "words", "number", "W")
    act(drawn, {"act": "shade", "part": 1, "parts": 5})
    assert facets(tab).ranges == (("words", 2.0, 4.0),)
    act(drawn, {"act": "shade", "part": 4, "parts": 5})
    assert facets(tab).ranges == (("words", 8.0, None),)


def test_the_scripts_ask_nobody_and_write_no_markup():
    """T1: what comes from samples is put into the page as text; nothing is loaded from anywhere."""
    assert {path.stem for path in FOLDER.glob("*.js")} == set(SCRIPTS)
    joined = script()
    for word in ("innerHTML", "insertAdjacent", "outerHTML", "document.write", "eval(", "fetch(", "XMLHttp", "import "):
        assert word not in joined, word
    assert joined.replace("http://www.w3.org/2000/svg", "").count("http") == 0
    assert joined.count("export default") == joined.count("export ") == 1
