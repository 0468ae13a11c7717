import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.generators import Paraphrase
from curation.generators.rewording.rewordings import REWORDINGS, SYNONYMS, VERBS
from curation.sample import Message, Sample

POOL = [
    Sample("Describe the water cycle.", output="It rains."),
    Sample("Can you name a bird?", output="Owl"),
    Sample("Sort the numbers.", input="3 1", output="1 3", system="Be brief.", rejected="3 1"),
    Sample("Hello there", output="Hi", followups=(Message("user", "Bye"),)),
]


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("can you", "Sort the list.", "Can you sort the list?"),
        ("polite question", "Name a bird", "Could you please name a bird?"),
        ("please", "Name a bird.", "Please name a bird."),
        ("need", "Translate this:\nHallo", "I need you to translate this:\nHallo"),
        ("can you", "Translate this: Hallo", "Can you translate this: Hallo"),
        ("task", "Sort the list. Keep ties.", "Your task is to sort the list. Keep ties."),
        ("can you", "Convert 3.5 km to miles.", "Can you convert 3.5 km to miles?"),
        ("synonym", "Describe how rain forms.", "Explain how rain forms."),
        ("synonym", "Write a short poem.", "Compose a short poem."),
        ("second synonym", "Calculate 3 + 4.", ""),
        ("second synonym", "Calculate the sum.", "Work out the sum."),
        ("purpose first", "Write a letter in order to ask for help.", "In order to ask for help, write a letter."),
        ("purpose last", "In order to save time, make a plan.", "Make a plan in order to save time."),
        ("question to request", "How do you bake bread?", "Explain how to bake bread."),
        ("question to request", "Could you please name a bird?", "Name a bird."),
        ("question to request", "What is the capital of France?", "Tell me what the capital of France is."),
        ("question to request", "Who wrote Dune?", "Tell me who wrote Dune."),
        ("announced question", "Why is the sky blue?", "Answer this question: Why is the sky blue?"),
    ],
)
def test_a_rule(rule, before, after):
    assert REWORDINGS[rule](before) == after


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Describe Mr. Smith.",
        "Hello there.",
        "Describe",
        "Rain falls.",
        'Answer "yes." to it.',
        "Is it raining?",
        "日本の首都はどこですか。",
        "Do not write a poem.",
    ],
)
def test_no_rule_fits(text):
    assert not any(rule(text) for rule in REWORDINGS.values())


def test_a_program_is_not_composed():
    assert REWORDINGS["synonym"]("Write a function that adds two numbers.") == ""


def test_everything_but_the_instruction_is_kept_and_the_parent_named():
    for made in Paraphrase(per_sample=12)(POOL):
        parent = next(sample for sample in POOL if sample.id == made.origin.parents[0])
        assert made.sample.instruction != parent.instruction
        for part in ("input", "output", "system", "followups", "rejected"):
            assert getattr(made.sample, part) == getattr(parent, part)
        assert made.origin.method == "paraphrase"


def test_what_no_rule_fits_is_skipped_and_nothing_repeats():
    made = list(Paraphrase(per_sample=12)([*POOL, *POOL]))
    assert POOL[3].id not in {one.origin.parents[0] for one in made}
    assert len({one.sample.id for one in made}) == len(made)
    assert len({one.origin.ref for one in made}) == len(made)
    again = {one.sample.id for one in Paraphrase(per_sample=12)(POOL + [one.sample for one in made])}
    assert not again & {one.sample.id for one in made}


def test_same_options_same_samples_whatever_else_is_in_the_pool():
    assert list(Paraphrase(seed=1)(POOL)) == list(Paraphrase(seed=1)(POOL))
    assert list(Paraphrase(seed=1)(POOL[:1])) == list(Paraphrase(seed=1)(POOL))[:1]
    wordings = {next(Paraphrase(seed=seed)(POOL)).sample.instruction for seed in range(20)}
    assert len(wordings) > 3


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_requested_is_an_upper_bound(limit):
    options = Paraphrase(per_sample=2, limit=limit)
    made = list(options(POOL))
    assert len(made) <= options.requested(POOL)
    assert not limit or len(made) == limit


def test_synonyms_belong_to_verbs_that_are_known():
    assert set(SYNONYMS) <= VERBS


@given(st.text(max_size=60), st.sampled_from(["", "Describe ", "What is ", "Write a poem "]))
def test_any_text_is_taken_and_none_is_given_back_unchanged(text, start):
    for rule in REWORDINGS.values():
        said = rule(start + text)
        assert said == "" or said != start + text
