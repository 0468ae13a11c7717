"""Judges against people from stored scores: what was planted is found, and nothing is said of too few."""

import numpy as np
import pytest

from curation.judges import Adherence, Pairwise
from curation.judges.scoring import INJECTION
from curation.sample import Collected, Decision, Origin, Sample, Score
from curation.stages.judge_check import check_judges, share
from curation.stages.verdicts import show_as_signals
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples
from curation.store.scores import add_scores

COUNT = 120
RNG = np.random.default_rng(0)
GOOD = RNG.normal(size=COUNT)


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    add_samples(opened, "run", [Collected(one, Origin("alpaca", "a", str(n))) for n, one in enumerate(samples())])
    yield opened
    opened.close()


def samples():
    words = RNG.integers(1, 60, COUNT).tolist()
    return [Sample(f"Question {n}", output="word " * words[n], rejected="other words") for n in range(COUNT)]


def decide(workspace, upto=COUNT):
    for action, numbers in (("accept", np.flatnonzero(GOOD[:upto] > 0)), ("reject", np.flatnonzero(GOOD[:upto] <= 0))):
        add_decisions(workspace, numbers.tolist(), Decision(action, "Ada"))


def judged(workspace, judge, values, repeat=""):
    """Store values of one criterion, by sample; `values` are columns by the order shown."""
    criterion = judge.criteria()[0]
    ids = [str(row[0]) for row in workspace.execute("SELECT id FROM samples ORDER BY seq")]
    scores = [
        Score(ids[n], criterion, float(value), "so", "m", f"{n} {shown} {repeat}", order=shown)
        for shown, column in values.items()
        for n, value in enumerate(column)
    ]
    add_scores(workspace, f"run{repeat}", judge.name, judge.version(), scores)
    show_as_signals(workspace, judge, "mean")


def test_a_bound_is_proposed_where_people_draw_the_line(workspace):
    judge = Adherence()
    judged(workspace, judge, {"": np.clip(np.round(3.5 + GOOD), 1, 5)})
    assert not check_judges(workspace)[0].is_ready
    decide(workspace)
    found = next(one for one in check_judges(workspace) if one.criterion == judge.criteria()[0])
    assert found.criterion != INJECTION
    assert found.decided == COUNT
    assert found.accepted == (GOOD > 0).sum()
    assert found.proposed.bound == 4
    cells = found.proposed.cells
    assert (cells.both + cells.people_alone, cells.total) == (found.accepted, COUNT)
    assert found.agreement.cohen.low > 0.6
    assert found.rank.low > 0.6
    assert found.retest is None
    assert check_judges(workspace) is check_judges(workspace)


def test_ratings_count_besides_decisions(workspace):
    judged(workspace, Adherence(), {"": np.clip(np.round(3 + GOOD), 1, 5)})
    for rating in range(1, 6):
        numbers = np.flatnonzero(np.clip(np.round(3 + GOOD), 1, 5) == rating)
        add_decisions(workspace, numbers.tolist(), Decision("rate", "Ada", str(rating)))
    found = check_judges(workspace)[0]
    assert (found.decided, found.rated, found.is_ready) == (0, COUNT, True)
    assert found.rating_rank.value == pytest.approx(1)
    assert found.proposed is None


def test_a_planted_taste_for_what_is_shown_first_is_counted(workspace):
    swayed = np.arange(COUNT) < 30
    first, second = np.where(swayed, 1, np.sign(GOOD)), np.where(swayed, -1, np.sign(GOOD))
    judged(workspace, Pairwise(), {"chosen": first, "rejected": second})
    decide(workspace)
    swaps = check_judges(workspace)[0].swaps
    assert [(one.model, one.pairs, one.to_first, one.to_second, one.flipped) for one in swaps] == [
        ("m", COUNT, 30, 0, 30)
    ]
    assert share(30, COUNT).low < 0.25 < share(30, COUNT).high


def test_what_was_asked_twice_is_compared_with_itself(workspace):
    judge = Adherence()
    values = np.clip(np.round(3 + GOOD), 1, 5)
    judged(workspace, judge, {"": values})
    judged(workspace, judge, {"": np.where(np.arange(COUNT) < 12, 6 - values, values)}, "again")
    again = next(one.retest for one in check_judges(workspace) if one.retest)
    changed = ((np.arange(COUNT) < 12) & (values != 3)).sum()
    assert again.times == COUNT
    assert again.same.value == pytest.approx(1 - changed / COUNT)
    assert 0.5 < again.rank.value < 1


def test_a_judge_that_nobody_ran_and_one_class_of_decisions(workspace):
    assert check_judges(workspace) == ()
    judged(workspace, Adherence(), {"": np.ones(COUNT)})
    add_decisions(workspace, list(range(COUNT)), Decision("accept", "Ada"))
    found = check_judges(workspace)[0]
    assert found.proposed is None
    assert not found.agreement.cohen.is_known
    assert not found.rank.is_known
