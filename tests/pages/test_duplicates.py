"""Duplicates, clicked as a reader does; what counts is what the store holds afterwards."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from curation import runs
from curation.runs import Job
from curation.sample import Collected, Origin, Sample
from curation.stages.curating import current_recipe
from curation.store import Workspace
from curation.store.browse import states_of
from curation.store.duplicates import read_duplicates
from curation.store.pair_labels import Said, add_pair_label, pair_verdicts
from curation.store.pairs import Edges, write_pairs
from curation.store.ranks import read_ranks
from curation.store.samples import add_samples
from pages._parts.word_diff import MOST, word_diff

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = [
    "![x](http://127.0.0.1:1/leak.png)", "<img src=http://127.0.0.1:1/i>", "[a](javascript:alert(1))", "$x^2$",
    ":red[x] :smile: :material/home:", "www.example.com me@example.com https://example.com", "`code` **b** ~~s~~",
    "] :green-background[x] \\", "## head", "1. one", "&lt; <script>", "[^1]: note",
]  # fmt: skip


def add(workspace: Workspace, texts: list[str]) -> None:
    rows = [Collected(Sample(text, output="x"), Origin("test", "here", text)) for text in texts]
    add_samples(workspace, "run", rows)


@pytest.fixture
def paired(ws: Workspace) -> Workspace:
    """Twenty samples; 2n and 2n + 1 are near, from 0.71 to 0.98."""
    add(ws, [f"{'Name' if n % 2 else 'Give'} task {n // 2}" for n in range(20)])
    even = np.arange(0, 20, 2, dtype=np.int32)
    write_pairs(ws, "m", "prompt", (0.7, 20), Edges(even, even + 1, np.linspace(0.71, 0.98, 10).astype(np.float32)))
    return ws


def opened() -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    page.switch_page("pages/duplicates.py").run()
    assert not page.exception
    return page


def looking(page: AppTest, view: str) -> AppTest:
    """The page with another view behind the numbers, or another way to compare."""
    group = next(each for each in page.button_group if view in each.options)
    group.set_value(view).run()
    assert not page.exception
    return page


def numbers(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


@pytest.mark.usefixtures("ws")
def test_an_empty_workspace_leads_to_import() -> None:
    page = opened()
    assert "nothing to compare" in page.info[0].value
    assert page.get("page_link")


def test_copies_are_shown_before_anything_is_compared(ws: Workspace) -> None:
    add(ws, ["Name a colour.", "name a  colour", "Count"])
    page = looking(opened(), "Exact copies")
    assert any(caption.value.startswith("1 sample is the same") for caption in page.caption)
    assert not page.slider


def test_the_button_starts_the_run_that_finds_pairs(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    add(ws, ["Name a colour", "Name a fruit"])
    started: list[Job] = []
    monkeypatch.setattr(runs, "start", lambda _workspace, job: started.append(job))
    opened().button(key="duplicates.find").click().run()
    assert [job.kind for job in started] == ["embed"]


@pytest.mark.usefixtures("paired")
def test_the_slider_goes_in_both_directions_without_another_search() -> None:
    """I10."""
    page = opened()
    assert numbers(page) == {"Kept": "17", "Removed": "3", "Groups": "3", "Largest group": "2"}
    page.slider[0].set_value(0.7).run()
    assert numbers(page)["Removed"] == "10"
    page.slider[0].set_value(1.0).run()
    assert numbers(page) == {"Kept": "20", "Removed": "0", "Groups": "0", "Largest group": "0"}
    assert not page.exception
    assert (page.slider[0].min, page.slider[0].max) == (0.7, 1.0)


def test_remove_puts_the_threshold_in_force_and_keep_all_takes_it_back(paired: Workspace) -> None:
    page = opened()
    page.slider[0].set_value(0.8).run()
    page.button(key="duplicates.remove").click().run()
    assert not page.exception
    assert current_recipe(paired).duplicates.threshold == 0.8
    assert states_of(paired).count("dropped") == len(read_duplicates(paired)) == 7
    assert any("7 removed at 0.800" in caption.value for caption in page.caption)
    page.button(key="duplicates.keep").click().run()
    assert current_recipe(paired).duplicates.threshold is None
    assert set(states_of(paired)) == {"kept"}


def test_samples_that_came_later_are_named_with_a_way_to_compare_them(paired: Workspace) -> None:
    add(paired, ["A new one", "Another new one"])
    page = opened()
    assert page.warning[0].value.startswith("2 samples were added")
    assert page.button(key="duplicates.again")


def test_a_low_threshold_that_chains_is_warned_about(ws: Workspace) -> None:
    """I12: twelve samples in a row, each near the next one only."""
    add(ws, [f"Link {n}" for n in range(12)])
    row = np.arange(11, dtype=np.int32)
    write_pairs(ws, "m", "prompt", (0.7, 12), Edges(row, row + 1, np.full(11, 0.8, np.float32)))
    page = opened()
    assert not page.warning
    page.slider[0].set_value(0.75).run()
    assert page.warning[0].value.startswith("12 samples hang together only through others: 6 of them stay")


def test_texts_that_are_all_the_same_leave_no_threshold(ws: Workspace) -> None:
    add(ws, ["A", "B"])
    write_pairs(ws, "m", "prompt", (1.0000001, 2), Edges(*(np.zeros(0, t) for t in (np.int32, np.int32, np.float32))))
    page = opened()
    assert "no threshold below 1" in page.warning[0].value


def test_hostile_text_reaches_markdown_escaped_only(ws: Workspace) -> None:
    """T1, T2: each planted text is on the page, and never as it is."""
    add(ws, [text for hostile in HOSTILE for text in (hostile, f"{hostile} other")])
    even = np.arange(0, 2 * len(HOSTILE), 2, dtype=np.int32)
    write_pairs(ws, "m", "prompt", (0.7, 24), Edges(even, even + 1, np.full(len(even), 0.95, np.float32)))
    page = opened()
    drawn = [each.value for each in page.markdown]
    assert [text for hostile in HOSTILE for text in drawn if hostile in text] == []
    assert sum(":green-background[**other**]" in text for text in drawn) == 10


def test_a_pair_says_in_words_what_differs(ws: Workspace) -> None:
    add(ws, ["Name 3 rivers that are deep", "Name 4 rivers that are not deep"])
    write_pairs(
        ws, "m", "prompt", (0.7, 2), Edges(*(np.array([n], t) for n, t in ((0, "i4"), (1, "i4"), (0.95, "f4"))))
    )
    drawn = [each.value for each in opened().markdown]
    assert any("numbers differ" in text for text in drawn)
    assert any("negation differs" in text for text in drawn)
    assert not any("names differ" in text for text in drawn)


def button(page: AppTest, act: str) -> Button:
    return next(each for each in page.button if str(each.key).startswith(f"duplicates.{act}."))


def test_keys_label_the_pair_in_hand_and_the_next_one_follows(paired: Workspace) -> None:
    """I11: D and N; a pair told apart is never removed again."""
    page = looking(opened(), "Label pairs")
    page.slider[0].set_value(0.96).run()
    assert numbers(page)["Removed"] == "1"
    button(page, "duplicate").click().run()
    assert list(pair_verdicts(paired).items()) == [((16, 17), True)]
    button(page, "distinct").click().run()
    assert pair_verdicts(paired) == {(16, 17): True, (18, 19): False}
    assert not page.exception
    assert numbers(page)["Removed"] == "0"
    assert any("told apart" in each.value for each in looking(page, "Just above: the same").markdown)
    looking(page, "Label pairs")
    page.slider[0].set_value(0.94).run()
    page.button(key="duplicates.remove").click().run()
    assert read_duplicates(paired).tolist() == [17]
    button(page, "undo").click().run()
    assert pair_verdicts(paired) == {(16, 17): True}
    assert numbers(page)["Removed"] == "2"
    assert any("1 labelled: 1 duplicates" in each.value for each in page.caption)


def test_another_member_of_a_group_can_be_chosen_to_stay(paired: Workspace) -> None:
    """I12: swapped with one key, also where the threshold is in force already."""
    page = looking(opened(), "Groups")
    page.slider[0].set_value(0.97).run()
    page.button(key="duplicates.remove").click().run()
    assert read_duplicates(paired).tolist() == [19]
    groups = "duplicates.groups.0.970"
    page.session_state[groups] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page.run()
    swap = next(each for each in page.button if str(each.key).startswith("duplicates.swap."))
    assert swap.disabled
    event, kept = str(swap.key).split(".")[2:]
    page.session_state[f"duplicates.members.{event}.{kept}"] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    page.session_state[groups] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page.run()
    button(page, "swap").click().run()
    assert not page.exception
    assert np.flatnonzero(read_ranks(paired).preferred).tolist() == [19]
    assert any("changed since" in each.value for each in page.info)
    page.button(key="duplicates.remove").click().run()
    assert read_duplicates(paired).tolist() == [18]


@pytest.mark.usefixtures("paired")
def test_undo_of_nothing_says_so() -> None:
    page = looking(opened(), "Label pairs")
    button(page, "undo").click().run()
    assert not page.exception
    assert "nothing to undo" in page.toast[0].value


def test_thirty_labels_propose_a_threshold_that_can_be_used(ws: Workspace) -> None:
    add(ws, [f"{'Name' if n % 2 else 'Give'} task {n // 2}" for n in range(80)])
    even = np.arange(0, 80, 2, dtype=np.int32)
    write_pairs(ws, "m", "prompt", (0.7, 80), Edges(even, even + 1, np.linspace(0.71, 0.98, 40).astype(np.float32)))
    for n in range(5, 35):
        add_pair_label(ws, Said(2 * n, 2 * n + 1, "duplicate" if n >= 20 else "distinct", "me"))
    page = looking(opened(), "Label pairs")
    costs = next(each.value for each in page.dataframe if "precision" in each.value.columns)
    assert 0.83 <= float(costs["threshold"][0]) <= 0.86
    assert {costs["precision"][0], costs["recall"][0]} <= {"97%", "98%", "99%", "100%"}
    page.button(key="duplicates.use").click().run()
    assert page.slider[0].value == pytest.approx(float(costs["threshold"][0]), abs=0.0051)
    for n in (*range(5), *range(35, 40)):
        add_pair_label(ws, Said(2 * n, 2 * n + 1, "duplicate", "me"))
    page.run()
    assert "Every pair is labelled" in page.success[0].value


def test_pairs_in_which_a_chosen_feature_differs_are_kept_apart(paired: Workspace) -> None:
    add(paired, ["Name 3 rivers", "Name 4 rivers"])
    ends = [np.array([20], np.int32), np.array([21], np.int32)]
    write_pairs(paired, "m", "prompt", (0.7, 22), Edges(*ends, np.array([0.95], np.float32)))
    page = opened()
    assert numbers(page)["Removed"] == "1"
    page.button(key="duplicates.remove").click().run()
    page.multiselect[0].set_value(["numbers"]).run()
    assert numbers(page)["Removed"] == "0"
    assert any("another choice in force" in each.value for each in page.info)
    assert any("kept apart by what differs" in each.value for each in looking(page, "Just above: the same").markdown)
    page.button(key="duplicates.remove").click().run()
    assert not page.exception
    assert current_recipe(paired).duplicates.unless == ("numbers",)
    assert len(read_duplicates(paired)) == 0


@given(st.lists(st.sampled_from(["red", "blue", "a", "b."]), max_size=12), st.lists(st.sampled_from(["red", "a", "c"])))
def test_the_marked_words_are_those_that_the_other_lacks(left: list[str], right: list[str]) -> None:
    a, b = word_diff(" ".join(left), " ".join(right))
    for marked, words in ((a, left), (b, right)):
        bare = marked.replace(":green-background[**", "").replace("**]", "").replace("\\", "")
        assert bare.split() == words
    if left == right:
        assert ":green-background" not in a + b


def test_long_texts_are_cut_with_the_number_of_words_left() -> None:
    a, b = word_diff("word " * (MOST + 1_200), "word")
    assert a.endswith("… (1,200 more words)")
    assert "more words" not in b
