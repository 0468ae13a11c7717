"""T1, T2, T21: samples that attack whoever looks at them, on every page of the real dashboard in a real browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from app import PAGES
from curation.embedders import MiniLM
from curation.facets import Facets
from curation.layouts import Layout
from curation.sample import Collected, Decision, Message, Origin, Sample
from curation.stages.measuring import measure
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.maps import write_map
from curation.store.pairs import Edges, write_pairs
from curation.store.runs import end_run, start_run
from curation.store.samples import add_samples
from curation.store.signals import write_labels
from curation.store.vectors import missing_texts, write_vectors
from tests.browser.steps import go, idle
from tests.dashboard import Dashboard, started

TITLES = [title for group in PAGES.values() for title, _ in group.values()]
COUNT = 12
MODEL = MiniLM().revision
ATTACKS = (
    "![x]({canary}/markdown) ",
    '<img src="{canary}/image" onerror="window.__xss=1">',
    "<script>window.__xss=1;fetch('{canary}/script')</script>",
    '<svg onload="window.__xss=1"></svg>',
    "[press](javascript:window.__xss=1)",
    '<a href="javascript:window.__xss=1">press</a>',
    "$$\\href{{javascript:window.__xss=1}}{{x}}$$",
    ":red[coloured] :material/home: ",
    "<style>@import url('{canary}/style')</style>",
)


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that notes what it is asked for: (its address, the paths asked for)."""
    asked: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def attack(canary: str, i: int) -> str:
    """All attacks in one text, another one first for each sample, and a mark that reverses the reading order."""
    at = i % len(ATTACKS)
    return "".join((*ATTACKS[at:], *ATTACKS[:at])).format(canary=canary) + f" \u202egnp.{i}"


def fill(path: Path, canary: str) -> None:
    """Attacks in every text that a file, a model or a person can bring in."""
    workspace = open_workspace(path)
    run = start_run(workspace, "import", attack(canary, 1), "{}")
    texts = [attack(canary, i) for i in range(COUNT)]
    made = [
        Collected(
            Sample(f"{text} first", f"{text} in", f"{text} out", text, (Message("user", text),), f"{text} worse"),
            Origin(texts[1], text, f"line {i} {text}", category=text, licence=text, model=text),
        )
        for i, text in enumerate(texts)
    ]
    add_samples(workspace, run, made)
    end_run(workspace, run, "done", texts[2])
    measure(workspace, lambda _done, _requested: None)
    numbers = np.arange(COUNT, dtype=np.int32)
    vectors = np.random.default_rng(1).normal(size=(COUNT, 8)).astype(np.float32)
    write_vectors(workspace, MODEL, [key for key, _ in missing_texts(workspace, MODEL, "prompt")], vectors)
    write_map(workspace, MODEL, "prompt", Layout(), (numbers, vectors[:, :2]))
    similarity = np.linspace(0.8, 0.99, 6, dtype=np.float32)
    write_pairs(workspace, MODEL, "prompt", (0.7, COUNT), Edges(numbers[:6], numbers[6:], similarity))
    for signal in ("cluster", "verb", "object", "task_type", "language"):
        write_labels(workspace, signal, dict(enumerate(texts)))
    add_decisions(workspace, [0, 1, 2], Decision("tag", texts[3], texts[3]))
    add_decisions(workspace, [3], Decision("reject", texts[4], texts[4]))
    workspace.close()


@pytest.fixture(scope="module")
def attacked(tmp_path_factory) -> Iterator[tuple[Dashboard, str, list[str]]]:
    """A dashboard on hostile samples, the canary's address and what the canary was asked for."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.duckdb"
    with listening() as (canary, asked):
        fill(path, canary)
        with started(path) as running:
            yield running, canary, asked


@pytest.fixture
def page(chromium: Browser, attacked) -> Iterator[Page]:
    """A tab on the hostile samples with the content policy switched off: the pages hold on their own."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=attacked[0].url, bypass_csp=True)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def is_unharmed(page: Page, asked: list[str]) -> None:
    page.wait_for_timeout(150)  # what was drawn last gets the time to load something
    assert page.evaluate("window.__xss") is None
    assert page.locator('a[href^="javascript:"]').count() == 0
    assert asked == []


def test_no_page_fetches_or_runs_anything_of_a_sample(page: Page, attacked, shot):
    """T1, T2: every page."""
    asked = attacked[2]
    page.goto("/")
    idle(page)
    for title in TITLES:
        go(page, title)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        is_unharmed(page, asked)
        shot(title.lower())


def test_nor_does_a_page_narrowed_down_to_hostile_values(page: Page, attacked):
    """T1, T2: hostile values as chosen facets and in the address."""
    _, canary, asked = attacked
    text = attack(canary, 0)
    chosen = Facets(origins=(text,), labels=(("cluster", text), (text, text)), ranges=((text, None, 1),), text=text)
    for name in ("map", "diversity", "filters", "duplicates", "review", "export"):
        page.goto(f"/{name}?{_query(chosen)}")
        page.get_by_role("heading", level=1).first.wait_for()
        idle(page)
        is_unharmed(page, asked)


def test_the_views_of_the_review_page_are_unharmed(page: Page, attacked, shot):
    """T1, T2, T21: one sample in full, and the table of all; the mark that turns the reading order is shown."""
    asked = attacked[2]
    page.goto("/review")
    idle(page)
    expect(page.get_by_text("⟨U+202E⟩").first).to_be_visible()
    assert page.get_by_test_id("stText").filter(has_text="\u202e").count() == 0
    shot("bidi")
    page.get_by_role("radio", name="Table").click()
    idle(page)
    is_unharmed(page, asked)
    shot("table")


def test_the_canary_hears_a_fetch(chromium: Browser):
    """The tests above can fail: the same markup, set free, is fetched."""
    with listening() as (canary, asked):
        page = chromium.new_page()
        page.set_content(f'<img src="{canary}/heard">')
        page.wait_for_load_state("networkidle")
        page.close()
    assert asked == ["/heard"]


def _query(facets: Facets) -> str:
    return urlencode({"f": facets.to_query()})
