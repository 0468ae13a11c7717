"""A reader's way through curation: measured once, bounds and the duplicate threshold dragged, labelled, kept as a file.

The tests share one server and follow on one another, so they run in the order in which they stand here.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from curation.duplicates import LABELS
from curation.recipe import read_recipe
from tests.browser.steps import button, choose, go, idle, numbers
from tests.dashboard import ROOT, Dashboard, started

RUN = 300_000
"""Milliseconds that a run over all samples may take on a slow computer."""
TAILS = ("", " Please.", " Keep it short.", " Answer in two parts.", " Write it for a child.", " Give 3 of them.",
         " Give 7 of them.", " Do not use any names.", " Think first.", " It is for my neighbour.")  # fmt: skip
"""Ways to end a task: some change nothing, some change what is asked."""
DAMAGE = ("", "As an AI language model, I cannot help with that.", "CafÃ© and naÃ¯ve, said the visitorâ€™s guide.",
          "The three steps are: first, open the", "word " * 60, "\u202eSee\u200b below\x07.")  # fmt: skip
"""Answers that no one wants: none, refused, badly decoded, cut off, in a loop, with marks that nobody sees."""
TRUE_FROM = 0.9
"""The reader calls pairs duplicates from this similarity on."""


def rows() -> Iterator[dict[str, str]]:
    """The seed tasks, each asked in ten ways, every twentieth with a damaged answer; then some as they were, louder."""
    seeds = [json.loads(line) for line in (ROOT / "sample_data" / "seed_tasks.jsonl").read_text("utf-8").splitlines()]
    for place, seed in enumerate(seeds):
        one = seed["instances"][0]
        for turn, tail in enumerate(TAILS):
            at = place * len(TAILS) + turn
            output = DAMAGE[at // 20 % len(DAMAGE)] if at % 20 == 7 else f"{one['output']} ({turn})"
            yield {"instruction": seed["instruction"] + tail, "input": one["input"], "output": output}
    for seed in seeds[:40]:
        one = seed["instances"][0]
        yield {"instruction": seed["instruction"].upper(), "input": one["input"], "output": f"{one['output']} (0)"}


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("curate") / "collected.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows()), "utf-8")
    return path


@pytest.fixture(scope="module")
def dashboard(data: Path) -> Iterator[Dashboard]:
    with started(data.parent / "project.duckdb") as running:
        yield running


def metric(page: Page, label: str) -> Locator:
    return page.get_by_test_id("stMetric").filter(has_text=re.compile(f"^{label}")).get_by_test_id("stMetricValue")


def shown(page: Page, label: str) -> int:
    return numbers(metric(page, label).text_content())[0]


def turn_to(page: Page, view: str) -> None:
    """Choose a part of the page by its switch."""
    page.get_by_role("radio", name=view, exact=True).click()
    idle(page)


def drag(page: Page, handle: Locator, right: float) -> None:
    """Take a handle of a slider with the mouse and let it go so much of the slider's width further to the right."""
    before = handle.input_value()
    knob = handle.locator("xpath=ancestor::div[@data-rac][1]")
    knob.hover()  # waits until it stands still and can be taken
    box, whole = knob.bounding_box(), page.get_by_test_id("stSlider").first.bounding_box()
    assert box
    assert whole
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + right * whole["width"], box["y"] + box["height"] / 2, steps=12)
    page.mouse.up()
    expect(handle).not_to_have_value(before)
    idle(page)


def handles(page: Page) -> Locator:
    return page.get_by_test_id("stMain").get_by_role("slider")


def downloaded(page: Page) -> str:
    """The draft on Filters as the file that the reader gets."""
    with page.expect_download() as waiting:
        button(page, "^Download$").click()
    return Path(waiting.value.path()).read_text("utf-8")


def test_a_damaged_set_is_imported_and_measured(page: Page, shot, data):
    go(page, "Import")
    page.locator("input[type=file]").set_input_files(data)
    expect(page.get_by_text("The first rows as they will look")).to_be_visible()
    idle(page)
    button(page, "^Import$").click()
    expect(page.get_by_text("The last import", exact=True)).to_be_visible(timeout=RUN)
    read, new, repeated, refused = numbers(page.get_by_text(re.compile(" read, .* refused")).first.text_content())
    assert (read, new, repeated, refused) == (len(data.read_text("utf-8").splitlines()), read, 0, 0)
    go(page, "Filters")
    button(page, "^Measure$").click()
    expect(metric(page, "Kept by all rules")).to_be_visible(timeout=RUN)
    expect(page.get_by_text(re.compile("Measuring"))).to_have_count(0, timeout=RUN)
    idle(page)
    shot("1-measured")


