"""More samples from those that are there: category by category, and none too close to another."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import NotReady
from curation.generators.expansion.drawing import Drawing
from curation.generators.expansion.facts import lost_facts
from curation.generators.expansion.known import Bounds, Known
from curation.generators.expansion.model_paraphrase import ModelParaphrase
from curation.generators.expansion.patterns import HOW, PATTERNS
from curation.sample import Message, Sample, Seed
from tests.generators.fake_model import FakeModel

FREE = {"most_similarity": 1, "most_cosine": 1, "least_meaning": 0}
RAIN = Seed(Sample("Describe how rain forms.", output="Water rises.", system="Be brief."), category="science")


def seeds(**counts):
    return [
        Seed(Sample(f"Do {name} {at}.", output="x"), category=name) for name, n in counts.items() for at in range(n)
    ]


def saying(*wordings):
    return lambda _: {"paraphrases": [{"pattern": "question", "paraphrase": one} for one in wordings]}


def made(options, said, pool=(RAIN,)):
    return list(ModelParaphrase(**options)(pool, FakeModel(said)))


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9), min_size=1), st.integers(0, 99), st.integers(1, 7))
def test_every_seed_is_drawn_once_and_categories_stay_level(counts, chance, size):
    pool, drawing, drawn = seeds(**counts), Drawing(seeds(**counts), True, Random(chance)), []
    while block := drawing.take(size):
        drawn += block
        for seed in block:
            drawing.count(seed)
        had = Counter(seed.category for seed in drawn)
        open_ = [category for category in counts if had[category] < counts[category]]
        assert all(had[one] <= had[other] + 1 for other in open_ for one in counts)
    assert sorted(seed.sample.id for seed in drawn) == sorted(seed.sample.id for seed in pool)


def test_a_category_of_which_nothing_was_kept_comes_again():
    drawing = Drawing(seeds(a=9, b=9), True, Random(0))
    for seed in drawing.take(4):
        if seed.category == "a":
            drawing.count(seed)
    assert [seed.category for seed in drawing.take(2)] == ["b", "b"]


def test_without_balance_the_order_is_chance():
    orders = {tuple(seed.category for seed in Drawing(seeds(a=5, b=5), False, Random(n)).take(10)) for n in range(9)}
    assert len(orders) > 5


def test_what_is_let_in_is_known_from_then_on():
    known = Known(["Name a colour."], Bounds(0.7), FakeModel(None))
    faults = [
        fault and fault.rule for fault, _ in known.admit(["name A  colour.", "Add two and two.", "Add two and one."])
    ]
    assert faults == ["exact copy", None, "too similar"]


def test_a_text_close_in_meaning_is_refused_with_the_cosine_but_not_for_its_own_seed():
    texts = ["Name a colour of the sea", "Sum up the long report"]
    colours = Known(texts, Bounds(1.0, 0.8), FakeModel(None))
    fault, closeness = colours.admit(["Name a colour of the deep sea"])[0]
    assert fault.rule == "too similar"
    assert fault.reason.startswith("cosine 0.")
    assert texts[0] in fault.reason
    assert closeness.nearest[0].text == texts[0]
    own = Known(texts, Bounds(1.0, 0.8), FakeModel(None))
    variants = ["Name a colour of the deep sea", "Name a colour of the deep seas"]
    assert [fault for fault, _ in own.admit(variants, own=texts[0])] == [None, None]
    assert own.admit(["Sum up the longer report"], own=texts[0])[0][0].rule == "too similar"


def test_a_known_pool_grows_past_its_first_room():
    known = Known([], Bounds(1.0, 0.99), FakeModel(None))
    words = [f"{Random(n).randbytes(12).hex()}" for n in range(60)]
    assert not any(fault for fault, _ in known.admit(words))
    assert all(
        fault.rule == "too similar"
        for fault, _ in known.admit([f"{word} " for word in words])
        if fault.rule != "exact copy"
    )


def test_nothing_is_embedded_where_no_bound_needs_it():
    class Blind(FakeModel):
        def embed(self, texts):
            raise AssertionError(texts)

    assert list(ModelParaphrase(**FREE)([RAIN], Blind(saying("How does rain form?"))))


@pytest.mark.parametrize(
    ("text", "said", "lost"),
    [
        ("Name 3 birds.", "Which three birds can you name?", []),
        ("Name 13 birds.", "Which thirteen birds?", ["13"]),
        ("Convert 3.5 km.", "How far is 3.5 km?", []),
        ("Convert 3.5 km.", "How far is 35 km?", ["3.5"]),
        ('Use the word "lamp".', "The word “Lamp” must be used.", []),
        ('Use the word "lamp".', "A lantern must be mentioned.", ["lamp"]),
        ("Fill in {name} and <city>.", "Put the city and the person in.", ["name"]),
    ],
)
def test_numbers_and_quotations_are_facts(text, said, lost):
    assert lost_facts(text, said) == lost


def test_a_wording_keeps_everything_but_the_instruction():
    (one,) = made(FREE, saying("How does rain form?"))
    assert one.sample == Sample("How does rain form?", output="Water rises.", system="Be brief.")
    assert one.origin.parents == (RAIN.sample.id,)
    assert one.origin.category == "science"
    assert one.origin.ref.endswith("1, question")


@pytest.mark.parametrize(
    ("wording", "options", "rule", "reason"),
    [
        ("Describe how rain forms, please.", {"most_similarity": 0.7}, "too similar", "ROUGE-L 0.89"),
        ("describe how rain forms.", {}, "exact copy", "there already"),
        ("Bake bread.", {"least_meaning": 0.6}, "meaning drifted", "least 0.60"),
        ("  ", {}, "empty", "no wording"),
    ],
)
def test_what_drops_a_wording(wording, options, rule, reason):
    (one,) = made(FREE | options, saying(wording))
    assert one.rule == rule
    assert reason in one.reason


def test_a_lost_number_drops_a_wording_unless_that_is_allowed():
    pool = [Seed(Sample("Name 30 birds.", output="…"))]
    assert made(FREE, saying("Which birds?"), pool)[0].reason == 'it lacks "30"'
    assert not made(FREE | {"keep_facts": False}, saying("Which birds?"), pool)[0].rule


def test_no_answer_and_no_wordings_are_told_apart():
    assert made(FREE, lambda _: ("refused", "No."))[0].rule == "no answer: refused"
    assert made(FREE, saying())[0].rule == "no paraphrases"


def test_the_prompt_names_the_chosen_patterns_and_fences_the_instruction():
    model = FakeModel(saying("How does rain form?"))
    list(ModelParaphrase(patterns=("question", "passive voice"), **FREE)([RAIN], model))
    text = model.prompts[0].messages[0].content
    assert HOW["question"] in text
    assert HOW["passive voice"] in text
    assert HOW["noun phrase"] not in text
    assert "<instruction " in text
    assert set(HOW) == set(PATTERNS)


def test_the_target_ends_a_run_and_categories_share_it():
    pool = seeds(a=40, b=4)
    options = FREE | {"target": 8, "per_seed": 1, "requests_per_round": 3, "keep_facts": False}
    found = made(options, lambda prompt: saying(prompt.slot)(prompt), pool)
    assert Counter(one.origin.category for one in found) == {"a": 4, "b": 4}


def test_nothing_to_reword():
    with pytest.raises(NotReady, match="nothing to reword"):
        ModelParaphrase().expected([Seed(Sample(" ", followups=(Message("user", "Hi"),)))])
