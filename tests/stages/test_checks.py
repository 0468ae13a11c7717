"""Each check of the gate: what trips it, what does not, and which samples it names."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from curation.practice import PRACTICE_MODEL
from curation.recipe import Recipe, Shape
from curation.sample import Collected, Decision, Message, Origin, Sample
from curation.stages.adjudicating import settle
from curation.stages.checks import CHECKS
from curation.stages.checks.check import Finding, Outgoing
from curation.stages.checks.negatives import is_supervised
from curation.stages.checks.terms import terms_of
from curation.stages.contamination import find_contamination
from curation.stages.curating import apply_recipe
from curation.stages.exporting import FORMATS, form_of
from curation.stages.measuring import measure
from curation.stages.planning import plan
from curation.stages.revising import By, edit
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions
from curation.store.pairs import Edges, write_pairs
from curation.store.rounds import NewRound, add_round
from curation.store.samples import add_samples

Say = Callable[..., None]
IN = ("accepted", "kept")


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "w.duckdb")
    yield workspace
    workspace.close()


def put(ws: Workspace, *samples: Sample, **origin: object) -> None:
    """Add samples, each as a line of one file."""
    about = {"method": "alpaca", "source": "a.json"} | origin
    rows = [Collected(one, Origin(ref=f"{one.id[:6]} {i}", **about)) for i, one in enumerate(samples)]  # type: ignore[arg-type]
    add_samples(ws, "run", rows)


def look(
    ws: Workspace, name: str, *formats: str, licence: str = "other", states: tuple[str, ...] = IN
) -> Finding | None:
    """What one check finds in all that is in."""
    chosen = plan(ws, states, Shape(), practice=True)
    forms = [form_of(form, text=False) for form in formats or ("openai_chat",)]
    return CHECKS[name]()(Outgoing(ws, chosen, forms, licence))


def named(finding: Finding | None) -> list[int]:
    assert finding is not None
    assert finding.check in CHECKS
    assert finding.words.endswith((".", "`."))
    assert finding.count >= 1
    return [int(number) for number in finding.numbers]


def quiet(_done: int, _requested: int) -> None:
    """Nobody watches."""


@pytest.mark.parametrize("name", CHECKS)
def test_one_plain_sample_trips_no_check_that_it_can_be_clean_of(ws: Workspace, name: str) -> None:
    put(ws, Sample("Name a colour.", output="Red"), licence="cc0-1.0")
    measure(ws, quiet)
    found = look(ws, name, licence="mit")
    assert (found is None) == (name != "not_compared"), found


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_says_what_it_is(name: str) -> None:
    described = (CHECKS[name].__doc__ or "").strip().splitlines()
    assert described[0] == f"{CHECKS[name].label()}."
    assert len(" ".join(described[1:]).split()) > 8


def test_empty_fields_are_white_space_of_any_kind_and_blank_later_messages(ws: Workspace) -> None:
    put(
        ws,
        Sample("Fine.", output="Yes"),
        Sample("No answer.", output=""),
        Sample("Unseen.", output=" \u00a0\u200b\n\u3000"),
        Sample(" ", output="To nothing."),
        Sample(" ", " About this. ", output="Fine: the input asks."),
        Sample("Talk.", output="Hello", followups=(Message("user", "Well?"), Message("assistant", "\n "))),
        Sample("Talk more.", output="Hello", followups=(Message("user", 'Say ", "'), Message("assistant", "]"))),
        Sample("Bad alone.", output="", rejected="Go away."),
    )
    assert named(look(ws, "empty_fields")) == [1, 2, 3, 5]


def test_answers_are_not_missed_where_every_format_holds_prompts_alone(ws: Workspace) -> None:
    put(ws, Sample("No answer yet.", output=""), Sample(" ", output="x"))
    assert named(look(ws, "empty_fields", "trl_prompt_only")) == [1]
    assert named(look(ws, "empty_fields", "trl_prompt_only", "alpaca")) == [0, 1]


def test_conflicts_are_different_answers_to_the_same_until_people_accept_them(ws: Workspace) -> None:
    put(
        ws,
        Sample("What’s two and two?", output="4"),
        Sample("whats  two and two", output="5"),
        Sample("Name a colour.", output="Red"),
        Sample("name a colour", output="red!"),
        Sample("Compute 3.5 - 2", output="1.5"),
        Sample("Compute 35 - 2", output="33"),
        Sample("Capital of France?", output="Paris"),
        Sample("Capital of France?", output="Lyon"),
    )
    found = look(ws, "conflicts")
    assert named(found) == [0, 1, 6, 7]
    assert found
    assert "4 samples answer 2 tasks differently" in found.words
    add_decisions(ws, [0, 1], Decision("accept", "me"))
    add_decisions(ws, [7], Decision("reject", "me"))
    assert look(ws, "conflicts") is None


def test_disputes_are_open_until_an_expert_settles_them(ws: Workspace) -> None:
    put(ws, Sample("Name a colour.", output="Red"), Sample("Name another.", output="Blue"))
    add_round(ws, NewRound("first", 2, 0.0, "me"), [0, 1])
    add_decisions(ws, [0, 1], Decision("accept", "ann"))
    add_decisions(ws, [0], Decision("accept", "bob"))
    assert look(ws, "disputes") is None
    add_decisions(ws, [1], Decision("reject", "bob"))
    add_decisions(ws, [1], Decision("accept", "cyd"))
    assert named(look(ws, "disputes")) == [1]
    settle(ws, 1, "accept", "It is one.", By("eve", "e1"))
    assert look(ws, "disputes") is None


def test_personal_data_is_what_was_measured_and_not_measured_is_a_line_of_its_own(ws: Workspace) -> None:
    put(ws, Sample("Who?", output="ada@lovelace-letters.net"), Sample("Fine.", output="Yes"))
    assert look(ws, "personal_data") is None
    assert named(look(ws, "not_measured")) == [0, 1]
    measure(ws, quiet)
    found = look(ws, "personal_data")
    assert named(found) == [0]
    assert found
    assert "(e-mail)" in found.words
    assert look(ws, "not_measured") is None
    edit(ws, 0, Sample("Who?", output="Her."), By("me", "e1"))
    assert look(ws, "personal_data") is None
    assert named(look(ws, "not_measured")) == [2], "what a person wrote anew was not looked at yet"


def test_values_of_an_earlier_way_of_looking_do_not_count(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    put(ws, Sample("Fine.", output="Yes"))
    measure(ws, quiet)
    monkeypatch.setattr("curation.stages.checks.not_measured.stale", lambda _workspace: ["personal_data"])
    assert named(look(ws, "not_measured")) == [0]


def test_negatives_are_what_was_made_bad_and_what_a_pair_rejects(ws: Workspace) -> None:
    put(ws, Sample("Name a colour.", output="Loud"), Sample("Name a colour.", output="Red", rejected="Loud"))
    put(ws, Sample("Ask.", output="Good", rejected="Bad"), category="negative example: off-topic")
    assert named(look(ws, "negatives", "alpaca")) == [0, 2]
    assert look(ws, "negatives", "trl_preference", "trl_kto", "csv", "parquet", "trl_prompt_only") is None


def test_formats_that_teach_every_answer_as_a_good_one() -> None:
    found = {name for name in FORMATS if is_supervised(form_of(name, text=False))}
    assert found == {"openai_chat", "alpaca", "sharegpt", "trl_language_modelling", "trl_prompt_completion"}


def test_practice_text_is_counted_where_it_goes_out(ws: Workspace) -> None:
    put(ws, Sample("Name a colour.", output="Red"))
    put(ws, Sample("Made up.", output="x"), model=PRACTICE_MODEL, method="ask")
    assert named(look(ws, "practice_text")) == [1]
    left_out = plan(ws, IN, Shape(), practice=False)
    assert CHECKS["practice_text"]()(Outgoing(ws, left_out)) is None


@pytest.mark.parametrize(
    ("stated", "licence", "fits"),
    [
        ("Apache-2.0", "mit", True),
        ("cc-by-4.0", "cc-by-nc-4.0", True),
        ("CC BY-SA 4.0", "mit", False),
        ("CC BY-SA 4.0", "cc-by-sa-4.0", True),
        ("cc-by-sa-4.0", "cc-by-sa-3.0", False),
        ("cc-by-nc-4.0", "apache-2.0", False),
        ("cc-by-nc-4.0", "cc-by-nc-sa-4.0", True),
        ("cc-by-nc-sa-4.0", "cc-by-nc-4.0", False),
        ("CC-BY-ND-4.0", "cc-by-nd-4.0", False),
        ("GPL-3.0-or-later", "gpl-3.0", True),
        ("GPL-3.0", "mit", False),
        ("", "mit", False),
        ("our own terms", "mit", False),
        ("", "other", True),
        ("our own terms", "other", True),
        ("cc-by-nc-4.0", "other", True),
        ("CC-BY-ND-4.0", "other", False),
    ],
)
def test_a_licence_goes_into_these_sets(ws: Workspace, stated: str, licence: str, fits: bool) -> None:
    put(ws, Sample("Name a colour.", output="Red"), licence=stated)
    put(ws, Sample("Name another.", output="Blue"), licence="cc0-1.0", source="b.json")
    found = look(ws, "licences", licence=licence)
    assert (found is None) == fits
    assert found is None or (named(found) == [0] and (stated or "no licence stated") in found.words)


def test_sources_that_cannot_go_together_are_told_whatever_the_licence(ws: Workspace) -> None:
    put(ws, Sample("Name a colour.", output="Red"), licence="cc-by-sa-4.0", source="a")
    put(ws, Sample("Name another.", output="Blue"), licence="cc-by-nc-4.0", source="b")
    put(ws, Sample("Name a third.", output="Green"), licence="mit", source="c")
    found = look(ws, "licences")
    assert named(found) == [0, 1]
    assert found
    assert "cc-by-sa-4.0 (share-alike)" in found.words
    assert "cc-by-nc-4.0 (non-commercial)" in found.words
    add_decisions(ws, [1], Decision("reject", "me"))
    assert look(ws, "licences") is None, "only what goes out is compared"


def test_one_origin_that_fits_is_enough_and_children_keep_the_terms_of_their_parents(ws: Workspace) -> None:
    both, closed = Sample("Name a colour.", output="Red"), Sample("Name another.", output="Blue")
    put(ws, both, closed, licence="cc-by-nc-4.0", source="a")
    put(ws, both, licence="mit", source="b")
    child = Sample("Name another one.", output="Blue")
    put(ws, child, method="rewording", model="m", parents=(closed.id,))
    put(ws, Sample("And one more.", output="Blue"), method="rewording", model="m", parents=(child.id,))
    put(ws, Sample("Out of nothing.", output="x"), method="self_instruct", model="m")
    assert named(look(ws, "licences", licence="mit")) == [1, 2, 3]


def test_terms_are_read_as_people_write_them() -> None:
    assert terms_of("Creative Commons BY-NC-SA 4.0").kind == "non-commercial, share-alike"
    assert terms_of("CC0-1.0").kind == terms_of("BSD-3-Clause").kind == terms_of("MIT License").kind == "open"
    assert terms_of("mitigated").kind == "not known to Sift"
    assert terms_of("GPL-2.0-or-later").kind == "share-alike"
    several = ("MIT AND CC-BY-NC-4.0", "mit / cc-by-sa-4.0", "cc-by-4.0 and gpl-3.0", "MIT (research)", "gpl-3.0, x")
    assert {terms_of(name).kind for name in several} == {"not known to Sift"}, "the first one does not speak for all"
    assert terms_of("MIT OR Apache-2.0").kind == "open"


def test_contamination_is_found_and_not_compared_is_never_clean(ws: Workspace, tmp_path: Path) -> None:
    question = "Which of these nine rivers of the old kingdom reaches the northern sea first of all?"
    put(ws, Sample(question, output="The third."), Sample("Name a colour.", output="Red"))
    assert look(ws, "contamination") is None
    before = look(ws, "not_compared")
    assert named(before) == [0, 1]
    assert before
    assert "no benchmark was compared" in before.words
    assert not before.blocks
    (tmp_path / "quiz.txt").write_text(question)
    find_contamination(ws, [str(tmp_path / "quiz.txt")], quiet, meaning=False)
    found = look(ws, "contamination")
    assert named(found) == [0]
    assert found
    assert "quiz.txt" in found.words
    assert look(ws, "not_compared") is None
    put(ws, Sample("Name a late colour.", output="Red"))
    after = look(ws, "not_compared")
    assert named(after) == [2]


def test_pairs_across_splits_are_counted_with_their_samples(ws: Workspace) -> None:
    put(ws, *(Sample(f"Question {i}", output=f"Answer {i}") for i in range(60)))
    not_paired = look(ws, "not_paired")
    assert not_paired
    assert (not_paired.count, not_paired.blocks) == (60, False)
    chosen = plan(ws, IN, Shape())
    test = next(i for i, key in enumerate(chosen.ids) if chosen.assignment[key] == "test")
    train = [i for i, key in enumerate(chosen.ids) if chosen.assignment[key] == "train"]
    ends = sorted([test, train[0]]), sorted(train[1:3])
    edges = Edges(*(np.array(column, np.int32) for column in zip(*ends, strict=True)), np.float32([0.95, 0.95]))
    write_pairs(ws, "m", "prompt", (0.7, 60), edges)
    torn = CHECKS["split_leak"]()(Outgoing(ws, replace(chosen, threshold=0.9)))
    assert named(torn) == ends[0]
    assert torn
    assert (torn.count, torn.blocks) == (1, True)
    assert look(ws, "split_leak") is None, "a plan keeps them together"


def test_pairs_of_the_recipe_in_force_count(ws: Workspace) -> None:
    put(ws, *(Sample(f"Question {i}", output=f"Answer {i}") for i in range(10)))
    apply_recipe(ws, Recipe(), "all", "me")
    assert look(ws, "split_leak") is None


def test_little_by_people_warns(ws: Workspace) -> None:
    put(ws, Sample("Name a colour.", output="Red"))
    put(ws, *(Sample(f"Made {i}", output="x") for i in range(9)), model="m", method="self_instruct")
    assert look(ws, "human_share") is None
    put(ws, Sample("Made once more", output="x"), model="m", method="self_instruct")
    found = look(ws, "human_share")
    assert named(found) == [0]
    assert found
    assert found.words.startswith("Of 11 samples, 10 name a model as an author, 1 does not say who wrote it. Without")
    assert not found.blocks
