"""Judges and the real client over HTTP to the practice model: stored, stopped, resumed, paid once, shown as signals."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from curation import runs
from curation.errors import Cancelled, NotReady
from curation.facets import Facets
from curation.judges import JUDGES, Adherence, Criterion, Deita, Pairwise, Rubric, Tags
from curation.practice import PRACTICE_MODEL
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.asking import Caps
from curation.stages.endpoints import write_endpoints
from curation.stages.judging import judge_job, preview_judging, resume_judging
from curation.stages.judging_order import Judging, choose_samples, expect_judging, own_family, read_judging
from curation.stages.practice import NAME, practice_endpoint
from curation.stages.synthesis import read_order
from curation.stages.tuning import choices
from curation.stages.verdicts import read_current
from curation.store import open_workspace
from curation.store.browse import count, count_labels, states_of
from curation.store.runs import read_run, recent_runs
from curation.store.samples import add_samples
from curation.store.scores import scores_of
from curation.store.signals import list_measured, read_labels, read_numbers
from curation.store.together import read_together
from curation.store.topics import TOPIC

THINGS = ["a quiet harbour", "two kinds of bread", "rules of chess", "how rain forms", "a letter to a landlord"]
VERBS = ["Describe", "Compare", "List", "Explain"]


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    made = [
        Collected(
            Sample(f"{verb} {thing}.", output="It is so. " + "And more of it here. " * (7 * n + m), rejected="No."),
            Origin("seeds", "seeds.jsonl", f"line {verb} {thing}", model="sift-practice-2" if n == 1 else ""),
        )
        for n, verb in enumerate(VERBS)
        for m, thing in enumerate(THINGS)
    ]
    made.append(Collected(Sample("Nothing was said."), Origin("seeds", "seeds.jsonl", "line 21")))
    add_samples(opened, "import-1", made)
    yield opened
    opened.close()


def order(judge=None, **options):
    return Judging(judge or Rubric(), (NAME,), tuple(range(21)), **{"own_family": True} | options)


def sent(workspace):
    """The key of every request that went over the wire, once for each time."""
    return [row[0] for row in workspace.execute("SELECT key FROM outcomes WHERE problem <> 'not sent'")]


@pytest.mark.parametrize("name", JUDGES)
def test_every_judge_over_http_is_stored_and_becomes_signals(workspace, name):
    note = run_now(workspace, judge_job(workspace, order(JUDGES[name]())))
    lacking = 0 if name == "tags" else 1
    assert note.startswith(f"{21 - lacking} verdicts")
    assert ("1 samples have nothing to judge" in note) is bool(lacking)
    assert all(one.model == PRACTICE_MODEL and not one.score.problem for one in scores_of(workspace, 0))
    assert any(signal.startswith(f"judge: {name} ") for signal in list_measured(workspace))
    assert list_measured(workspace)["judge: injection"].samples == 21 - lacking
    assert "kept" in states_of(workspace)
    assert "accepted" not in states_of(workspace)


@pytest.mark.parametrize("name", JUDGES)
def test_the_same_again_asks_nothing_and_adds_nothing(workspace, name):
    run_now(workspace, judge_job(workspace, order(JUDGES[name]())))
    before, rows = len(sent(workspace)), workspace.execute("SELECT count(*) FROM scores")
    note = run_now(workspace, judge_job(workspace, order(JUDGES[name]())))
    assert "were there before" in note
    assert (len(sent(workspace)), workspace.execute("SELECT count(*) FROM scores")) == (before, rows)


def test_signals_of_a_judge_are_like_any_other(workspace):
    run_now(workspace, judge_job(workspace, order()))
    offered = choices(workspace)
    for criterion in ("accuracy", "helpfulness", "clarity", "safety", "overall"):
        values = read_numbers(workspace, f"judge: rubric {criterion}")
        assert np.isfinite(values[:20]).all()
        assert np.isnan(values[20])
        assert offered[f"judge: rubric {criterion}"].kind == "number"
    assert np.nanmax(values) - np.nanmin(values) > 0.5
    good = Facets(ranges=(("judge: rubric overall", float(np.nanmedian(values)), None),))
    assert 8 <= count(workspace, good) <= 20


def test_a_changed_rubric_makes_old_scores_stale_and_keeps_them(workspace):
    run_now(workspace, judge_job(workspace, order()))
    other = Rubric(rubric=(Criterion(name="wit", asks="Is it funny?"),), most=3)
    run_now(workspace, judge_job(workspace, order(other)))
    assert read_current(workspace)["rubric"].version == other.version()
    said = scores_of(workspace, 0)
    assert {one.version for one in said} == {Rubric().version(), other.version()}
    names = {name for name in list_measured(workspace) if name.startswith("judge: rubric")}
    assert names >= {"judge: rubric wit"}
    assert not {"judge: rubric accuracy", "judge: rubric overall"} & names
    run_now(workspace, judge_job(workspace, order()))
    assert "judge: rubric accuracy" in list_measured(workspace)


class EveryName(str):
    """The practice model under any name, so that two of them are a jury."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __ne__(self, other):
        return False


