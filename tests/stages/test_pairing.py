"""Answers of one prompt with their scores become pairs of the workspace, once."""

from pathlib import Path

import pytest

from curation import runs
from curation.errors import NotReady
from curation.facets import Facets
from curation.pairing import Pairs
from curation.practice import PRACTICE_MODEL
from curation.sample import Collected, Decision, Message, Origin, Sample
from curation.stages.pairing import Order, look_ahead, pairs_job, preferred
from curation.store import Workspace, open_workspace
from curation.store.answers import Prompts, count_prompts, same_prompt
from curation.store.authors import written_alone_by
from curation.store.candidates import Drops, count_rules, read_dropped
from curation.store.decisions import add_decisions
from curation.store.runs import recent_runs
from curation.store.samples import add_samples, count_samples, find_sample, read_origins, read_samples
from curation.store.signals import write_signals

MODELS = ("qwen", "llama", "gemma")
PROMPTS = 6
ORDER = Order(Pairs(), ["judge: rubric quality"])


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def judged(ws: Workspace) -> Workspace:
    """Six prompts with three answers each, of 1, 3 and 5 points; a single answer, a conversation, a pair."""
    made = [
        Collected(
            Sample(f"Task {n}.", "about this", f"Answer {k} to {n}.", "Be brief."),
            Origin("respond", MODELS[k], f"{n} {k}", "writing", model=MODELS[k]),
        )
        for n in range(PROMPTS)
        for k in range(3)
    ]
    alone = [
        Sample("Task 0.", output="An answer without the input."),
        Sample("Task 0.", "about this", "An answer with more.", "Be brief.", (Message("user", "More."),)),
        Sample("Task 0.", "about this", "A pair.", "Be brief.", rejected="Worse."),
    ]
    add = [*made, *(Collected(one, Origin("test", "here", str(place))) for place, one in enumerate(alone))]
    add_samples(ws, "run", add)
    write_signals(ws, 0, {"judge: rubric quality": [1.0, 3.0, 5.0] * PROMPTS})
    return ws


def test_prompts_are_counted_by_all_of_their_text(judged):
    assert count_prompts(judged, Facets()) == Prompts(PROMPTS + 1, PROMPTS)
    assert sorted(map(sorted, same_prompt(judged, Facets()))) == [[3 * n, 3 * n + 1, 3 * n + 2] for n in range(PROMPTS)]
    assert count_prompts(judged, Facets(origins=("qwen", "llama"))) == Prompts(PROMPTS, PROMPTS)
    assert count_prompts(judged, Facets(origins=("qwen",))).several == 0


def test_pairs_are_samples_with_both_answers_as_parents(judged):
    before = count_samples(judged)
    runs.run_now(judged, pairs_job(judged, ORDER))
    assert count_samples(judged) == before + PROMPTS
    wanted = Sample("Task 2.", "about this", "Answer 2 to 2.", "Be brief.", rejected="Answer 0 to 2.")
    number = find_sample(judged, wanted.id)
    assert number is not None
    [(_, origin)] = read_origins(judged, number)
    parents = [find_sample(judged, parent) for parent in origin.parents]
    assert [one.output for one in read_samples(judged, [n for n in parents if n is not None])] == [
        "Answer 2 to 2.",
        "Answer 0 to 2.",
    ]
    assert (origin.source, origin.model) == ("chosen by gemma, rejected by qwen", "gemma, qwen")
    assert origin.category == "writing"
    assert "5.00 over 1.00 (judge: rubric quality)" in origin.ref


def test_a_pair_with_one_side_of_the_practice_model_is_held_back_like_all_its_text(ws):
    made = [
        Collected(Sample("Ask.", output=word), Origin("respond", model, word, model=model))
        for word, model in (("good", "qwen"), ("bad", PRACTICE_MODEL))
    ]
    add_samples(ws, "run", made)
    write_signals(ws, 0, {"judge: rubric quality": [5.0, 1.0]})
    runs.run_now(ws, pairs_job(ws, ORDER))
    assert written_alone_by(ws, PRACTICE_MODEL).tolist() == [1, 2]
    assert read_origins(ws, 2)[0][1].source == f"chosen by qwen, rejected by {PRACTICE_MODEL}"


def test_twice_is_once(judged):
    runs.run_now(judged, pairs_job(judged, ORDER))
    before = count_samples(judged)
    note = runs.run_now(judged, pairs_job(judged, ORDER))
    assert count_samples(judged) == before
    assert note.startswith("6 pairs, 6 of them were there already; 0 prompts")
    for number in range(before):
        told = [run for run, _ in read_origins(judged, number)]
        assert len(told) == len(set(told)), "noted twice by one run"


def test_a_prompt_without_a_pair_is_kept_with_its_reason(judged):
    write_signals(judged, 3, {"judge: rubric quality": [2.0, 2.0, 2.0, 1.0, 1.5, 1.9]})
    assert look_ahead(judged, ORDER).dropped == {"tie": 1, "margin too small": 1}
    runs.run_now(judged, pairs_job(judged, ORDER))
    run = recent_runs(judged)[0]
    assert (run.kind, run.method, run.status) == ("generate", "pairs", "done")
    assert count_rules(judged, run.id) == {"margin too small": 1, "tie": 1}
    (tie,) = read_dropped(judged, Drops(run.id, "tie"))
    assert tie.reason == "both answers score 2.00"
    assert tie.sample.rejected
    assert tie.sample.output != tie.sample.rejected


def test_what_is_out_is_chosen_no_more(judged):
    add_decisions(judged, [2], Decision("reject", "me"))
    kept = {match.chosen.sample.output for match in look_ahead(judged, ORDER).kept if match.chosen}
    assert "Answer 2 to 0." not in kept


def test_a_score_is_the_mean_of_several(judged):
    write_signals(judged, 0, {"judge: rubric clarity": [5.0, 5.0, 2.0] * PROMPTS})
    outlook = look_ahead(judged, Order(Pairs(margin=0.5), ["judge: rubric quality", "judge: rubric clarity"]))
    assert {match.margin for match in outlook.kept} == {1.0}


def test_the_scores_to_begin_with_are_the_criteria_of_one_judge(judged):
    for name in ("words", "judge: rubric clarity", "judge: rubric overall", "judge: rubric spread", "judge: injection"):
        write_signals(judged, 0, {name: [1.0]})
    known, first = preferred(judged)
    assert first == ["judge: rubric clarity", "judge: rubric quality"]
    assert known[-1] == "words"
    assert len(known) == 6


def test_without_answers_or_scores_a_reader_is_told(ws):
    with pytest.raises(NotReady, match="at least one score"):
        look_ahead(ws, Order(Pairs(), []))
    with pytest.raises(NotReady, match="has two answers"):
        runs.run_now(ws, pairs_job(ws, ORDER))
