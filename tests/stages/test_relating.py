"""What belongs together is told from the origins that the methods really write (N10)."""

from pathlib import Path

import pytest

from curation.generators import (
    MODEL_GENERATORS,
    Adapt,
    Alpaca,
    DocumentBacktranslation,
    EvolInstruct,
    Grounded,
    MultiTurn,
    Paraphrase,
    RoundTrip,
    SelfInstruct,
    Templates,
)
from curation.importers import LAYOUTS
from curation.importers.collecting import Reading
from curation.sample import Collected, Message, Origin, Sample, Seed
from curation.stages.relating import SHOWN, ties
from curation.store import open_workspace
from curation.store.samples import add_samples, count_samples, find_sample
from tests.generators.fake_model import FakeModel
from tests.generators.test_model_generators import HANDBOOK, OPTIONS, candidates
from tests.generators.writer import write

SEEDS = [Seed(Sample(f"Do number {n} of {n * 7} things {n * n}.", f"{n}", f"done {n}")) for n in range(6)]
QA = Path(__file__).parents[2] / "sample_data" / "tables" / "qa.csv"


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def by_model(method, seeds=SEEDS):
    """What a method with a model keeps of the seeds."""
    return [Collected(one.sample, one.origin) for one in method(seeds, FakeModel(write)) if not one.rule]


def of(kind, **more):
    return MODEL_GENERATORS[kind.name](**{**OPTIONS.get(kind.name, {}), **more})


def families(workspace, numbers=None):
    """The groups by relatives alone, as sets of numbers."""
    numbers = list(range(count_samples(workspace))) if numbers is None else numbers
    tied = ties(workspace, numbers)
    group = {at: {at} for at in range(len(numbers))}
    for a, b in tied.related.tolist():
        both = group[a] | group[b]
        for one in both:
            group[one] = both
    return {frozenset(numbers[at] for at in one) for one in group.values() if len(one) > 1}


@pytest.mark.parametrize("kind", [EvolInstruct, RoundTrip, Adapt, MultiTurn])
def test_what_a_model_made_of_a_sample_stays_with_it(workspace, kind):
    """Evolution, translation there and back, paraphrases, conversations."""
    add_samples(
        workspace, "seeds", [Collected(one.sample, Origin("csv", "s.csv", str(n))) for n, one in enumerate(SEEDS)]
    )
    made = by_model(of(kind))
    assert made
    add_samples(workspace, "made", made)
    for one in made:
        child = find_sample(workspace, one.sample.id)
        parent = find_sample(workspace, one.origin.parents[0])
        assert any({child, parent} <= family for family in families(workspace))
    assert all(sum(number < len(SEEDS) for number in family) == 1 for family in families(workspace))


def test_a_whole_line_of_evolution_stays_together_where_its_middle_does_not_go_out(workspace):
    made = by_model(of(EvolInstruct, rounds=3), SEEDS[:2])
    add_samples(workspace, "made", made)
    first_round = {
        find_sample(workspace, one.sample.id)
        for one in made
        if one.origin.parents[0] in {seed.sample.id for seed in SEEDS}
    }
    rest = [number for number in range(count_samples(workspace)) if number not in first_round]
    # the seeds are not in the workspace at all, and the first round does not go out
    left = {family & frozenset(rest) for family in families(workspace)}
    assert len(left) == 2
    assert families(workspace, rest) == {family for family in left if len(family) > 1} != set()


def test_rewordings_by_rule_stay_with_their_parent(workspace):
    parents = [Sample(f"Write a short poem about the {word}.", output="x") for word in ("sea", "moon")]
    add_samples(workspace, "seeds", [Collected(one, Origin("csv", "s.csv", one.id)) for one in parents])
    made = list(Paraphrase()(parents))
    add_samples(workspace, "made", made)
    assert len(made) > 1
    assert sorted(min(family) for family in families(workspace)) == [0, 1]


