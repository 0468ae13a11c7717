"""A method and the real client over real HTTP to the practice model: made, stored, stopped, resumed, paid once."""

import threading
from dataclasses import replace

import pytest

from curation import runs
from curation.errors import Cancelled, NotReady, Paused
from curation.facets import Facets
from curation.generators import Ask, SelfInstruct
from curation.practice import PRACTICE_MODEL
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.asking import Caps, asking, endpoint_names, find_endpoint
from curation.stages.practice import NAME
from curation.stages.seeds import read_seeds
from curation.stages.synthesis import Order, expect, preview, read_order, resume_synthesis, synthesis_job
from curation.store import open_workspace
from curation.store.asked import read_asked, read_yield
from curation.store.browse import numbers_of
from curation.store.candidates import count_kept, count_rules, read_rounds
from curation.store.runs import read_run, recent_runs
from curation.store.samples import add_samples, count_samples, read_origins

VERBS = ["Describe", "Compare", "List", "Explain", "Summarise", "Translate", "Write", "Sort", "Name", "Rank"]
THINGS = ["a quiet harbour", "two kinds of bread", "rules of chess", "how rain forms", "a letter to a landlord"]


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    made = [
        Collected(
            Sample(f"{verb} {thing}.", output="An answer."),
            Origin("seeds", "seeds.jsonl", f"line {verb} {thing}", "classification" if verb == "Sort" else ""),
        )
        for verb in VERBS
        for thing in THINGS
    ]
    add_samples(opened, "import-1", made)
    yield opened
    opened.close()


def order(target=12, **options):
    return Order(SelfInstruct(target=target, **options), NAME, tuple(range(50)))


def test_what_is_said_to_be_made_is_what_is_stored(workspace):
    note = run_now(workspace, synthesis_job(workspace, order()))
    run = next(origin_run for origin_run, _ in read_origins(workspace, 50))
    kept, samples = count_kept(workspace, run)
    found = read_yield(workspace, run)
    assert kept >= 12
    assert samples == count_samples(workspace) - 50
    assert note.startswith(f"{kept} kept")
    assert (found.kept, found.proposed) == (kept, kept + sum(count_rules(workspace, run).values()))
    assert sum(one.kept for one in read_rounds(workspace, run)) == kept
    assert all(origin.model == PRACTICE_MODEL for _, origin in read_origins(workspace, 50))


def test_a_preview_stores_no_sample_and_the_run_does_not_pay_for_it_again(workspace):
    seen = preview(workspace, order(requests_per_round=2))
    assert sum(not candidate.rule for candidate in seen) == 3
    assert count_samples(workspace) == 50
    run_now(workspace, synthesis_job(workspace, order(requests_per_round=2)))
    server_side = asked_of_all(workspace)
    assert len(server_side) == len(set(server_side))


def test_the_same_order_again_asks_nothing_and_adds_nothing(workspace):
    run_now(workspace, synthesis_job(workspace, order()))
    samples, asked = count_samples(workspace), len(asked_of_all(workspace))
    run_now(workspace, synthesis_job(workspace, order()))
    assert (count_samples(workspace), len(asked_of_all(workspace))) == (samples, asked)
    first, second = (run.id for run in recent_runs(workspace, 2))
    made = [numbers_of(workspace, Facets(runs=(run,))).tolist() for run in (first, second)]
    assert made[0] == made[1] == list(range(50, samples))


def test_a_cap_in_samples_is_not_passed(workspace):
    run_now(workspace, synthesis_job(workspace, replace(order(40), caps=Caps(samples=5))))
    assert count_samples(workspace) == 55


def test_a_cap_in_tokens_pauses_the_run_and_a_higher_one_goes_on_without_paying_twice(workspace):
    """T23, N3: the cap holds; what was answered before is not asked again."""
    run = runs.start(workspace, synthesis_job(workspace, replace(order(), caps=Caps(tokens=9000))))
    runs.wait(run, 30)
    paused = read_run(workspace, run)
    assert paused.status == "paused"
    assert "Budget reached" in paused.note
    spent = read_asked(workspace, run)
    assert 0 < spent.tokens <= 9000
    resume_synthesis(workspace, run, Caps())
    runs.wait(run, 60)
    assert read_run(workspace, run).status == "done"
    keys = asked_of_all(workspace)
    assert len(keys) == len(set(keys))
    assert count_kept(workspace, run)[0] >= 12


def test_a_run_that_a_person_stops_keeps_what_it_made_and_can_be_resumed(workspace):
    many = order(400)
    stopped = threading.Event()

    def work(run, step):
        def stop_soon(done, wanted):
            if done >= 20:
                stopped.set()
                raise Cancelled("enough")
            step(done, wanted)

        return synthesis_job(workspace, many).work(run, stop_soon)

    with pytest.raises(Cancelled):
        run_now(workspace, replace(synthesis_job(workspace, many), work=work))
    assert stopped.is_set()
    run = next(origin_run for origin_run, _ in read_origins(workspace, 50))
    before = count_kept(workspace, run)[0]
    assert before == count_samples(workspace) - 50
    assert read_order(workspace, run).method == many.method
    resume_synthesis(workspace, run, Caps(samples=before + 10))
    runs.wait(run, 60)
    assert read_run(workspace, run).status == "done"
    assert count_kept(workspace, run)[0] == before + 10


def test_one_question_becomes_one_sample_with_the_way_back_to_what_was_asked(workspace):
    run_now(workspace, synthesis_job(workspace, Order(Ask(prompt="Name three birds of the coast."), NAME)))
    (_, origin) = read_origins(workspace, 50)[0]
    assert (origin.method, origin.model) == ("ask", PRACTICE_MODEL)
    assert origin.prompt_hash in asked_of_all(workspace)


def test_seeds_tell_people_from_models(workspace):
    run_now(workspace, synthesis_job(workspace, order()))
    seeds = read_seeds(workspace, [0, 50, 35])
    assert [seed.human for seed in seeds] == [True, False, True]
    assert seeds[2].classification


def test_the_cost_of_the_practice_model_is_none_and_its_calls_are_stated(workspace):
    expected = expect(workspace, order())
    assert expected.calls > 0
    assert expected.cost == 0


def test_an_endpoint_that_is_gone_is_named(workspace):
    assert endpoint_names(workspace) == [NAME]
    with pytest.raises(NotReady, match="no model endpoint named Gone"):
        find_endpoint(workspace, "Gone")
    with pytest.raises(NotReady, match="cannot be resumed"):
        read_order(workspace, "generate-0")


def test_a_model_that_repeats_itself_pauses_its_run(workspace):
    stale = Order(SelfInstruct(target=60, most_similarity=0.0, requests_per_round=2), NAME, tuple(range(50)))
    with pytest.raises(Paused, match="repeats itself"):
        run_now(workspace, synthesis_job(workspace, stale))


def asked_of_all(workspace):
    """The key of every request that was sent, once for each time it was sent."""
    sent = workspace.execute("SELECT key FROM outcomes WHERE problem <> 'not sent'")
    return [str(key).replace("-", "") for (key,) in sent]


def test_a_text_is_embedded_once_and_gives_the_same_vector_for_good(workspace):
    texts = ["a quiet harbour", "two kinds of bread", "a quiet harbour"]
    with asking(workspace, "run-1", find_endpoint(workspace, NAME), Caps(), lambda: None) as desk:
        first = desk.embed(texts)
        again = desk.embed(texts[::-1])
    assert first.shape == (3, 384)
    assert (first == again[::-1]).all()
    assert workspace.execute("SELECT count(*) FROM vectors")[0][0] == 2
