"""The Map page in Chromium without a graphics card: ours against Plotly's scattergl, on the same points, in one run.

python benchmarks/map.py [--points 52000] [--rounds 3] [--alone]

Measured, ours and the peer in turn: seconds from the address to the points on screen in a fresh browser; the drag of a
lasso (24 moves); from letting go to the words that say how many are selected; bytes to the browser and back. Ours is
the whole Map page with its filters, counts and tables; the peer is a page of one chart, one heading and one table, on
the same server software. The lasso is the same in pixels; how many points it holds on each map is printed. Points are
made up from a seed: twelve clouds.
--alone leaves the peer out, which takes minutes at a million points.

2026-11-21, 2 cores shared with other work (load 8), software GL, 52,000 points, ours and the peer: first paint 2.84 and
3.86 s, drag 0.63 and 7.23 s, lasso to table 0.97 and 1.30 s, to the browser 409 and 915 kB, back 1.6 and 1,702 kB.
A million points, ours alone (one visit, load 5): first paint 6.06 s, drag 0.52 s, lasso to table 3.62 s, back 1.6 kB.
Later that day, with what was looked up kept until something is written (load 16, one visit): a million points, first
paint 4.02 s, drag 0.47 s, lasso to table 2.59 s; the server's part of a lasso is 0.36 s of CPU, which was about 2.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from curation.layouts import Layout
from curation.sample import Collected, Origin, Sample
from curation.store import open_workspace
from curation.store.maps import write_map
from curation.store.samples import add_samples
from curation.store.signals import write_labels
from pages import CHROMIUM, served

PEER = """
import numpy as np, plotly.graph_objects as go, streamlit as st
st.set_page_config(layout="wide")
st.title("Map")
points = np.load({path!r})
figure = go.Figure()
for cloud in range(12):
    own = points["cloud"] == cloud
    place = points["places"][own]
    figure.add_trace(go.Scattergl(x=place[:, 0], y=place[:, 1], mode="markers", marker=dict(size=3, opacity=0.45),
        customdata=np.flatnonzero(own).astype(np.int32), hoverinfo="skip"))
hidden = dict(visible=False)
figure.update_layout(height=620, dragmode="lasso", uirevision="map", showlegend=True,
    margin=dict(l=0, r=0, t=8, b=8), xaxis=hidden, yaxis=hidden | dict(scaleanchor="x"))
found = st.plotly_chart(figure, key="map", on_select="rerun", selection_mode=("lasso",))["selection"]["points"]
if found:
    st.subheader(f"{{len(found):,}} selected")
    st.dataframe(dict(number=[point["customdata"] for point in found[:50]]))
"""
DRAWN = {"ours": ".map[data-drawn]", "peer": ".gl-canvas-context"}
AREA = {"ours": "canvas.lines", "peer": ".nsewdrag"}
CORNERS = [(0.5, 0.3), (0.62, 0.5), (0.5, 0.7), (0.38, 0.5), (0.5, 0.3)]
FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
IDLE = "document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--points", type=int, default=52_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--alone", action="store_true", help="without the peer")
    asked = arguments.parse_args()
    if not CHROMIUM.exists():
        print(f"skipped: no browser at {CHROMIUM}; install chromium, or name one in CHROMIUM")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places, cloud = made_up(asked.points)
        np.savez(folder / "points.npz", places=places, cloud=cloud)
        fill(folder / "map.duckdb", places, cloud)
        (folder / "peer.py").write_text(PEER.format(path=str(folder / "points.npz")))
        commands = {"ours": ["app.py", "--workspace", str(folder / "map.duckdb")]}
        if not asked.alone:
            commands["peer"] = ["-m", "streamlit", "run", str(folder / "peer.py")]
        report(asked.points, measured(commands, folder, asked.rounds))


def made_up(points):
    random = np.random.default_rng(0)
    cloud = random.integers(0, 12, points)
    middles = random.normal(0, 6, (12, 2))
    return (middles[cloud] + random.normal(0, 1, (points, 2))).astype(np.float32), cloud


def fill(path, places, cloud):
    workspace = open_workspace(path)
    for first in range(0, len(places), 100_000):
        numbers = range(first, min(first + 100_000, len(places)))
        rows = [Collected(Sample(f"Task {i}", output="Answer"), Origin("made", "made up", str(i))) for i in numbers]
        add_samples(workspace, "made", rows)
    write_map(workspace, "made up", "prompt", Layout(), (np.arange(len(places), dtype=np.int32), places))
    write_labels(workspace, "cluster", {i: f"cloud {k}" for i, k in enumerate(cloud.tolist())})
    workspace.close()


def measured(commands, folder, rounds):
    """Who → one dictionary of times and bytes per round; who is measured changes from round to round."""
    found = {who: [] for who in commands}
    urls, contexts = {}, []
    try:
        for who, command in commands.items():
            (folder / who).mkdir()
            context = served(command, folder / who)
            contexts.append(context)
            urls[who] = context.__enter__()
        for number in range(rounds + 1):
            for who in commands:
                times = visited(who, urls[who])
                if number:  # the first visit imports what the server needs
                    found[who].append(times)
    finally:
        for context in contexts:
            context.__exit__(None, None, None)
    return found


def visited(who, url):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 1100})
        moved = {"down": 0, "up": 0, "largest": 0}
        page.on("websocket", lambda socket: counted(socket, moved))
        begin = time.perf_counter()
        page.goto(f"{url}/map" if who == "ours" else url, wait_until="commit")
        page.locator(DRAWN[who]).first.wait_for(state="attached", timeout=180_000)
        page.evaluate(FRAMES)
        times = {"first paint, s": time.perf_counter() - begin}
        page.wait_for_function(IDLE, timeout=180_000)
        times |= {"down, kB": moved["down"] / 1000, "largest message, kB": moved["largest"] / 1000}
        before = moved["up"]
        times |= lassoed(page, who)
        times["up, kB"] = (moved["up"] - before) / 1000
        browser.close()
    return times


def counted(socket, moved):
    socket.on(
        "framereceived",
        lambda frame: moved.update(down=moved["down"] + len(frame), largest=max(moved["largest"], len(frame))),
    )
    socket.on("framesent", lambda frame: moved.update(up=moved["up"] + len(frame)))


def lassoed(page, who):
    box = page.locator(AREA[who]).first.bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in CORNERS]
    page.mouse.move(*places[0])
    begin = time.perf_counter()
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=6)
    page.evaluate(FRAMES)
    drawn = time.perf_counter()
    page.mouse.up()
    words = page.get_by_role("heading", name="selected")
    words.wait_for(timeout=180_000)
    page.locator("[data-testid=stDataFrame]").first.wait_for(timeout=180_000)
    page.evaluate(FRAMES)
    number = int("".join(sign for sign in words.text_content() if sign.isdigit()))
    return {"lasso drag, s": drawn - begin, "lasso to table, s": time.perf_counter() - drawn, "selected": number}


def report(points, found):
    print(f"{points:,} points, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; medians")
    middle = {
        who: {name: float(np.median([one[name] for one in rounds])) for name in rounds[0]}
        for who, rounds in found.items()
    }
    for name, ours in middle["ours"].items():
        peer = middle.get("peer", {}).get(name)
        print(f"{name:20}{ours:12,.2f}" + (f"{peer:12,.2f}{peer / max(ours, 1e-9):8.1f} x" if peer is not None else ""))
    print(f"{'bytes per point':20}{middle['ours']['largest message, kB'] * 1000 / points:12,.2f}  (the map alone)")


if __name__ == "__main__":
    main()
