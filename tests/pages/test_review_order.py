"""The order of the queue, chosen as a reader does: what is next, why, and the share that would be accepted."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation.facets import Facets
from curation.recipe import Recipe, Rule
from curation.reviewing.orders import ORDERS
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.curating import apply_recipe
from curation.stages.queueing import Wanted, queue
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples
from curation.store.signals import write_signals
from pages._parts.review_walk import STATE

ROOT = Path(__file__).resolve().parents[2]
COUNT = 60


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = open_workspace(tmp_path / "w.duckdb")
    made = [Collected(Sample(f"Task {n}.", output=f"Answer {n}."), Origin("test", "", str(n))) for n in range(COUNT)]
    add_samples(opened, "run", made)
    write_signals(opened, 0, {"words": [float(7 * n % COUNT) for n in range(COUNT)]})
    yield opened
    opened.close()


def opened() -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    page.switch_page("pages/review.py").run()
    assert not page.exception
    return page


def in_order(page: AppTest, name: str) -> AppTest:
    page.selectbox(key="review.order").set_value(name).run()
    assert not page.exception
    return page


def test_every_order_can_be_chosen_and_shows_its_first_sample(ws: Workspace) -> None:
    add_decisions(ws, [3], Decision("accept", "ann"))
    add_decisions(ws, [3], Decision("reject", "bob"))
    add_decisions(ws, [4], Decision("reject", "bob"))
    page = opened()
    for name in ORDERS:
        in_order(page, name)
        first = queue(ws, Wanted(Facets(), "me", name), 1)
        assert page.session_state[STATE].shown == (first[0] if first else None)


def test_a_doubtful_sample_says_why_it_is_next(ws: Workspace) -> None:
    apply_recipe(ws, Recipe(rules=(Rule(signal="words", least=30),)), "r", "me")
    page = in_order(opened(), "doubtful")
    assert "Next because: close to the bound of “Words in the answer”." in [text.value for text in page.text]
    assert not [text for text in in_order(page, "newest").text if text.value.startswith("Next because")]


def test_the_end_of_second_opinions_speaks_of_them(ws: Workspace) -> None:
    add_decisions(ws, [4], Decision("reject", "bob"))
    page = in_order(opened(), "second opinions")
    page.button(key=f"review.accept.{page.session_state[STATE].event}").click().run()
    assert "second opinion" in page.success[0].value


def test_the_share_is_told_once_enough_came_by_chance(ws: Workspace) -> None:
    page = in_order(opened(), "random")
    assert "would be accepted" not in " ".join(caption.value for caption in page.caption)
    chosen = queue(ws, Wanted(Facets(), "me", "random"), 30)
    add_decisions(ws, chosen[:20], Decision("accept", "me"))
    add_decisions(ws, chosen[20:], Decision("reject", "me"))
    page.run()
    (told,) = [caption.value for caption in page.caption if "would be accepted" in caption.value]
    assert any(f"about {share}%" in told for share in (66, 67, 68))
    assert "more for ± 3" in told
