"""From 30 seeds to judged samples, preference pairs and an export, and from a line of it back to its seed.

The tests share one server and follow on one another, so they run in the order in which they stand here.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import button, choose, give_reasons, go, idle, numbers
from tests.dashboard import ROOT, Dashboard, started

SEEDS = 30
SAMPLES = 200
PAIRS = 40
ENDED = 60_000
"""Milliseconds that a run may take on a slow computer."""


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory) -> Iterator[Dashboard]:
    with started(tmp_path_factory.mktemp("methods") / "project.duckdb") as running:
        yield running


def seeds() -> bytes:
    """Thirty tasks with one answer each."""
    lines = (ROOT / "sample_data" / "seed_tasks.jsonl").read_text().splitlines()
    single = [line for line in lines if len(json.loads(line)["instances"]) == 1]
    return "\n".join(single[:SEEDS]).encode()


def turn_to(page: Page, view: str) -> None:
    """Choose a part of the page by its switch."""
    page.get_by_role("radio", name=re.compile(view)).click()
    idle(page)


def fill(page: Page, label: str, number: float) -> None:
    field = page.get_by_test_id("stMain").get_by_role("spinbutton", name=label, exact=True).first
    field.fill(str(number))
    field.press("Tab")
    page.wait_for_timeout(500)  # the page learns of it a moment later, and is idle until then
    idle(page)


def flip_switch(page: Page, label: str) -> None:
    page.get_by_test_id("stMain").locator("label").filter(has_text=re.compile(label)).click()
    idle(page)


def metric(page: Page, label: str) -> int:
    shown = page.get_by_test_id("stMetric").filter(has_text=re.compile(f"^{label}"))
    return numbers(shown.get_by_test_id("stMetricValue").text_content())[0]


def made(page: Page) -> int:
    """Start the run that is set up, wait for its end and give how many were kept."""
    button(page, "^Run$").click()
    done = page.get_by_text(re.compile(r"^Done\. "))
    expect(done).to_be_visible(timeout=ENDED)
    idle(page)
    return numbers(done.text_content())[0]


def test_thirty_seeds_evolve_and_are_answered_several_times(page: Page, shot):
    go(page, "Import")
    page.locator("input[type=file]").set_input_files({"name": "seeds.jsonl", "mimeType": "", "buffer": seeds()})
    button(page, "Import").last.click()
    expect(page.get_by_text("The last import", exact=True)).to_be_visible(timeout=30_000)
    go(page, "Generate")
    choose(page, "Method", "Evol-Instruct")
    choose(page, "^Model", "Practice model")
    fill(page, "Rounds", 2)
    evolved = made(page)
    shot("1-evolved")
    turn_to(page, "^New samples")
    choose(page, "Method", "Answers")
    choose(page, "Which", "All")
    fill(page, "Answers", 2)
    answered = made(page)
    shot("1-answered")
    go(page, "Overview")
    assert metric(page, "Samples") == SEEDS + evolved + answered >= SAMPLES


def test_every_sample_is_judged_by_the_rubric(page: Page, shot):
    go(page, "Generate")
    turn_to(page, "^Judge")
    flip_switch(page, "its own family")
    to_judge = numbers(page.get_by_text(re.compile("to judge of")).text_content())
    assert to_judge[0] == to_judge[1] >= SAMPLES
    button(page, "^Judge$").click()
    judged = page.get_by_text(re.compile(f"^{to_judge[0]:,} samples of those shown"))
    expect(judged).to_be_visible(timeout=ENDED)
    idle(page)
    judged.scroll_into_view_if_needed()
    shot("2-judged")


def test_forty_pairs_are_seen_before_they_are_made(page: Page, shot):
    go(page, "Generate")
    turn_to(page, "^Pair")
    fill(page, "Margin", 0.25)
    fill(page, "Length bound", 8)
    pairs, without = metric(page, "Pairs"), metric(page, "Prompts without a pair")
    assert pairs >= PAIRS
    pool = page.get_by_text(re.compile("prompts with two answers or more"))
    assert pairs + without == numbers(pool.text_content())[0]
    expect(page.get_by_test_id("stPlotlyChart")).to_be_visible()
    shot("3-pairs")
    button(page, f"^Make {pairs} pairs").click()
    done = page.get_by_text(re.compile(r"^Done\. "))
    expect(done).to_be_visible(timeout=ENDED)
    idle(page)
    assert numbers(done.text_content()) == [pairs, without]
    shot("3-made")


def test_a_pair_is_flipped_by_a_key_and_the_others_are_accepted(page: Page, shot):
    go(page, "Generate")
    turn_to(page, "^Runs")
    button(page, "Review it one by one").click()
    standing = page.get_by_text(re.compile(r"^No\. [\d,]+ ·"))
    expect(standing).to_be_visible()
    idle(page)
    first = standing.text_content() or ""
    shot("4-pair")
    page.keyboard.press("p")
    expect(page.get_by_text(first, exact=True)).to_have_count(0)
    idle(page)
    page.goto("/review?f=" + quote(json.dumps({"methods": ["pairs"], "states": ["kept"]})))
    idle(page)
    turn_to(page, "^Table")
    accept = button(page, r"^Accept \d+$")
    left = numbers(accept.text_content())[0]
    assert left >= PAIRS - 1
    accept.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=f"Accept {left}").click()
    expect(dialog).to_have_count(0)
    idle(page)
    go(page, "Overview")
    assert (metric(page, "Accepted"), metric(page, "Rejected")) == (left + 1, 1)


def test_what_was_accepted_is_exported(page: Page, shot, dashboard):
    go(page, "Export")
    flip_switch(page, "Only what a person accepted")
    flip_switch(page, "Text of the practice model too")
    page.get_by_role("tab", name="Files").click()
    box = page.get_by_role("combobox", name=re.compile("Formats"))
    box.click()
    page.get_by_role("option").filter(has_text=re.compile("preference", re.IGNORECASE)).first.click()
    page.keyboard.press("Escape")
    idle(page)
    give_reasons(page, "a journey of the tests")
    button(page, "^Export$").click()
    expect(page.get_by_text("Finished exports")).to_be_visible(timeout=30_000)
    idle(page)
    shot("5-exported")
    assert {line["origins"][0]["method"] for line in exported(dashboard)} == {"pairs", "revised"}


def test_a_line_of_the_export_leads_back_to_its_seed(page: Page, shot, dashboard):
    pair = next(line for line in exported(dashboard) if line["origins"][0]["method"] == "revised")
    page.goto(f"/review?sample={pair['id']}")
    idle(page)
    turn_to(page, "^Lineage")
    shot("6-lineage")
    expect(page.get_by_text(re.compile(r"^Seed · Self-Instruct · seeds\.jsonl · line \d+")).first).to_be_visible()
    links = page.get_by_test_id("stMain").get_by_role("link", name=re.compile(r"^No\. "))
    expect(links.nth(3)).to_be_visible()  # the flipped pair, the pair, an answer, its seed
    idle(page)
    seed = next(link for link in links.all() if numbers(link.text_content())[0] < SEEDS)
    number = numbers(seed.text_content())[0]
    seed.click()
    expect(page.get_by_text(re.compile(rf"^No\. {number} ·"))).to_be_visible()
    expect(page.get_by_text("A seed: it was not made from another sample")).to_be_visible()
    shot("6-seed")


def exported(dashboard: Dashboard) -> list[dict[str, object]]:
    """The lines of the provenance of the only export."""
    (folder,) = (dashboard.workspace.parent / "exports").iterdir()
    lines = [json.loads(line) for line in Path(folder / "provenance.jsonl").read_text().splitlines()]
    assert len(lines) >= PAIRS
    return lines
