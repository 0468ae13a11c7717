"""The collapse watch: on simulated runs, from what is stored, by generation."""

import math
from contextlib import closing
from random import Random

import pytest

from curation.rouge import Pool
from curation.sample import Candidate, Collected, Origin, Sample
from curation.stages.generations import depths_of, read_generations
from curation.stages.watching import BATCH, MEASURES, Watch, human_share, read_batch, watch_run
from curation.store import open_workspace
from curation.store.candidates import add_candidates
from curation.store.plans import Plan, add_plan
from curation.store.proposed import Proposed
from curation.store.samples import add_samples

WORDS = [f"word{at}" for at in range(400)]
NONE = Pool()
SEEDS = Pool(["word1 word2 word3 word4 word5", "word6 word7 word8 word9 word10"])


def varied(chance: Random) -> Proposed:
    """A text as a source gives it that stays as it is: some openings and words are commoner, templates come up."""
    start = chance.choices(["write a", "explain the", "list some", "what is"], [4, 3, 2, 5])[0]
    weights = [1 / (at + 5) for at in range(len(WORDS))]
    asked = " ".join(chance.choices(WORDS, weights, k=chance.randint(4, 14)))
    said = " ".join(chance.choices(WORDS, weights, k=chance.randint(3, 60)))
    model = "as an ai language model " if chance.random() < 0.03 else ""
    return Proposed(f"{start} {asked}", model + said, -1)


def collapsed(chance: Random) -> Proposed:
    """What a model says that has collapsed: few templates, few words."""
    return Proposed(f"write a poem about {chance.choice(WORDS[:6])}", "as an ai i can say that it is fine " * 2, -1)


def watched(chance: Random, stable: int, planted: int) -> Watch:
    texts = [varied(chance) for _ in range(stable * BATCH)] + [collapsed(chance) for _ in range(planted * BATCH)]
    batches = [read_batch(texts[at : at + BATCH], SEEDS) for at in range(0, len(texts), BATCH)]
    return Watch(tuple(batches), ())


def test_at_most_one_in_twenty_stable_runs_gives_an_alarm():
    alarmed = sum(bool(watched(Random(seed), 20, 0).alarms) for seed in range(40))
    assert alarmed <= 2


@pytest.mark.parametrize("stable", [6, 12, 40])
def test_a_planted_collapse_gives_an_alarm_within_three_batches(stable):
    for seed in range(100 // stable):
        found = watched(Random(seed), stable, 3)
        assert found.alarms, seed
        assert stable <= min(found.alarms.values()) < stable + 3


def test_a_run_that_stays_with_one_opening_is_named_by_it():
    texts = [varied(Random(seed)) for seed in range(10 * BATCH)]
    texts += [Proposed(f"tell me about {one.instruction}", one.output, -1) for one in texts[: 3 * BATCH]]
    batches = [read_batch(texts[at : at + BATCH], NONE) for at in range(0, len(texts), BATCH)]
    found = Watch(tuple(batches), ())
    assert "opening_share" in found.alarms
    assert found.batches[-1].opening.startswith("tell me about")


def test_nothing_to_read_is_no_number():
    found = read_batch([Proposed("", "", -1)], NONE)
    assert all(math.isnan(getattr(found, name)) for name in MEASURES)
    assert math.isnan(read_batch([Proposed("Why?", "", -1)], SEEDS).fingerprints)
    assert Watch((), ()).alarms == {}


@pytest.fixture
def ws(tmp_path):
    with closing(open_workspace(tmp_path / "w.duckdb")) as workspace:
        people = [Collected(Sample(f"Name {word}.", output="x"), Origin("f", "people", word)) for word in WORDS[:10]]
        add_samples(workspace, "import", people)
        yield workspace


def candidates(texts, start=0, parents=()):
    return [
        Candidate(
            Sample(one.instruction, output=one.output),
            Origin("m", "small", f"r{at}", model="small", parents=tuple(parents)),
            rule="too similar" if at % 5 == 4 else "",
        )
        for at, one in enumerate(texts, start)
    ]


def test_a_run_is_watched_from_what_is_stored_kept_and_dropped_alike(ws):
    add_plan(ws, "run", Plan({}, [0, 1]))
    chance = Random(1)
    texts = [varied(chance) for _ in range(2 * BATCH + 7)]
    add_candidates(ws, "run", candidates(texts[:30]))
    assert len(watch_run(ws, "run").batches) == 1
    add_candidates(ws, "run", candidates(texts[30:], 30))
    found = watch_run(ws, "run")
    seeds = Pool(["Name word0.", "Name word1."])
    assert found.batches == tuple(read_batch(texts[at : at + BATCH], seeds) for at in (0, BATCH))
    assert found.human == pytest.approx((10 / 30, 10 / 50))
    assert human_share(ws) == pytest.approx(10 / (10 + 46))
    assert watch_run(ws, "none").batches == ()


def test_depth_counts_how_often_a_model_wrote_over_a_sample(ws):
    people = Sample("Name word0.", output="x")
    first, second, by_rule = Sample("a", output="b"), Sample("c", output="d"), Sample("e", output="f")

    def made(sample, parent, model="small"):
        return Collected(sample, Origin("m", "m", sample.instruction, model=model, parents=(parent.id,)))

    from_nothing = Collected(Sample("g"), Origin("ask", "small", "r", model="small"))
    back = made(people, second)
    add_samples(ws, "r", [made(first, people), made(second, first), made(by_rule, second, ""), from_nothing, back])
    assert depths_of(ws).tolist() == [0] * 10 + [1, 2, 2, 1]


def test_generations_are_measured_on_batches_of_equal_size(ws):
    chance = Random(2)
    texts = [varied(chance) for _ in range(3 * BATCH)]
    add_candidates(ws, "run", candidates(texts, parents=[Sample("Name word0.", output="x").id]))
    people, first = read_generations(ws)
    assert (people.depth, people.samples, people.batches) == (0, 10, 0)
    assert (first.depth, first.samples, first.batches) == (1, 60, 2)
    assert math.isnan(people.measures["distinct"].mean)
    spread = first.measures["novelty"]
    assert spread.low < spread.mean < spread.high
