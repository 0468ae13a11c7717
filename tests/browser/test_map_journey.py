"""The map in a real browser: what is drawn around is what the table holds, by mouse and by key, and what comes of it.

The tests share one server and follow on one another, so they run in the order in which they stand here.
"""

import re
from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from curation.stages.frames import STEPS, in_steps
from curation.store.maps import latest_map, read_positions
from curation.store.signals import write_labels
from tests.browser.steps import button, choose, idle, numbers
from tests.dashboard import Dashboard, started
from tests.pages.filled import COUNT, filled_workspace

HOSTILE = "<img src=x onerror=window.__xss=1>"


@pytest.fixture(scope="module")
def places(tmp_path_factory) -> tuple[object, np.ndarray]:
    """The workspace file and where each sample lies, as shares of the map."""
    path = tmp_path_factory.mktemp("map") / "map.duckdb"
    workspace = filled_workspace(path)
    write_labels(workspace, "cluster", {i: HOSTILE if i % 2 else "chess, letter" for i in range(COUNT)})
    shown = latest_map(workspace)
    assert shown
    _, positions = read_positions(workspace, shown.id)
    workspace.close()
    return path, in_steps(positions) / STEPS


@pytest.fixture(scope="module")
def dashboard(places) -> Iterator[Dashboard]:
    with started(places[0]) as running:
        yield running


def opened(page: Page) -> dict[str, float]:
    """Open the map, wait until it is drawn, and give where it is on the screen."""
    page.goto("/map")
    expect(page.locator(".map[data-drawn]")).to_be_visible()
    idle(page)
    canvas = page.get_by_role("application")
    canvas.scroll_into_view_if_needed()
    return canvas.bounding_box()


def on_screen(box, places: np.ndarray) -> np.ndarray:
    """Pixels at which the whole map shows these places."""
    extent = places.max(axis=0)
    scale = 0.92 * min(box["width"] / extent[0], box["height"] / extent[1])
    middle = np.array([box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
    return middle + (places - extent / 2) * [scale, -scale]


def drag(page: Page, corners) -> None:
    page.mouse.move(*corners[0])
    page.mouse.down()
    for corner in corners[1:]:
        page.mouse.move(*corner, steps=6)
    page.mouse.up()


def heading(page: Page, words: str) -> int:
    found = page.get_by_role("heading", name=re.compile(words))
    expect(found).to_be_visible()
    idle(page)
    return numbers(found.text_content())[0]


def table(page: Page) -> list[int]:
    """The numbers in the first column of the table of samples."""
    page.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()
    idle(page)
    cells = page.get_by_test_id("stDataFrame").first.locator("[data-testid^='glide-cell-1-']")
    expect(cells.filter(has_text=re.compile(r"^\d+$")).first).to_be_attached()
    return [int(text) for text in cells.all_text_contents() if text.isdigit()]


def test_a_lasso_gives_exactly_those_rows_which_are_rejected_and_come_back(page: Page, places, shot):
    """I7, I8, I9."""
    box = opened(page)
    at = on_screen(box, places[1])
    middle = float(np.median(at[:, 0])) + 0.5
    inside = np.flatnonzero(at[:, 0] < middle)
    left, top, bottom = box["x"] + 3, box["y"] + 3, box["y"] + box["height"] - 3
    drag(page, [(left, top), (middle, top), (middle, bottom), (left, bottom), (left, top)])
    assert heading(page, "selected") == len(inside)
    assert set(table(page)) <= set(inside.tolist())
    assert table(page)
    shot("lasso")
    choose(page, "Colour by", "State")
    assert heading(page, "selected") == len(inside)
    button(page, f"^Reject {len(inside)}$").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=f"Reject {len(inside)}").click()
    expect(dialog).to_have_count(0)
    idle(page)
    expect(page.locator(".legend")).to_contain_text(re.compile(rf"rejected\s*{len(np.union1d(inside, [4]))}"))
    button(page, "^Undo$").click()
    expect(page.locator(".legend")).to_contain_text(re.compile(r"rejected\s*1"))


def test_a_click_selects_one_point_and_shift_adds_another(page: Page, places):
    box = opened(page)
    page.get_by_role("button", name="Titles", exact=True).click()
    at = on_screen(box, places[1])
    gaps = np.linalg.norm(at[:, None] - at[None], axis=2) + 1e9 * np.eye(COUNT)
    one, other = np.argsort(-gaps.min(axis=1))[:2].tolist()
    page.mouse.click(*at[one])
    assert heading(page, "selected") == 1
    assert table(page) == [one]
    page.get_by_role("application").scroll_into_view_if_needed()
    box = page.get_by_role("application").bounding_box()
    page.keyboard.down("Shift")
    page.mouse.click(*on_screen(box, places[1])[other])
    page.keyboard.up("Shift")
    assert heading(page, "selected$|^2 selected") == 2
    assert table(page) == sorted([one, other])


def test_keys_are_enough(page: Page):
    """I21: focus, zoom, select what is in view, clear."""
    opened(page)
    canvas = page.get_by_role("application")
    canvas.focus()
    page.keyboard.press("Enter")
    assert heading(page, "selected") == COUNT
    canvas.focus()
    for key in ("+", "+", "+", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"{COUNT} selected")).to_have_count(0)
    assert 0 < heading(page, "selected") < COUNT
    canvas.focus()
    page.keyboard.press("0")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name=f"All {COUNT} that match")).to_be_visible()


