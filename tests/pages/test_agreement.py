"""Agreement: numbers, the matrix that opens what is disputed, the queue of an expert, and rounds (I16)."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.rounds import Wanted, start_round
from curation.store import Workspace
from curation.store.browse import states_of
from curation.store.decisions import add_decisions
from curation.store.opinions import read_conflicts, settlement_of
from curation.store.rounds import EVERYBODY, NewRound, read_rounds
from curation.store.samples import add_samples
from curation.store.signals import write_signals

APP = str(Path(__file__).resolve().parents[2] / "app.py")
HOSTILE = "![x](http://127.0.0.1:9/leak) <b>Ben</b>"


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    """Twelve samples in a round; two people decided on all of them and differ on 3 and 7."""
    rows = [Collected(Sample(f"Task {n}", output=f"Answer {n}"), Origin("t", "s", str(n))) for n in range(20)]
    add_samples(ws, "run", rows)
    write_signals(ws, 0, {"cluster": ["poems" if n < 6 else "sums" for n in range(20)]})
    start_round(ws, NewRound("first", 2, 0.0, "olu"), Wanted(range(12), 12))
    for number in range(12):
        add_decisions(ws, [number], Decision("accept" if number % 2 else "reject", "Anna", "so"))
        slip = number in (3, 7)
        add_decisions(ws, [number], Decision("accept" if bool(number % 2) != slip else "reject", HOSTILE, "no"))
    return ws


def page(view: str = "") -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    if view:
        at.session_state["agreement.view"] = view
    at.run().switch_page("pages/agreement.py").run()
    assert not at.exception
    return at


def click(at: AppTest, start: str) -> None:
    next(button for button in at.button if (button.key or "").startswith(start)).click().run()
    assert not at.exception


def words(at: AppTest) -> str:
    return " ".join(one.value for kind in (at.caption, at.info, at.success, at.text) for one in kind)


@pytest.mark.usefixtures("ws")
def test_an_empty_workspace_says_what_to_do() -> None:
    assert "no samples yet" in page().info[0].value


def test_before_two_people_decided_the_way_on_is_a_round(ws: Workspace) -> None:
    add_samples(ws, "run", [Collected(Sample("Task", output="Answer"), Origin("t", "s", "1"))])
    at = page()
    assert "nothing to compare" in at.info[0].value
    click(at, "agreement.start")
    assert at.session_state["agreement.view"] == "Rounds"
    assert "no round yet" in at.info[0].value


def test_i16_numbers_and_what_two_disagree_on(filled: Workspace) -> None:
    at = page()
    shown = {metric.label: metric.value for metric in at.metric}
    assert shown["Shared samples"] == "12"
    assert shown["Same answer"] == "0.83"
    assert "Krippendorff's α" in shown
    assert "Cohen's κ" in shown
    among = at.selectbox(key="agreement.among")
    among.set_value(next(option for option in among.options if option.startswith(("Anna", "!")))).run()
    assert not at.exception
    listed = at.dataframe[-1].value
    assert listed["number"].tolist() == [3, 7]
    at.segmented_control(key="agreement.by").set_value("Clusters and labels").run()
    assert set(at.dataframe[0].value["label"]) == {"poems", "sums"}
    at.segmented_control(key="agreement.by").set_value("Each with themselves").run()
    assert at.dataframe[0].value["reviewer"].tolist() == sorted(["Anna", HOSTILE])
    at.selectbox(key="agreement.round").set_value(read_rounds(filled)[0].number).run()
    assert not at.exception


def test_a_click_on_a_square_opens_what_these_two_disagree_on(filled: Workspace, monkeypatch) -> None:
    """I16, I6: the click itself is Plotly's; what it does is `picked` with the place of the square."""
    from pages._parts import agreement_matrix

    calls = []
    monkeypatch.setattr(agreement_matrix, "clickable", lambda *given: calls.append(given))
    at = page()
    figure, _, _, picked, _ = calls[0]
    squares = figure.data[0]
    assert [str(text) for text in squares.text] == ["<b>0.67</b>"] * 2
    assert not any("<b>Ben" in text for text in [*squares.hovertext, *figure.layout.xaxis.ticktext])
    picked(0)
    assert at.dataframe[-1].value["number"].tolist() == [3, 7]
    assert read_conflicts(filled) == [3, 7]


def test_an_expert_settles_one_after_the_other_and_takes_back(filled: Workspace) -> None:
    at = page("For an expert")
    assert "2 samples wait" in words(at)
    assert {"Anna", HOSTILE} <= set(at.dataframe[0].value["who"])
    at.text_input(key="agreement.queue.reason").set_value("the date is wrong")
    click(at, "agreement.reject")
    settled = settlement_of(filled, 3)
    assert settled is not None
    assert (settled.action, settled.reason, settled.reviewer) == ("reject", "the date is wrong", "me")
    assert states_of(filled)[3] == "rejected"
    assert "No. 7" in words(at)
    click(at, "agreement.accept")
    assert "Nobody waits" in words(at)
    click(at, "agreement.undo")
    assert read_conflicts(filled) == [7]
    assert "No. 7" in words(at)


def test_a_round_is_started_shown_and_ended(filled: Workspace) -> None:
    at = page("Rounds")
    assert "12 samples for 2 people" in words(at)
    at.radio(key="agreement.new.kind").set_value("Calibration: all decide on the same samples").run()
    click(at, "agreement.new.start")
    assert len(read_rounds(filled)) == 1, "it has no name yet"
    at.text_input(key="agreement.new.name").set_value("![x](y) together")
    click(at, "agreement.new.start")
    newest = read_rounds(filled)[0]
    assert (newest.name, newest.overlap, newest.samples) == ("![x](y) together", EVERYBODY, 8)
    at.toggle(key="agreement.round.1.aside").set_value(True).run()
    table = at.dataframe[0].value
    assert table["number"].tolist()[:2] == [3, 7]
    assert table["differ"].tolist()[:3] == [True, True, False]
    click(at, f"agreement.round.{newest.number}.end")
    assert read_rounds(filled)[0].ended is not None


def test_a_round_leads_to_its_queue_on_review(filled: Workspace) -> None:
    start_round(filled, NewRound("more", 2, 0.0, "olu"), Wanted(range(20), 3))
    at = page("Rounds")
    click(at, "agreement.round.2.review")
    assert at.title[0].value == "Review"
    assert at.session_state["review.order"] == "rounds"