@pytest.mark.parametrize("kind", [SelfInstruct, Alpaca])
def test_examples_that_a_model_was_shown_are_no_relatives(workspace, kind):
    made = [Collected(one.sample, one.origin) for one in candidates(kind.name) if not one.rule]
    assert any(len(one.origin.parents) > 2 for one in made)
    add_samples(workspace, "made", made)
    assert all(len(family) < 4 for family in families(workspace))


@pytest.mark.parametrize("name", MODEL_GENERATORS)
def test_a_method_with_many_parents_is_known_to_show_examples(name):
    """A new method that names what it showed as parents would tie all that it makes into one family."""
    most = max((len(one.origin.parents) for one in candidates(name)), default=0)
    assert name in SHOWN or most <= 1


def test_passages_of_one_document_stay_together(workspace, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in ("one, two.md", "b.md"):
        paragraphs = "\n\n".join(f"{name} says {n} things about bees. " * 6 for n in range(8))
        (folder / name).write_text(paragraphs)
    made = by_model(of(DocumentBacktranslation, path=folder))
    assert len(made) > 4
    add_samples(workspace, "made", made)
    assert len(families(workspace)) == 2
    assert sum(map(len, families(workspace))) == len(made)


def test_answers_from_one_document_stay_together(workspace):
    told = {"in_sources": True, "sources": [1], "answer": "So it is said there."}
    found = list(of(Grounded, path=HANDBOOK, least_support=0)(SEEDS, FakeModel(lambda _: told)))
    made = [Collected(one.sample, one.origin) for one in found if not one.rule]
    cited = [one for one in made if ", from handbook.md, passage " in one.origin.ref]
    assert len(cited) > 1
    add_samples(workspace, "made", made)
    assert families(workspace) == {frozenset(find_sample(workspace, one.sample.id) for one in cited)}


def test_a_row_in_several_phrasings_stays_together(workspace):
    made = list(Templates(task="qa", path=QA, per_row=3)([]))
    add_samples(workspace, "made", made)
    rows = {}
    for one in made:
        rows.setdefault(one.origin.ref.partition(",")[0], set()).add(find_sample(workspace, one.sample.id))
    assert families(workspace) == {frozenset(numbers) for numbers in rows.values() if len(numbers) > 1}


def test_instances_of_one_task_of_a_file_stay_together(workspace):
    row = {"instruction": "Add.", "instances": [{"input": f"{n}+1", "output": str(n + 1)} for n in range(3)]}
    read = Reading(LAYOUTS["self_instruct"](), "seeds.jsonl")
    add_samples(
        workspace,
        "run",
        [*read(("line 4", row)), *read(("line 5", {**row, "instances": row["instances"][:1], "instruction": "Sum."}))],
    )
    assert families(workspace) == {frozenset({0, 1, 2})}


def test_conversations_that_begin_alike_have_one_prompt(workspace):
    talks = [
        Sample("Hi", output="Hello.", followups=(Message("user", "More."), Message("assistant", "No."))),
        Sample("Hi", output="Hello."),
        Sample("H", "i", output="Hello."),
        Sample("H\n\ni", output="Hello."),
    ]
    add_samples(workspace, "run", [Collected(one, Origin("csv", "a.csv", str(n))) for n, one in enumerate(talks)])
    assert ties(workspace, [3, 2, 1, 0]).equal.tolist() == [[1, 0], [3, 2]]


def test_what_is_one_text_when_written_as_plain_text_stays_together(workspace):
    """N10: the same rows would lie in two splits, and the export would be refused for good."""
    alike = [
        Sample("Be kind.\n\nName a colour.", output="Red"),
        Sample("Name a colour.", system="Be kind.", output="Blue"),
        Sample("Count.", output="One\n\nTwo"),
        Sample("Count.\n\nOne", output="Two"),
        Sample("Sing\n", output="La"),
        Sample("Sing", output="\nLa"),
    ]
    rows = [Collected(one, Origin("csv", "a.csv", str(n))) for n, one in enumerate(alike)]
    add_samples(workspace, "run", [*rows, Collected(Sample("Apart.", output="Yes"), Origin("csv", "a.csv", "7"))])
    assert ties(workspace, range(7)).equal.tolist() == [[1, 0], [3, 2], [5, 4]]
