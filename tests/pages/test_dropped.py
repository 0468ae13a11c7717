"""The dropped list of a run says for each candidate which rule dropped it and why."""

import pytest

from curation.generators import PromptEvolution, Refinement
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.practice import NAME
from curation.stages.synthesis import Order, synthesis_job
from curation.store.candidates import Drops, count_rules, read_dropped
from curation.store.runs import recent_runs
from curation.store.samples import add_samples
from tests.pages.test_generate import RUNS, VIEW, opened

THINGS = ("rain", "chess", "bread", "tides", "wool", "salt", "The Elbe", "glass", "rust", "dew")
TELLING = {
    "grown too long": "times, most 1.5",
    "nothing changed": "gave the answer back",
    "off its cell": "judged not to fit",
}


@pytest.mark.parametrize(
    ("method", "rules"),
    [
        (Refinement(), {"nothing changed", "grown too long"}),
        (PromptEvolution(variants=3, check=True), {"off its cell", "exact copy"}),
    ],
    ids=lambda one: getattr(one, "name", ""),
)
def test_every_dropped_candidate_shows_its_rule_and_its_reason(ws, method, rules):
    text = "is a good text about people and how they use small things. It has a short list of practical ideas, in all."
    asked = [Sample(f"Explain {one}.", output=f"{one} {text}") for one in THINGS]
    asked += [Sample(f"Is {one} a word?", output="Yes.") for one in THINGS]
    made = [Collected(one, Origin("s", "s", one.id)) for one in asked]
    add_samples(ws, "run", made)
    run_now(ws, synthesis_job(ws, Order(method, NAME, tuple(range(len(made))))))
    run = recent_runs(ws)[0].id
    assert rules <= set(count_rules(ws, run))
    page = opened()
    page.session_state[VIEW] = RUNS
    page.run()
    assert not page.exception
    shown = next(one.value for one in page.dataframe if "reason" in one.value)
    dropped = read_dropped(ws, Drops(run))
    assert list(zip(shown["rule"], shown["reason"], strict=True)) == [(one.rule, one.reason) for one in dropped]
    assert all(one.reason and TELLING.get(one.rule, "") in one.reason for one in dropped)