def test_a_legend_line_filters_and_hostile_titles_are_text(page: Page, shot):
    """I6, T1."""
    opened(page)
    page.get_by_role("button", name=HOSTILE).click()
    expect(page.get_by_role("heading", name=f"All {COUNT // 2} that match")).to_be_visible()
    idle(page)
    shot("filtered")
    assert "f=" in page.url
    assert page.locator(".map img").count() == 0
    assert page.evaluate("window.__xss") is None


def test_a_point_says_what_it_is_and_a_picture_can_be_kept(page: Page, places):
    box = opened(page)
    page.get_by_role("button", name="Titles", exact=True).click()
    at = on_screen(box, places[1])
    page.mouse.move(*(at[7] - 2))
    page.mouse.move(*at[7])
    expect(page.locator(".card")).to_contain_text(re.compile(r"No\. \d+ · "))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save a picture of the map").click()
    assert waiting.value.suggested_filename == "map.png"
    assert waiting.value.path().read_bytes()[:4] == b"\x89PNG"


def test_after_a_reload_nothing_is_selected(page: Page):
    """I9: a reload is a new session; it shows nothing that is no longer so."""
    opened(page)
    page.get_by_role("application").focus()
    page.keyboard.press("Enter")
    heading(page, "selected")
    opened(page)
    expect(page.get_by_role("heading", name=f"All {COUNT} that match")).to_be_visible()
    expect(page.get_by_role("heading", name="selected")).to_have_count(0)


def test_no_point_is_drawn_before_the_size_of_the_map_is_known(page: Page):
    """Points as large as the view would keep a computer without a graphics card busy for a minute."""
    page.add_init_script("""window.largest = 0;
      const set = WebGL2RenderingContext.prototype.uniform1f;
      WebGL2RenderingContext.prototype.uniform1f = function (at, value) {
        window.largest = Math.max(window.largest, value);
        return set.call(this, at, value);
      };""")
    opened(page)
    assert 1 < page.evaluate("window.largest") < 30


def quick_boxes(page: Page, at: np.ndarray, numbers_: list[int]) -> None:
    """A small box around each of these points, with Shift, as fast as a hand or a program can draw them."""
    page.get_by_role("button", name="Box", exact=True).click()
    page.keyboard.down("Shift")
    for number in numbers_:
        drag(page, [at[number] - 4, at[number] + 4])
    page.keyboard.up("Shift")


def test_shapes_that_are_drawn_while_the_page_is_drawn_all_count(page: Page, places):
    """I7: what is drawn before the answer to the shape before has come is not lost."""
    box = opened(page)
    page.get_by_role("button", name="Titles", exact=True).click()
    at = on_screen(box, places[1])
    gaps = np.linalg.norm(at[:, None] - at[None], axis=2) + 1e9 * np.eye(COUNT)
    apart = np.argsort(-gaps.min(axis=1))[:4].tolist()
    quick_boxes(page, at, apart)
    expect(page.locator(".said")).to_have_text("4 selected")
    idle(page)
    assert table(page) == sorted(apart)


def pixels(page: Page) -> np.ndarray:
    picture = page.locator(".stage").screenshot()
    return np.asarray(Image.open(BytesIO(picture)).convert("RGB"), np.int32)


def test_a_drawing_that_the_browser_takes_away_comes_back(page: Page):
    opened(page)
    notice = page.get_by_text("The browser has taken the drawing away")
    before = pixels(page)
    lose = "c => (window.lose = c.getContext('webgl2').getExtension('WEBGL_lose_context')).loseContext()"
    page.locator("canvas.points").evaluate(lose)
    expect(notice).to_be_visible()
    page.evaluate("window.lose.restoreContext()")
    expect(notice).to_be_hidden()
    page.wait_for_timeout(500)
    assert np.abs(pixels(page) - before).max() < 10


def test_two_fingers_zoom(page: Page):
    box = opened(page)
    browser = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind: str, apart: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x - apart, "y": y, "id": 1}, {"x": x + apart, "y": y, "id": 2}]
        browser.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 40)
    for apart in (60, 80, 100, 120):
        touch("touchMove", apart)
    touch("touchEnd", 0)
    idle(page)
    assert float(page.locator(".map").get_attribute("data-zoom")) == pytest.approx(3, rel=0.1)
    expect(page.get_by_role("heading", name="selected")).to_have_count(0)


def test_what_is_selected_becomes_the_queue_of_review(page: Page, places, shot):
    box = opened(page)
    page.get_by_role("button", name="Titles", exact=True).click()
    at = on_screen(box, places[1])
    quick_boxes(page, at, [int(np.argmax(at[10:, 0])) + 10])
    count = heading(page, "selected")
    button(page, f"Review {count} one by one").click()
    expect(page.get_by_role("heading", name="Review", exact=True, level=1)).to_be_visible()
    idle(page)
    expect(page.get_by_text(re.compile(f"^{count} sample"))).to_be_visible()
    shot("review")