def test_a_jury_judges_in_turn_and_its_spread_is_a_signal(workspace, monkeypatch):
    monkeypatch.setattr("curation.practice.protocol.PRACTICE_MODEL", EveryName(PRACTICE_MODEL))
    endpoint = replace(practice_endpoint(), name="Second", model="sparrow-7b")
    write_endpoints(workspace, [endpoint])
    jury = replace(order(), endpoints=(NAME, "Second"), numbers=tuple(range(20)), joining="median")
    note = run_now(workspace, judge_job(workspace, jury))
    assert note.startswith("40 verdicts by a jury of 2")
    together = read_together(workspace, "rubric", Rubric().version())["accuracy"]
    assert together.models.tolist() == [2] * 20
    assert np.isfinite(read_numbers(workspace, "judge: rubric spread")[:20]).all()
    assert len(sent(workspace)) == 40


def test_a_judge_of_the_writers_family_is_refused_until_a_person_allows_it(workspace):
    kin = order(own_family=False)
    assert own_family(workspace, kin) == {NAME: {"sift-practice-2": 5}}
    with pytest.raises(NotReady, match=r"its own family wrote: sift-practice-2 \(5\)"):
        run_now(workspace, judge_job(workspace, kin))
    with pytest.raises(NotReady, match="own family"):
        preview_judging(workspace, kin)
    assert sent(workspace) == []
    run_now(workspace, judge_job(workspace, replace(kin, own_family=True)))
    assert '"own_family": true' in recent_runs(workspace, 1)[0].options


def test_a_preview_stores_no_score_and_the_run_does_not_pay_for_it_again(workspace):
    seen = preview_judging(workspace, replace(order(), numbers=(20, 0, 1, 2, 3)))
    assert {number for number, _ in seen} == {0, 1, 2}
    assert workspace.execute("SELECT count(*) FROM scores") == [(0,)]
    run_now(workspace, judge_job(workspace, order()))
    assert len(sent(workspace)) == len(set(sent(workspace))) == 20


def test_a_stopped_run_keeps_what_it_judged_and_is_resumed_without_paying_twice(workspace):
    """N3, N4: stop at an instant, go on later."""
    stopped = threading.Event()

    def work(run, step):
        def stop_soon(done, wanted):
            if done >= 5:
                stopped.set()
                raise Cancelled("enough")
            step(done, wanted)

        return job.work(run, stop_soon)

    job = judge_job(workspace, order())
    with pytest.raises(Cancelled):
        run_now(workspace, replace(job, work=work))
    assert stopped.is_set()
    kept = len(read_together(workspace, "rubric", Rubric().version())["accuracy"].numbers)
    assert kept >= 5
    run = recent_runs(workspace, 1)[0].id
    assert list_measured(workspace)["judge: rubric accuracy"].samples == kept
    assert read_judging(workspace, run) == replace(order(), numbers=list(range(21)))
    resume_judging(workspace, run)
    runs.wait(run, 60)
    assert read_run(workspace, run).status == "done"
    assert len(sent(workspace)) == len(set(sent(workspace))) == 20
    with pytest.raises(NotReady, match="cannot be resumed"):
        read_order(workspace, run)


def test_a_cap_in_tokens_pauses_and_a_higher_one_goes_on(workspace):
    run = runs.start(workspace, judge_job(workspace, order(caps=Caps(tokens=4000))))
    runs.wait(run, 30)
    assert read_run(workspace, run).status == "paused"
    resume_judging(workspace, run, Caps())
    runs.wait(run, 60)
    assert read_run(workspace, run).status == "done"


def test_what_is_judged_already_is_not_offered_or_counted_again(workspace):
    assert expect_judging(workspace, order(Deita())).calls == 40
    assert choose_samples(workspace, order(), Facets(), 4) == (0, 1, 2, 3)
    run_now(workspace, judge_job(workspace, replace(order(), numbers=(0, 2))))
    assert choose_samples(workspace, order(), Facets(), 2) == (1, 3)
    assert choose_samples(workspace, order(), Facets(), 0)[-1] == 19
    assert choose_samples(workspace, order(Tags()), Facets(), 0)[-1] == 20
    assert expect_judging(workspace, order()).calls == 18
    assert expect_judging(workspace, order()).cost == 0


def test_pairs_become_a_verdict_in_words(workspace):
    run_now(workspace, judge_job(workspace, order(Pairwise())))
    found = set(read_labels(workspace, "judge: pairwise verdict")[:20])
    assert found <= {"chosen", "rejected", "tie", "ask people"}
    assert "chosen" in found


def test_tags_are_labels_of_which_a_sample_has_several(workspace):
    run_now(workspace, judge_job(workspace, order(Tags())))
    topics = dict(count_labels(workspace, TOPIC, Facets()))
    assert topics
    several = [
        number for number, value in enumerate(read_numbers(workspace, "judge: tags number of tags")) if value > 1
    ]
    own = [one.score.criterion for one in scores_of(workspace, several[0]) if one.score.criterion in topics]
    assert len(own) > 1
    both = Facets(labels=tuple((TOPIC, tag) for tag in own))
    assert count(workspace, both) >= max(topics[tag] for tag in own)
    assert dict(count_labels(workspace, TOPIC, Facets()))[own[0]] == topics[own[0]]
    assert read_labels(workspace, "judge: tags main tag")[several[0]] in own


def test_length_is_taken_out_where_there_is_enough_to_go_by(workspace):
    run_now(workspace, judge_job(workspace, order(Adherence())))
    assert "judge: adherence length-controlled" in list_measured(workspace)
