"""One reader's way through Sift on a fresh workspace, from the first run to the exported files, step after step.

The tests share one server and follow on one another, so they run in the order in which they stand here.
"""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import button, choose, give_reasons, go, idle, numbers
from tests.dashboard import ROOT, Dashboard, started

SAMPLES = ROOT / "sample_data"
EMBEDDED = 120_000
"""Milliseconds that the bundled model may take for the sample project on a slow computer."""


@pytest.fixture(scope="module")
def began() -> float:
    """When the reader typed the command."""
    return time.monotonic()


@pytest.fixture(scope="module")
def dashboard(began: float, tmp_path_factory) -> Iterator[Dashboard]:
    assert began
    with started(tmp_path_factory.mktemp("journey") / "project.duckdb") as running:
        yield running


def metric(page: Page, label: str) -> int:
    shown = page.get_by_test_id("stMetric").filter(has_text=re.compile(f"^{label}"))
    return numbers(shown.get_by_test_id("stMetricValue").text_content())[0]


def standing(page: Page) -> str:
    """The line over the sample on the Review page, which begins with its number."""
    return page.get_by_text(re.compile(r"^No\. [\d,]+ ·")).text_content() or ""


def test_the_first_sample_is_accepted_within_a_minute(page: Page, shot, began):
    """I23: from the command to the first decision, without a key for any model."""
    shot("1-first-run")
    button(page, "Open the sample project").click()
    expect(page.get_by_text("From collected to in")).to_be_visible(timeout=60_000)
    idle(page)
    shot("1-sample-project")
    go(page, "Review")
    button(page, "Accept").click()
    expect(page.get_by_text(re.compile("^1 done"))).to_be_visible()
    assert time.monotonic() - began < 60
    idle(page)
    shot("1-first-accept")


def test_a_file_is_seen_before_it_is_imported(page: Page, shot):
    go(page, "Import")
    page.locator("input[type=file]").set_input_files(SAMPLES / "seed_tasks.jsonl")
    expect(page.get_by_text("The first rows as they will look")).to_be_visible()
    idle(page)
    shot("2-preview")
    button(page, "Import").last.click()
    expect(page.get_by_text("The last import", exact=True)).to_be_visible(timeout=30_000)
    idle(page)
    shot("2-imported")
    read, new, repeated, refused = numbers(page.get_by_text(re.compile(" read, .* refused")).first.text_content())
    assert (new, refused) == (0, 0)  # the sample project brought them in already
    assert read == repeated >= len((SAMPLES / "seed_tasks.jsonl").read_text().splitlines())


def test_templates_make_samples_from_a_table(page: Page, shot):
    go(page, "Generate")
    page.get_by_role("radio", name="Without a model").click()
    idle(page)
    choose(page, "Which", "sentiment.csv")
    button(page, "Preview").click()
    expect(page.get_by_text(re.compile("^At most"))).to_be_visible()
    idle(page)
    shot("3-preview")
    button(page, "^Run$").click()
    expect(page.get_by_text(re.compile("^Done"))).to_be_visible(timeout=30_000)
    idle(page)
    made, new, repeated = numbers(page.get_by_text(re.compile(r"made, .* new")).first.text_content())
    assert made == new + repeated > 0
    shot("3-generated")


def test_a_lasso_on_the_map_is_rejected_and_taken_back(page: Page, shot):
    before = metric(page, "Rejected")
    go(page, "Map")
    expect(page.get_by_text(re.compile("Embedding and mapping"))).to_have_count(0, timeout=EMBEDDED)
    expect(page.locator(".map[data-drawn]")).to_be_visible(timeout=30_000)
    idle(page)
    shot("4-map")
    lasso(page, page.get_by_role("application", name=re.compile("samples shown")))
    selected = page.get_by_role("heading", name=re.compile("selected"))
    expect(selected).to_be_visible()
    idle(page)
    chosen = numbers(selected.text_content())[0]
    assert chosen > 0
    shot("4-lasso")
    confirmed(page, f"Reject {chosen:,}")
    expect(page.get_by_text(f"Reject: {chosen:,} samples.")).to_be_visible()
    shot("4-rejected")
    button(page, "^Undo$").click()
    expect(page.get_by_text(f"Undone for {chosen:,} samples.")).to_be_visible()
    shot("4-undone")
    go(page, "Overview")
    assert metric(page, "Rejected") == before


def confirmed(page: Page, act: str) -> None:
    """Press a button and say yes to what it asks."""
    button(page, f"^{act}$").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("It can be undone in one step")
    dialog.get_by_role("button", name=act).click()
    expect(dialog).to_have_count(0)
    idle(page)


