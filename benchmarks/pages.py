"""Every page in a real browser: how long a change of page, a filter, a key and the slider take from press to picture.

python benchmarks/pages.py [--samples 10000] [--data pool.jsonl | --workspace project.duckdb] [--rounds 3]

The peer is Streamlit itself: pages of the same names that show one line, or one filter, two keys or one slider. So the
ratio says how many times as long the dashboard takes as the least that Streamlit can do on this machine. There is no
result to compare: each time ends when the new title, number or count is on screen, charts drawn. Samples are made up
from a seed or read from --data, with made-up vectors; --workspace is copied and measured as it is.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from pairs import crowded
from playwright.sync_api import sync_playwright

from curation import runs
from curation.recipe import Duplicates, Recipe, Rule
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.curating import apply_recipe
from curation.stages.embedding import chosen_embedder, find_pairs
from curation.stages.importing import recognised_job
from curation.stages.mapping import draw_map
from curation.stages.measuring import measure
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples
from curation.store.vectors import missing_texts, write_vectors

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
TITLES = ("Overview", "Import", "Generate", "Map", "Diversity", "Filters", "Duplicates", "Review", "Export", "Settings")
VERBS = ("Write", "Describe", "Explain", "Plan", "Translate", "Compare", "Name", "Rewrite", "Classify", "Find")
NOUNS = ("river", "poem", "list", "story", "table", "letter", "city", "garden", "recipe", "engine", "planet", "market")
REPEATS = 30
PEER = f"""
import streamlit as st

def show(title):
    st.title(title)
    if title == "Diversity":
        st.caption(f"{{len(st.sidebar.multiselect('State', ['kept', 'dropped']))}} samples shown")
    elif title == "Review":
        at = st.session_state.setdefault("at", [0])
        for key in "AJ":
            st.button(key, shortcut=key, on_click=lambda: at.append(at.pop() + 1))
        st.text(f"No. {{at[0]}} ·")
    elif title == "Duplicates":
        st.button(f"Remove {{st.slider('Similarity', 0.7, 1.0, 0.9, 0.005, format='%.3f')}}")
    else:
        st.write("One line.")

