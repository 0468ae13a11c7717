from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from curation.exporters import bars

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '\x1b]0;x\x07 \x00 \u202e \ud800 "<script>alert(1)</script>&amp;'


@given(st.text(), st.lists(st.tuples(st.text() | st.just(HOSTILE), st.integers(0, 10**9)), max_size=5))
def test_any_name_gives_a_picture_of_text_and_bars_alone(title, rows):
    """T21: no name can become anything but text."""
    root = ElementTree.fromstring(bars(title, "samples", rows).encode())
    assert {element.tag for element in root.iter()} <= {f"{SVG}svg", f"{SVG}rect", f"{SVG}text"}
    assert len(root.findall(f"{SVG}rect")) == 1 + len(rows)
    assert all(0 <= float(bar.get("width")) <= 420 for bar in root.findall(f"{SVG}rect")[1:])


def test_bars_are_as_long_as_their_numbers():
    root = ElementTree.fromstring(bars("Words", "samples", [("long", 400), ("short", 100), ("none", 0)]))
    assert [bar.get("width") for bar in root.findall(f"{SVG}rect")[1:]] == ["420.0", "105.0", "0.0"]
    assert "400" in {element.text for element in root.iter()}


def test_a_long_name_is_cut():
    assert f"{'x' * 23}…" in bars("t", "u", [("x" * 100, 1)])
