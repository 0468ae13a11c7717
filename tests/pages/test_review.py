"""Review, clicked as a reader does; what counts is what the store holds afterwards."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation.facets import Facets
from curation.recipe import Recipe, Rule
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.curating import apply_recipe
from curation.stages.queueing import Wanted, queue
from curation.store import Workspace
from curation.store.benchmarks import Hit, replace_hits
from curation.store.browse import count_reviewed, count_states, states_of
from curation.store.decisions import add_decisions, said_of, undo
from curation.store.history import read_steps
from curation.store.pairs import Edges, write_pairs
from curation.store.queues import waiting
from curation.store.samples import add_samples, read_samples
from curation.store.signals import write_signals
from pages._parts import review_card
from pages._parts.facet_bar import STATE as FACETS
from pages._parts.review_walk import STATE, Walk

ROOT = Path(__file__).resolve().parents[2]
PLANTED = "![x](http://127.0.0.1:1/leak) <script>window.__xss = 1</script>"


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    made = [Collected(Sample(f"Task {n}.", output=f"Answer {n}."), Origin("test", "here", str(n))) for n in range(60)]
    add_samples(ws, "run", made)
    return ws


def opened(**address: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    for name, value in address.items():
        page.query_params[name] = value
    page.switch_page("pages/review.py").run()
    assert not page.exception
    return page


def press(page: AppTest, name: str) -> AppTest:
    event = page.session_state[STATE].event
    page.button(key=f"review.{name}.{event}").click().run()
    assert not page.exception
    return page


def shown(page: AppTest) -> int:
    return int(next(text.value for text in page.text if text.value.startswith("No. ")).split()[1].replace(",", ""))


@pytest.mark.usefixtures("ws")
def test_an_empty_workspace_leads_to_import() -> None:
    page = opened()
    assert "nothing to review" in page.info[0].value
    assert page.get("page_link")


def test_each_key_is_one_event_about_the_sample_on_screen(filled: Workspace) -> None:
    """I1, N6: what the page showed is what the store holds when the next one shows."""
    page = opened()
    for at, action in enumerate(["accept", "reject", "skip"]):
        assert shown(page) == at
        press(page, action)
        assert [said.action for said in said_of(filled, at)] == [action]
    assert shown(page) == 3
    assert count_states(filled, Facets())["accepted"] == 1


@pytest.mark.usefixtures("filled")
def test_every_key_is_named_on_its_button() -> None:
    page = opened()
    keys = {button.proto.shortcut.upper() for button in page.main.button if button.proto.shortcut}
    assert keys == set("AXSUKJEFM12345")


def test_the_progress_line_equals_the_counts(filled: Workspace) -> None:
    """I4: the numbers on the page are those of the store."""
    page = opened()
    for action in ["accept", "skip", "reject", "accept"]:
        press(page, action)
    done, left = count_reviewed(filled, Facets(), "me")
    line = next(caption.value for caption in page.caption if "left" in caption.value)
    assert [int(number) for number in re.findall(r"\d+(?= (?:done|left|by you))", line)] == [done, left, 4]
    assert (done, left) == (4, 56) == (4, len(waiting(filled, "open", Facets(), "me")))


def test_a_press_for_a_card_that_has_gone_changes_nothing(filled: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """I2: the second half of a double press, which comes late, decides neither on this sample nor on the next."""
    walk = Walk(Wanted(Facets(), "me", "oldest"))
    walk.extend(filled)
    monkeypatch.setattr(review_card, "current", lambda: walk)
    monkeypatch.setattr(review_card.st, "session_state", {})
    monkeypatch.setattr(review_card.st, "query_params", {})
    event = walk.event
    for _ in range(2):
        review_card._decide(filled, event, (0, 0), "accept")
        review_card._undo(filled, "of another card")
        review_card._forward(filled, event)
        review_card._back(event)
    assert [said.is_undone for said in said_of(filled, 0)] == [False]
    assert walk.shown == 1
    assert said_of(filled, 1) == []


def test_undo_goes_back_more_than_fifty_steps_and_over_a_reload(filled: Workspace) -> None:
    """I3: each undo shows the sample that it is about, and a new tab can go on."""
    for number in range(53):
        add_decisions(filled, [number], Decision("accept" if number % 2 else "reject", "me"))
    page = opened()
    assert shown(page) == 53
    for number in range(52, 49, -1):
        press(page, "undo")
        assert shown(page) == number
    for _ in range(49):
        undo(filled, "me")
    again = opened()
    press(again, "undo")
    assert shown(again) == 0
    assert count_reviewed(filled, Facets(), "me") == (0, 60)
    press(again, "undo")
    assert shown(again) == 0
    assert sum(step.action == "undo" for step in read_steps(filled, limit=200)) == 53


def test_back_and_next_decide_nothing(filled: Workspace) -> None:
    page = opened()
    press(press(page, "next"), "next")
    assert shown(page) == 2
    press(page, "back")
    assert shown(page) == 1
    assert read_steps(filled) == []


def test_a_reason_is_kept_and_then_cleared(filled: Workspace) -> None:
    page = opened()
    page.text_input(key="review.reason.0").set_value("too short").run()
    press(page, "reject")
    assert said_of(filled, 0)[0].value == "too short"
    press(page, "reject")
    assert said_of(filled, 1)[0].value == ""


def test_a_link_shows_its_sample_and_lets_go_of_it(filled: Workspace) -> None:
    sample = read_samples(filled, [37])[0]
    page = opened(sample=sample.id)
    assert shown(page) == 37
    press(page, "accept")
    assert shown(page) == 0
    assert "sample" not in page.query_params
    assert said_of(filled, 37)[0].action == "accept"


@pytest.mark.usefixtures("filled")
def test_a_link_to_a_sample_that_is_not_there_says_so() -> None:
    page = opened(sample="0" * 32)
    assert "not in this workspace" in page.warning[0].value
    assert shown(page) == 0


def test_the_end_of_the_queue_says_what_to_do_next(filled: Workspace) -> None:
    add_decisions(filled, range(58), Decision("accept", "me"))
    page = opened()
    press(page, "next")
    press(page, "skip")
    assert "passed over" in page.info[0].value
    page.button(key="review.again").click().run()
    assert shown(page) == 58
    press(page, "accept")
    assert "decided on or skipped" in page.success[0].value


def test_facets_narrow_the_queue_and_random_is_another_order(filled: Workspace) -> None:
    page = opened()
    page.session_state[FACETS] = Facets(text="task 5").to_query()
    page.run()
    assert shown(page) == 5
    page.session_state[FACETS] = ""
    page.selectbox(key="review.order").set_value("random").run()
    assert shown(page) == queue(filled, Wanted(Facets(), "me", "random"))[0] != 0


def test_hostile_text_stays_text(ws: Workspace) -> None:
    """T1, T2: neither the text of a sample nor a name or a reason reaches Markdown."""
    add_samples(ws, "run", [Collected(Sample(PLANTED, output=PLANTED), Origin("m", PLANTED, PLANTED))])
    add_decisions(ws, [0], Decision("accept", PLANTED, PLANTED))
    add_decisions(ws, [0], Decision("tag", "me", PLANTED))
    page = opened(sample=read_samples(ws, [0])[0].id)
    assert any(PLANTED in text.value for text in page.text)
    marked = [*page.markdown, *page.caption, *page.warning, *page.info]
    assert not [one.value for one in marked if "127.0.0.1" in one.value]


def test_the_nearest_ones_are_shown_with_their_similarity(filled: Workspace) -> None:
    import numpy as np

    edges = Edges(np.array([0, 0], np.int32), np.array([7, 9], np.int32), np.array([0.91, 0.95], np.float32))
    write_pairs(filled, "model", "prompt", (0.7, 60), edges)
    page = opened()
    near = page.dataframe[0].value
    assert list(near["no."]) == [9, 7]
    assert list(near["similarity"]) == pytest.approx([0.95, 0.91])
    page.toggle(key="review.facts").set_value(False).run()
    assert len(page.dataframe) == 0


def test_all_that_match_is_one_step_with_the_number_in_the_dialog(filled: Workspace) -> None:
    """I8: whole filter, one undo."""
    page = opened()
    page.segmented_control(key="review.view").set_value("Table").run()
    page.session_state[FACETS] = Facets(text="task 5").to_query()
    page.run()
    page.button(key="review.acts.reject").click().run()
    assert "all that match" in page.markdown[-1].value
    page.run()  # as when a run behind the page ends meanwhile: the question stays
    page.button(key="table.confirm").click().run()
    assert not [button for button in page.button if button.key == "table.confirm"]
    assert count_states(filled, Facets())["rejected"] == 11
    assert [step.samples for step in read_steps(filled)] == [11]
    page.button(key="review.acts.undo").click().run()
    assert count_states(filled, Facets())["rejected"] == 0


def test_the_card_holds_the_evidence_of_a_hit_in_a_benchmark(filled: Workspace) -> None:
    replace_hits(filled, [Hit(1, "words", 14, "quiz.jsonl", "line 3", PLANTED, "the words of both")])
    assert not any(caption.value == "Nearest in benchmarks" for caption in opened().caption)
    page = opened(sample=read_samples(filled, [1])[0].id)
    assert any(caption.value == "Nearest in benchmarks" for caption in page.caption)
    (table,) = (each.value for each in page.dataframe if "benchmark" in each.value)
    assert table.to_dict("records") == [
        {"shares": "14 words in a row", "benchmark": "quiz.jsonl", "place": "line 3", "words": "the words of both",
         "item": PLANTED}
    ]  # fmt: skip


def test_a_flag_and_a_rating_stay_on_the_sample_and_are_undone(filled: Workspace) -> None:
    """I1: neither is a verdict, so the sample stays; the facet finds it."""
    page = press(press(opened(), "flag"), "rate.4")
    assert shown(page) == 0
    assert [(said.action, said.value) for said in said_of(filled, 0)] == [("flag", ""), ("rate", "4")]
    filled_keys = [button.proto.shortcut.upper() for button in page.main.button if button.proto.type == "primary"]
    assert filled_keys == ["A", "F", "1", "2", "3", "4"]
    assert any(value.value == "Flag" or value.label == "Flag" for value in page.sidebar.multiselect)
    press(press(page, "undo"), "undo")
    assert count_states(filled, Facets())["kept"] == 60
    assert all(said.is_undone for said in said_of(filled, 0))


@pytest.mark.parametrize(("way", "now"), [("theirs", "accepted"), ("mine", "rejected")])
def test_who_was_slower_is_told_and_chooses(filled: Workspace, way: str, now: str) -> None:
    """F18: the press does not land; keep theirs, or mine instead, with both in the history."""
    page = opened()
    add_decisions(filled, [0], Decision("accept", "bob"))
    press(page, "reject")
    assert "Already accepted by bob" in page.warning[0].value.replace("\\", "")
    assert shown(page) == 0
    resting = {button.proto.shortcut.upper() for button in page.main.button if button.disabled}
    assert {"A", "X", "S"} <= resting
    assert [said.reviewer for said in said_of(filled, 0)] == ["bob"]
    press(page, way)
    assert shown(page) == 1
    assert not page.warning
    assert states_of(filled)[0] == now
    assert [said.reviewer for said in said_of(filled, 0)] == ["bob", "me"][: 1 + (way == "mine")]


def test_two_tabs_of_one_reviewer_never_decide_twice_unasked(filled: Workspace) -> None:
    """F18: the tab that is behind is told; it goes on with the next sample."""
    one, other = opened(), opened()
    press(one, "accept")
    press(other, "reject")
    assert "Already accepted by me" in other.warning[0].value
    press(other, "theirs")
    press(other, "reject")
    assert states_of(filled)[:2] == ["accepted", "rejected"]


def test_what_others_decided_the_other_way_is_spared_unless_asked(filled: Workspace) -> None:
    """I8: conflicts are listed and not overwritten."""
    add_decisions(filled, [3, 4], Decision("accept", "bob"))
    page = opened()
    page.segmented_control(key="review.view").set_value("Table").run()
    page.button(key="review.acts.reject").click().run()
    assert "opposite on 2 of them" in page.warning[0].value
    page.button(key="table.confirm").click().run()
    assert states_of(filled).count("rejected") == 58
    page.button(key="review.acts.reject").click().run()
    page.toggle(key="table.theirs").set_value(True).run()
    page.button(key="table.confirm").click().run()
    assert states_of(filled).count("rejected") == 60


def test_a_bulk_act_waits_for_nobody_but_overrides_nobody_either(filled: Workspace) -> None:
    page = opened()
    page.segmented_control(key="review.view").set_value("Table").run()
    page.button(key="review.acts.reject").click().run()
    add_decisions(filled, [3], Decision("accept", "bob"))
    page.button(key="table.confirm").click().run()
    assert states_of(filled).count("rejected") == 0
    assert "Nothing was done" in page.toast[0].value


def test_the_table_is_sorted_and_searched(filled: Workspace) -> None:
    write_signals(filled, 0, {"words": [float(n % 7) for n in range(60)]})
    page = opened()
    page.segmented_control(key="review.view").set_value("Table").run()
    page.selectbox(key="review.sort.by.").set_value("words").run()
    page.toggle(key="review.sort.falling").set_value(True).run()
    table = page.dataframe[0].value
    assert list(table["Words in the answer"][:3]) == [6, 6, 6]
    page.segmented_control(key="facets.by").set_value("pattern").run()
    page.text_input(key="facets.text").set_value(r"Task [12]\.").run()
    assert sorted(page.dataframe[0].value["no."]) == [1, 2]
    assert Facets.from_query(str(page.session_state[FACETS])).pattern == r"Task [12]\."
    page.text_input(key="facets.text").set_value("(").run()
    assert "no regular expression" in page.warning[0].value
    assert page.button(key="review.acts.reject").disabled


@pytest.mark.usefixtures("filled")
def test_a_search_by_meaning_without_vectors_says_what_to_do() -> None:
    page = opened(f=Facets(meaning="colours").to_query())
    assert "Embed the samples" in page.warning[0].value


def test_a_value_close_to_its_bound_is_named(filled: Workspace) -> None:
    write_signals(filled, 0, {"words": [float(n) for n in range(60)]})
    apply_recipe(filled, Recipe(rules=(Rule(signal="words", least=20, most=58),)), "r", "me")
    lines = [text.value for text in opened(sample=read_samples(filled, [20])[0].id).text]
    assert "Words in the answer: 20 (fewest 20; 1.7% lie between)" in lines
    assert not [one for one in opened(sample=read_samples(filled, [40])[0].id).text if "lie between" in one.value]
