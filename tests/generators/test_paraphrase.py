import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.generators import Paraphrase
from curation.generators.expansion.facts import lost_facts
from curation.generators.rewording.rewordings import REWORDINGS, SYNONYMS
from curation.generators.rewording.sentences import VERBS
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
        ("would you mind", "Name a bird.", "Would you mind naming a bird?"),
        ("would you mind", "Sort and count the words.", ""),
        ("question", "Name three birds.", "What are three birds?"),
        ("question", "Find the sum of 3 and 4.", ""),
        ("question", "Explain the difference between rain and hail.", "What is the difference between rain and hail?"),
        ("question", "Give the following words.", ""),
        ("passive", "Translate the text into French.", "The text should be translated into French."),
        ("passive", "Write a poem about rain in two lines.", "A poem about rain should be written in two lines."),
        ("passive", "Edit the note by adding a date.", "The note should be edited by adding a date."),
        ("passive", "Write a poem that rhymes.", ""),
        ("passive", "Rewrite the text so that it rhymes.", ""),
        ("given first", "Classify the given words into two groups.", "Given the words, classify them into two groups."),
        ("given first", "Shorten this text: It rains.", "Given this text, shorten it: It rains."),
        ("given first", "Summarize the article about bees.", ""),
        ("given first", "Rewrite these text.", ""),
        ("form first", "Explain rain in no more than two sentences.", "In no more than two sentences, explain rain."),
        ("form first", "Explain rain in Peru.", ""),
        ("aim", "Sort the list.", "The aim is to sort the list."),
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


SEEDS = (Path(__file__).parents[2] / "sample_data" / "seed_tasks.jsonl").read_text(encoding="utf-8").splitlines()
TASKS = [json.loads(line)["instruction"] for line in SEEDS]
LITTLE = (
    "a an and are as at be by can could for from given how in is it need of on please she that the their them this to "
    "using what with you your i would like aim task appreciate if mind should do me tell answer question here"
)
FUNCTION = set(LITTLE.split())


def content(text):
    """The words that carry the meaning."""
    return Counter(word for word in re.findall(r"[^\W_]+", text.lower()) if word not in FUNCTION)


@pytest.mark.parametrize("rule", REWORDINGS)
def test_words_that_carry_the_meaning_stay_all_but_the_verb_that_leads(rule):
    changed = [(task, REWORDINGS[rule](task)) for task in TASKS if REWORDINGS[rule](task)]
    for task, said in changed:
        lost = content(task) - content(said)
        assert lost.total() <= 1, (task, said)
        verb = task.split()[0].lower().strip(".,:?")
        assert set(lost) <= {verb}, (task, said)
        assert lost_facts(task, said) == []


def test_most_seed_tasks_can_be_reworded_in_several_ways():
    ways = [sum(bool(rule(task)) for rule in REWORDINGS.values()) for task in TASKS]
    assert sum(count >= 5 for count in ways) / len(ways) > 0.4
    assert sum(bool(rule("Summarise the report in two lines.")) for rule in REWORDINGS.values()) >= 8


@given(
    st.text(max_size=60), st.sampled_from(["", "Describe ", "What is ", "Write a poem ", "Name two ", "Edit the text "])
)
def test_any_text_is_taken_and_none_is_given_back_unchanged(text, start):
    for rule in REWORDINGS.values():
        said = rule(start + text)
        assert said == "" or said != start + text