pages = [st.Page(lambda title=title: show(title), title=title, url_path=title.lower()) for title in {TITLES}]
st.navigation(pages).run()
"""

# From the event in the browser to the frame after the one in which the text is another one: the driver is not timed.
ARM = """([test, pattern, idle]) => {
  const all = selector => [...document.querySelectorAll(selector)];
  const text = () => all(test).map(one => one.ariaLabel ?? one.textContent).find(found => RegExp(pattern).test(found));
  const fresh = () => !all(test).some(one => one.closest('[data-stale=true]'));
  const drawn = () => all('[data-testid=stPlotlyChart]').every(one => one.querySelector('.main-svg'));
  const rests = () => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning';
  const frame = () => new Promise(requestAnimationFrame);
  const before = text();
  window.pressed = new Promise((done, fail) => {
    setTimeout(() => fail(`nothing changed: ${pattern} ${before}`), 30000);
    const begin = async event => {
      for (const name of ['keydown', 'pointerup']) removeEventListener(name, begin, true);
      const waits = () => [undefined, before].includes(text()) || !fresh() || !drawn() || (idle && !rests());
      while (waits()) await frame();
      await frame();
      done(performance.now() - event.timeStamp);
    };
    for (const name of ['keydown', 'pointerup']) addEventListener(name, begin, true);
  });
}"""
REST = "document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--samples", type=int, default=10_000)
    arguments.add_argument("--data", type=Path, help="a file to import in place of made-up samples")
    arguments.add_argument("--workspace", type=Path, help="a workspace to copy and measure as it is")
    arguments.add_argument("--rounds", type=int, default=3, help="visits to each page after the first one")
    asked = arguments.parse_args()
    if not CHROMIUM.exists():
        print(f"skipped: no browser at {CHROMIUM}; install chromium, or name one in CHROMIUM")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = folder / "project.duckdb"
        if asked.workspace:
            shutil.copy(asked.workspace, made)
        else:
            fill(made, asked.samples, asked.data)
        (folder / "peer.py").write_text(PEER)
        measured = []
        for command in (["app.py", "--workspace", str(made)], ["-m", "streamlit", "run", str(folder / "peer.py")]):
            with served(command, folder) as url:
                measured.append(visited(url, asked.rounds))
    report(*measured)


def fill(path, count, data):
    """Samples that are measured, placed on a map, paired, partly decided on, and under a recipe."""
    workspace = open_workspace(path)
    if data:
        runs.run_now(workspace, recognised_job(workspace, str(data)))
    else:
        add_samples(workspace, "made", [made_up(np.random.default_rng(i), i) for i in range(count)])
    measure(workspace, lambda _done, _requested: None)
    model = chosen_embedder(workspace).revision
    hashes = [found for found, _ in missing_texts(workspace, model, "prompt")]
    write_vectors(workspace, model, hashes, crowded(len(hashes)))
    draw_map(workspace, model, "prompt")
    print(f"{len(hashes):,} different prompts, {find_pairs(workspace, model, 'prompt'):,} near-duplicate pairs")
    recipe = Recipe(rules=(Rule(signal="words", least=12),), duplicates=Duplicates(threshold=0.9))
    apply_recipe(workspace, recipe, "benchmark", "me")
    add_decisions(workspace, list(range(0, 500, 2)), Decision("accept", "me"))
    add_decisions(workspace, list(range(1, 500, 2)), Decision("reject", "me"))
    workspace.close()


def made_up(random, number):
    verb, noun, more = (str(random.choice(words)) for words in (VERBS, NOUNS, NOUNS))
    answer = " ".join(random.choice(NOUNS, size=random.integers(5, 80)).tolist())
    asked = f"{verb} a {noun} about the {more}, number {number}."
    return Collected(Sample(asked, output=answer), Origin("templates", f"source {number % 5}", f"line {number}"))


@contextmanager
def served(command, folder):
    """Run one server until the block ends; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--port", str(port)]
    if "streamlit" in command:
        options = [f"--server.port={port}", "--server.headless=true", "--server.fileWatcherType=none"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, *command, *options], cwd=ROOT, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def visited(url, rounds):
    """What was done → milliseconds of each time; of a page the first visit comes first."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, base_url=url)
        page.goto("/settings")
        page.get_by_role("heading", name="Settings", level=1).wait_for()
        times = {title: [] for title in TITLES}
        for _ in range(1 + rounds):
            for title in TITLES:
                times[title].append(opened(page, title))
        times |= narrowed(page) | reviewed(page) | {"slider": slid(page)}
        browser.close()
    return times


def timed(page, press, watched, *, idle):
    page.wait_for_function(REST)
    page.wait_for_timeout(30)
    page.evaluate(ARM, [*watched, idle])
    press()
    return page.evaluate("window.pressed")


def opened(page, title):
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True)
    return timed(page, link.click, ("h1", f"^{title}$"), idle=True)


def narrowed(page):
    """A filter chosen and taken back; every count and chart is drawn anew."""
    opened(page, "Diversity")
    field = page.get_by_role("combobox", name="State")
    watched = ("[data-testid=stCaptionContainer]", "samples shown$")
    times = {"filter on": [], "filter off": []}
    field.scroll_into_view_if_needed()  # a list that is open closes when its side scrolls
    page.wait_for_timeout(300)
    for _ in range(REPEATS):
        field.click()
        option = page.get_by_role("option").filter(has_text="kept")
        times["filter on"].append(timed(page, option.click, watched, idle=True))
        page.keyboard.press("Escape")
        field.focus()
        times["filter off"].append(timed(page, lambda: field.press("Backspace"), watched, idle=True))
    return times


def reviewed(page):
    """Next sample in sight; what is slower to come, its facts and neighbours, may still be on the way."""
    opened(page, "Review")
    watched = ("[data-testid=stText]", "^No. ")
    return {
        f"key {key}": [timed(page, lambda: page.keyboard.press(key), watched, idle=False) for _ in range(REPEATS)]  # noqa: B023
        for key in "aj"
    }


def slid(page):
    """A step of the slider until the curve, the counts and the buttons are those of its place."""
    opened(page, "Duplicates")
    slider = page.get_by_test_id("stMain").get_by_role("slider")
    slider.focus()
    parts = ", ".join(
        f"[data-testid=stMain] [data-testid={part}]" for part in ("stPlotlyChart", "stMetric", "stButton")
    )
    watched = (parts, r" at [01]\.[0-9]+$|^Remove [01]\.")
    return [timed(page, lambda: slider.press("ArrowLeft"), watched, idle=False) for _ in range(REPEATS)]


def report(ours, peer):
    load = os.getloadavg()[0]
    print(f"milliseconds from press to picture, load {load:.1f} on {os.cpu_count()} cores")
    print(f"{'':12}{'first':>8}{'p50':>8}{'p95':>8}{'peer p50':>10}{'ratio':>8}{'times':>7}")
    for name, found in ours.items():
        first, later = (found[0], found[1:]) if name in TITLES else (None, found)
        floor = float(np.median(peer[name][1:] if name in TITLES else peer[name]))
        middle, slow = np.percentile(later, [50, 95])
        begin = f"{first:8,.0f}" if first else f"{'':8}"
        print(f"{name:12}{begin}{middle:8,.0f}{slow:8,.0f}{floor:10,.0f}{middle / floor:8.1f}{len(later):7}")


if __name__ == "__main__":
    main()
