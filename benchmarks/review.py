"""Review in a real browser: how long the keys A, J and U take from press to the next sample in sight (I1, I3).

python benchmarks/review.py [--samples 10000 100000] [--presses 40]

The peer is Streamlit itself: a page with the same three keys and one line of text, pressed in turn with ours in the
same browser, so that the ratio says how many times as long the dashboard takes as the least that Streamlit can do on
this machine. Afterwards the workspace must hold exactly one event per press. Samples, 20 signals, vectors, pairs, a
recipe and 500 decisions are made up from a seed.

Results, milliseconds, on two cores that about ten other programs used as well (a quiet machine is several times as
fast; the peer says how busy it was, though in these runs what follows the text of ours was still in its way):

2026-11-21, 10,000 samples, load 11   A 175 (p95 322), J 160 (259), U 167 (343); peer 214 to 226
2026-11-21, 10,000 samples, load 20   A 377 (p95 1,429), J 292 (771), U 337 (1,354); peer 593 to 707
2026-11-21, 100,000 samples, load 25  A 382 (p95 769), J 273 (1,488), U 523 (1,084); peer 526 to 615
"""

import argparse
import os
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from pairs import crowded
from playwright.sync_api import sync_playwright

from curation.recipe import Recipe, Rule
from curation.sample import Decision
from curation.stages.curating import apply_recipe
from curation.stages.embedding import chosen_embedder, find_pairs
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.history import read_steps
from curation.store.samples import add_samples
from curation.store.signals import write_signals
from curation.store.vectors import missing_texts, write_vectors
from pages import CHROMIUM, REST, made_up, served, timed

KEYS = {"A": "accept", "J": "next", "U": "undo"}
GOAL = 300
"""Milliseconds in which 95 of 100 next samples are to be in sight (I1)."""
DECIDED, SIGNALS = 500, 20
PEER = """
import streamlit as st

st.title("Review")
at = st.session_state.setdefault("at", [0])

@st.fragment
def card():
    for key in "AJU":
        st.button(key, shortcut=key, on_click=lambda: at.append(at.pop() + 1))
    st.text(f"No. {at[0]} ·")

card()
"""
LINE = ("[data-testid=stText]", "^No. ")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--samples", type=int, nargs="+", default=[10_000, 100_000])
    arguments.add_argument("--presses", type=int, default=40, help="of each key")
    asked = arguments.parse_args()
    if not CHROMIUM.exists():
        print(f"skipped: no browser at {CHROMIUM}; install chromium, or name one in CHROMIUM")
        return
    print(f"{'samples':>9}{'key':>5}{'p50':>7}{'p95':>7}{'peer p50':>10}{'ratio':>7}  p95 < {GOAL} ms   load")
    for count in asked.samples:
        with tempfile.TemporaryDirectory() as name:
            report(count, *measured(Path(name), count, asked.presses))


def measured(folder, count, presses):
    """Milliseconds of each press by key, ours and the peer's, pressed in turn."""
    made = folder / "project.duckdb"
    fill(made, count)
    (folder / "peer.py").write_text(PEER)
    commands = (["app.py", "--workspace", str(made)], ["-m", "streamlit", "run", str(folder / "peer.py")])
    times = {key: [] for key in KEYS}, {key: [] for key in KEYS}
    with served(commands[0], folder) as ours, served(commands[1], folder) as peer, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        sides = [browser.new_page(viewport={"width": 1440, "height": 900}) for _ in times]
        for page, url in zip(sides, (f"{ours}/review", peer), strict=True):
            page.goto(url)
            page.get_by_text("No. ").first.wait_for()
        # The first presses load what is read once.
        for turn in range(-2, presses):
            for key in KEYS:
                for page, found in zip(sides, times, strict=True):
                    page.bring_to_front()
                    took = timed(page, lambda: page.keyboard.press(key.lower()), LINE, idle=False)  # noqa: B023
                    found[key].extend([took] if turn >= 0 else [])
                    # What comes after the text must not be in the other one's way.
                    page.wait_for_function(REST)
        browser.close()
    check(made, presses + 2)
    return times


def fill(path, count):
    """Samples that are measured, embedded, paired, partly decided on, and under a recipe."""
    workspace, random = open_workspace(path), np.random.default_rng(count)
    add_samples(workspace, "made", [made_up(np.random.default_rng(i), i) for i in range(count)])
    write_signals(workspace, 0, {f"signal {n}": random.gamma(2, 10, count) for n in range(SIGNALS)})
    write_signals(workspace, 0, {"verb": [f"verb {n}" for n in random.integers(0, 50, count)]})
    model = chosen_embedder(workspace).revision
    hashes = [found for found, _ in missing_texts(workspace, model, "prompt")]
    write_vectors(workspace, model, hashes, crowded(len(hashes)))
    find_pairs(workspace, model, "prompt")
    rules = tuple(Rule(signal=f"signal {n}", least=2.0, most=60.0) for n in range(4))
    apply_recipe(workspace, Recipe(rules=rules), "benchmark", "me")
    for action, first in (("accept", 0), ("reject", 1)):
        add_decisions(workspace, range(first, DECIDED, 2), Decision(action, "me"))
    workspace.close()


def check(path, presses):
    """One event per press, none twice, none lost (I2, N6)."""
    workspace = open_workspace(path)
    found = Counter(step.action for step in read_steps(workspace, limit=10 * presses) if step.samples == 1)
    workspace.close()
    assert found == {"accept": presses, "undo": presses}, found


def report(count, ours, peer):
    load = os.getloadavg()[0]
    for key, found in ours.items():
        middle, slow = np.percentile(found, [50, 95])
        floor = np.median(peer[key])
        kept = "yes" if slow < GOAL else "no"
        print(f"{count:9,}{key:>5}{middle:7.0f}{slow:7.0f}{floor:10.0f}{middle / floor:7.1f}  {kept:>13}{load:7.1f}")


if __name__ == "__main__":
    main()
