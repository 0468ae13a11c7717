"""Pairs made on the Generate page, then flipped, edited and dropped on Review; what counts is the store."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.pairing import Pairs
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.pairing import Order, pairs_job
from curation.store import Workspace, open_workspace
from curation.store.browse import states_of
from curation.store.candidates import count_rules
from curation.store.decisions import add_decisions
from curation.store.history import read_steps
from curation.store.runs import recent_runs
from curation.store.samples import add_samples, count_samples, find_sample, read_origins, read_samples
from curation.store.signals import write_signals
from pages._parts.generate_start import PAIR, WHAT
from pages._parts.review_walk import STATE
from tests.dashboard import ROOT

PLANTED = "[x](javascript:alert(1)) :material/delete: $a$"
PROMPTS = 5
SCORE = "judge: rubric quality"


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    for run in runs.running(opened):
        runs.wait(run, 20)
    opened.close()


@pytest.fixture
def judged(ws: Workspace) -> Workspace:
    """Five prompts with a good and a bad answer; those to the last are equally good."""
    made = [
        Collected(Sample(f"Task {n} {PLANTED}", output=f"{word} answer to {n} {PLANTED}"), Origin("t", model, f"{n}"))
        for n in range(PROMPTS)
        for word, model in (("Good", "a"), ("Bad", "b"))
    ]
    add_samples(ws, "run", made)
    write_signals(ws, 0, {SCORE: [5.0, 1.0] * (PROMPTS - 1) + [3.0, 3.0]})
    return ws


@pytest.fixture
def paired(judged: Workspace) -> Workspace:
    runs.run_now(judged, pairs_job(judged, Order(Pairs(), [SCORE])))
    return judged


def generate() -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    page.session_state[WHAT] = PAIR
    page.switch_page("pages/generate.py").run()
    assert not page.exception
    return page


def review(number: int, ws: Workspace) -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    page.query_params["sample"] = read_samples(ws, [number])[0].id
    page.switch_page("pages/review.py").run()
    assert not page.exception
    return page


def press(page: AppTest, name: str) -> AppTest:
    page.button(key=f"review.{name}.{page.session_state[STATE].event}").click().run()
    assert not page.exception
    return page


@pytest.mark.usefixtures("ws")
def test_without_two_answers_a_reader_is_told_what_to_do():
    assert "needs two answers" in generate().info[0].value


def test_without_scores_a_reader_is_told_to_judge(ws):
    made = [Collected(Sample("Task.", output=word), Origin("t", "a", word)) for word in ("one", "two")]
    add_samples(ws, "run", made)
    assert "Judge the answers first" in generate().info[0].value


def test_what_is_shown_is_what_the_run_makes(judged):
    page = generate()
    shown = {metric.label: metric.value for metric in page.metric}
    assert shown == {"Pairs": "4", "Prompts without a pair": "1", "Won by length alone": "0"}
    before = count_samples(judged)
    page.button(key="generate.pairs.start").click().run()
    runs.wait(recent_runs(judged)[0].id, 20)
    page.run()
    assert not page.exception
    run = recent_runs(judged)[0]
    assert (run.method, run.status) == ("pairs", "done")
    assert count_samples(judged) == before + 4
    assert count_rules(judged, run.id) == {"tie": 1}
    assert "Dropped, and why" in [one.value for one in page.subheader]


def test_a_bound_moves_the_counts_before_anything_is_stored(judged):
    page = generate()
    page.number_input(key="generate.pairs.margin").set_value(4.5).run()
    assert {metric.label: metric.value for metric in page.metric}["Pairs"] == "0"
    assert page.button(key="generate.pairs.start").disabled
    page.number_input(key="generate.pairs.margin").set_value(4.0).run()
    page.number_input(key=f"generate.pairs.minimum.{SCORE}").set_value(5.5).run()
    assert {metric.label: metric.value for metric in page.metric}["Prompts without a pair"] == "5"
    assert count_samples(judged) == 2 * PROMPTS


def test_a_pair_is_flipped_with_one_press_and_taken_back_with_one(paired):
    number = 2 * PROMPTS
    (old,) = read_samples(paired, [number])
    page = review(number, paired)
    assert [one.value.split(" ·")[0] for one in page.caption if "characters" in one.value][:2] == ["Chosen", "Rejected"]
    press(page, "flip")
    new = find_sample(paired, Sample(old.instruction, output=old.rejected, rejected=old.output).id)
    assert new is not None
    assert read_origins(paired, new)[0][1].parents == (old.id,)
    assert (states_of(paired)[number], states_of(paired)[new]) == ("rejected", "accepted")
    press(page, "undo")
    assert (states_of(paired)[number], states_of(paired)[new]) == ("kept", "rejected")


def test_a_pair_is_edited_in_place(paired):
    number = 2 * PROMPTS
    (old,) = read_samples(paired, [number])
    page = press(review(number, paired), "edit")
    event = page.session_state[STATE].event
    page.text_area(key=f"review.form.{event}.output").set_value("A better answer.")
    page.button(key=f"review.save.{event}").click().run()
    assert not page.exception
    new = find_sample(paired, Sample(old.instruction, output="A better answer.", rejected=old.rejected).id)
    assert new is not None
    assert (states_of(paired)[number], states_of(paired)[new]) == ("rejected", "accepted")
    assert len(read_steps(paired)) == 1
    assert page.session_state[STATE].shown != number


def test_an_edit_that_changes_nothing_is_refused_and_can_be_left(paired):
    number = 2 * PROMPTS
    page = press(review(number, paired), "edit")
    event = page.session_state[STATE].event
    page.button(key=f"review.save.{event}").click().run()
    assert [toast.value for toast in page.toast] == ["Nothing was changed\\."]
    page.button(key=f"review.cancel.{event}").click().run()
    assert not page.text_area
    assert states_of(paired)[number] == "kept"


def test_what_somebody_decided_meanwhile_is_told_and_a_second_press_flips(paired):
    """F18: the press does not land, and the card stays."""
    number = 2 * PROMPTS
    page = review(number, paired)
    add_decisions(paired, [number], Decision("accept", "bob"))
    press(page, "flip")
    assert "accepted by bob" in page.toast[0].value
    assert (states_of(paired)[number], page.session_state[STATE].shown) == ("accepted", number)
    press(page, "flip")
    assert states_of(paired)[number] == "rejected"


def test_what_was_typed_is_kept_where_somebody_was_faster(paired):
    number = 2 * PROMPTS
    page = press(review(number, paired), "edit")
    event = page.session_state[STATE].event
    page.text_area(key=f"review.form.{event}.output").set_value("A better answer.")
    add_decisions(paired, [number], Decision("reject", "bob"))
    page.button(key=f"review.save.{event}").click().run()
    assert "rejected by bob" in page.toast[0].value
    assert page.text_area(key=f"review.form.{event}.output").value == "A better answer."
    page.button(key=f"review.save.{event}").click().run()
    assert find_sample(paired, replace(read_samples(paired, [number])[0], output="A better answer.").id) is not None


@pytest.mark.parametrize("marked", [True, False])
def test_personal_data_is_masked_in_a_pair(ws: Workspace, marked: bool) -> None:
    pair = Sample("Who wrote it?", output="Ada, ada@lovelace.org", rejected="Ada, ada@lovelace.org it was")
    add_samples(ws, "run", [Collected(pair, Origin("t", "s", "1"))])
    page = review(0, ws)
    page.toggle(key="review.diff").set_value(marked).run()
    shown = [one.value for one in (*page.markdown, *page.text)]
    assert any("mail" in one for one in shown)
    # The whole text is in the two popovers alone.
    assert sum("lovelace" in one for one in shown) == 2


def test_a_single_answer_has_no_flip(paired):
    page = review(0, paired)
    keys = [str(button.key) for button in page.button]
    assert not any(key.startswith("review.flip") for key in keys)
    assert any(key.startswith("review.edit") for key in keys)


def test_the_lineage_leads_from_a_pair_to_its_answers(paired):
    """T1: the words of a sample are read as words alone."""
    page = review(2 * PROMPTS, paired)
    page.button_group(key="review.side").set_value("Lineage").run()
    assert not page.exception
    links = [link.proto.label for link in page.get("page_link") if "No." in link.proto.label]
    assert len(links) == 3
    assert links[0].startswith(f"**No. {2 * PROMPTS}** Task")
    assert all("\\[x\\]\\(javascript" in link for link in links)
    page.button_group(key="lineage.direction").set_value("Led to").run()
    assert any("Nothing was made" in one.value for one in page.caption)