def test_three_bounds_are_dragged_and_the_funnel_follows(page: Page, shot):
    go(page, "Filters")
    total = shown(page, "Kept by all rules")
    left = [total]
    for signal, handle, right in (("· words", 0, 0.1), ("· instruction_words", 1, -0.3), ("· compression", 1, -0.2)):
        choose(page, "Signal", signal)
        before = metric(page, "Kept by all rules").text_content() or ""
        drag(page, handles(page).nth(handle), right)
        expect(metric(page, "Kept by all rules")).not_to_have_text(before)
        idle(page)
        left.append(shown(page, "Kept by all rules"))
        removed, alone = shown(page, "Removed by this rule"), shown(page, "Removed by it alone")
        assert alone == left[-2] - left[-1]
        assert removed >= alone > 0
    assert total > left[1] > left[2] > left[3] > 0
    shot("2-bounds")
    recipe = read_recipe(downloaded(page))
    assert [rule.signal for rule in recipe.rules] == ["words", "instruction_words", "compression"]
    button(page, "^Apply$").click()
    expect(button(page, "^Apply$")).to_be_disabled()
    go(page, "Overview")
    assert shown(page, "Dropped") == total - left[3]


def test_the_threshold_is_dragged_both_ways(page: Page, shot):
    go(page, "Duplicates")
    button(page, "^Find near-duplicates$").click()
    expect(handles(page)).to_be_visible(timeout=RUN)
    expect(page.get_by_text(re.compile("per second|starting"))).to_have_count(0, timeout=RUN)
    idle(page)
    at_first = shown(page, "Removed")
    drag(page, handles(page), -0.4)
    lower = shown(page, "Removed")
    shot("3-lower")
    drag(page, handles(page), 0.6)
    higher = shown(page, "Removed")
    shot("3-higher")
    assert lower > at_first > higher
    expect(button(page, "at this threshold")).to_have_text(re.compile(f"{higher:,}"))


def test_samples_are_compared_in_every_way(page: Page, shot):
    go(page, "Duplicates")
    turn_to(page, "Exact copies")
    expect(page.get_by_role("heading", name="Equal samples")).to_be_visible()
    assert numbers(page.get_by_text(re.compile("the same as another one that is in")).text_content())[0] > 0
    shot("4-exact")
    turn_to(page, "Same words (ROUGE-L)")
    button(page, "^Find near-duplicates$").click()
    expect(handles(page)).to_be_visible(timeout=RUN)
    idle(page)
    assert shown(page, "Removed") > 0
    shot("4-words")
    turn_to(page, "Same meaning (cosine)")
    turn_to(page, "Calibrated score")
    assert shown(page, "Removed") > 0
    shot("4-score")
    turn_to(page, "Cosine")


def test_labels_by_key_propose_a_threshold_which_is_put_in_force(page: Page, shot):
    go(page, "Duplicates")
    turn_to(page, "Label pairs")
    turn_to(page, "to propose a threshold")
    said = page.get_by_text(re.compile(r"^Similarity 0\.\d+ · "))
    for count in range(1, LABELS + 1):
        similarity = float((said.first.text_content() or "").split()[1])
        page.keyboard.press("d" if similarity >= TRUE_FROM else "n")
        expect(page.get_by_text(re.compile(f"^{count} labelled: "))).to_be_visible()
        idle(page)
    use = button(page, r"^Use 0\.")
    expect(use).to_be_visible()
    use.scroll_into_view_if_needed()
    shot("5-proposal")
    proposed = float((use.text_content() or "").split()[-1])
    assert abs(proposed - TRUE_FROM) < 0.06
    use.click()
    idle(page)
    remove = button(page, "at this threshold")
    wanted = numbers(remove.text_content())[0]
    remove.click()
    expect(page.get_by_text(f"In force: {wanted:,} removed at {proposed:.3f}")).to_be_visible()
    idle(page)
    shot("5-in-force")


def test_the_recipe_is_kept_as_a_file_and_read_back(page: Page, shot, tmp_path):
    go(page, "Filters")
    file = tmp_path / "recipe.toml"
    file.write_text(downloaded(page), "utf-8")
    recipe = read_recipe(file.read_text("utf-8"))
    assert len(recipe.rules) == 3
    assert recipe.duplicates.threshold
    choose(page, "Signal", "· words")
    least = page.get_by_role("spinbutton", name="At least")
    least.fill("40")
    least.press("Enter")
    expect(button(page, "^Apply$")).to_be_enabled()
    idle(page)
    assert downloaded(page) != file.read_text("utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(button(page, "^Apply$")).to_be_disabled()
    idle(page)
    assert downloaded(page) == file.read_text("utf-8")
    shot("6-read-back")