def lasso(page: Page, area: Locator) -> None:
    """Draw a diamond over the middle of a chart."""
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box
    at = [(0.5, 0.15), (0.8, 0.5), (0.5, 0.85), (0.2, 0.5), (0.5, 0.15)]
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in at]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)
    page.mouse.up()


def test_a_wedge_narrows_everything_down(page: Page, shot):
    go(page, "Diversity")
    words = page.locator(".sunburstlayer .slicetext").first
    expect(words).to_be_visible()
    words.scroll_into_view_if_needed()
    before = numbers(page.get_by_text(re.compile("samples shown$")).text_content())[0]
    box = words.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("button", name="Show all")).to_be_visible()
    idle(page)
    assert "f=" in page.url
    after = numbers(page.get_by_text(re.compile("samples shown$")).text_content())[0]
    assert 0 < after < before
    shot("5-diversity")


def test_a_bound_drops_samples_once_it_is_applied(page: Page, shot):
    before = metric(page, "Dropped")
    go(page, "Filters")
    least = page.get_by_role("spinbutton", name="At least")
    least.fill("5")
    least.press("Enter")
    kept = page.get_by_test_id("stMetric").filter(has_text="Kept by all rules")
    expect(kept).not_to_contain_text("100.0%")
    idle(page)
    kept_here, total = numbers(kept.get_by_test_id("stMetricValue").text_content())
    shot("6-bound")
    button(page, "^Apply$").click()
    expect(button(page, "^Apply$")).to_be_disabled()
    idle(page)
    go(page, "Overview")
    dropped = metric(page, "Dropped")
    assert dropped > before
    assert dropped - before in (total - kept_here - 1, total - kept_here)  # what a person accepted stays in
    shot("6-overview")


def test_near_duplicates_go_at_the_threshold(page: Page, shot):
    go(page, "Duplicates")
    slider = page.get_by_test_id("stMain").get_by_role("slider")
    expect(slider).to_be_visible(timeout=30_000)
    idle(page)
    remove = button(page, "at this threshold")
    before = remove.text_content()
    slider.focus()
    for _ in range(10):
        slider.press("ArrowLeft")
    expect(remove).not_to_have_text(before or "")
    idle(page)
    shot("7-threshold")
    wanted = numbers(remove.text_content())[0]
    remove.click()
    expect(page.get_by_text(f"In force: {wanted:,} removed")).to_be_visible()
    idle(page)
    shot("7-removed")


def test_a_key_is_enough_to_decide(page: Page, shot):
    before = metric(page, "Accepted"), metric(page, "Rejected")
    go(page, "Review")
    seen = [standing(page)]
    for key in "AXS":
        seen.append(pressed(page, key, seen[-1]))
    assert len({numbers(line)[0] for line in seen}) == 4
    shot("8-decided")
    assert numbers(pressed(page, "U", seen[3]))[0] == numbers(seen[2])[0]
    pressed(page, "J", seen[2])
    assert numbers(pressed(page, "K", seen[3]))[0] == numbers(seen[2])[0]
    shot("8-back")
    go(page, "Overview")
    assert (metric(page, "Accepted"), metric(page, "Rejected")) == (before[0] + 1, before[1] + 1)


def pressed(page: Page, key: str, before: str) -> str:
    """Press a key on the Review page and give the line over the sample that follows."""
    page.keyboard.press(key.lower())
    expect(page.get_by_text(before, exact=True)).to_have_count(0)
    idle(page)
    return standing(page)


def test_the_exported_files_hold_what_was_shown(page: Page, shot, dashboard):
    go(page, "Export")
    page.get_by_role("tab", name="Files").click()
    box = page.get_by_role("combobox", name=re.compile("Formats"))
    box.click()
    page.get_by_role("option").filter(has_text=re.compile("^Alpaca")).click()
    page.keyboard.press("Escape")
    idle(page)
    promised = {split: metric(page, split) for split in ("train", "validation", "test")}
    give_reasons(page, "card numbers made for tests, and rows that no format needs")
    shot("9-plan")
    button(page, "^Export$").click()
    expect(page.get_by_text("Finished exports")).to_be_visible(timeout=30_000)
    idle(page)
    shot("9-exported")
    (folder,) = (dashboard.workspace.parent / "exports").iterdir()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["counts"]["exported"] == sum(promised.values())
    for split, size in promised.items():
        assert rows(folder / "openai_chat", split) <= size
        assert 0 < rows(folder / "alpaca", split) <= size


def rows(folder: Path, split: str) -> int:
    (file,) = (path for path in folder.rglob(f"{split}*") if path.is_file())
    text = file.read_text()
    return len(json.loads(text)) if file.suffix == ".json" else len(text.splitlines())
