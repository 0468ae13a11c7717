"""Whatever the answers and scores are, a pair is what it says."""

from collections.abc import Sequence
from math import isnan, nan
from random import Random

from hypothesis import given
from hypothesis import strategies as some

from curation.pairing import LENGTH_ALONE, Answer, Match, Pairs, length_effect, prompt_id
from curation.sample import Sample

VALUES = some.one_of(some.integers(0, 5).map(float), some.just(nan))
ANSWERS = some.builds(
    lambda text, a, b, out: Answer(
        Sample("Ask.", output=text), {"a": a, "b": b}, model="m", source="s", is_out=out
    ),
    some.text("ab \n", min_size=0, max_size=8), VALUES, VALUES, some.booleans(),
)  # fmt: skip
GROUPS = some.lists(ANSWERS, min_size=1, max_size=6, unique_by=lambda one: one.sample.id)
METHODS = some.builds(
    Pairs,
    strategy=some.sampled_from(["best and worst", "best and random lower"]),
    margin=some.floats(0, 4),
    longest=some.floats(1, 6),
    minimum=some.sampled_from([(), (("a", 2.0),), (("a", 1.0), ("b", 3.0))]),
    seed=some.integers(0, 3),
)


def answer(text: str, score: float, **more: object) -> Answer:
    return Answer(Sample("Ask.", output=text), {"quality": score}, **more)


def one(answers: Sequence[Answer], **options: object) -> Match:
    (match,) = Pairs(**options)([answers])
    return match


@given(METHODS, GROUPS)
def test_a_kept_pair_holds_what_was_asked(method, group):
    (match,) = method([group])
    made = match.candidate()
    assert bool(made.rule) == bool(made.reason)
    assert set(made.origin.parents) <= {answer.sample.id for answer in group}
    if made.rule:
        return
    assert match.chosen is not None
    assert match.rejected is not None
    assert made.sample.output.split() != made.sample.rejected.split()
    assert match.margin > 0
    assert match.margin >= method.margin - 1e-6
    assert max(match.ratio, 1 / match.ratio) <= method.longest
    assert not match.chosen.is_out
    assert all(match.chosen.scores[name] >= least for name, least in method.minimum)
    assert made.origin.parents == (match.chosen.sample.id, match.rejected.sample.id)


@given(METHODS, GROUPS, some.integers(0, 99))
def test_neither_the_order_of_answers_nor_a_second_time_changes_anything(method, group, shuffle):
    mixed = Random(shuffle).sample(group, len(group))
    assert [one.candidate() for one in method([mixed])] == [one.candidate() for one in method([group])]


@given(METHODS, some.lists(GROUPS, max_size=4))
def test_every_group_is_accounted_for(method, groups):
    matches = list(method(groups))
    assert [{id(one) for one in match.answers} for match in matches] == [{id(one) for one in group} for group in groups]


def test_the_best_and_the_worst_make_the_pair():
    match = one([answer("fair", 3), answer("bad", 1), answer("good", 5)])
    assert (match.candidate().sample.output, match.candidate().sample.rejected) == ("good", "bad")
    assert (match.margin, match.rule) == (4, "")


def test_a_random_lower_one_is_worse_by_the_margin_and_drawn_by_the_seed():
    group = [answer("best", 5), answer("near", 4.5), *(answer(f"low {n}", n / 2) for n in range(6))]
    drawn = [one(group, strategy="best and random lower", margin=2, seed=seed).rejected for seed in range(40)]
    texts = {found.text for found in drawn if found}
    assert "near" not in texts
    assert len(texts) > 2


def test_why_there_is_no_pair():
    rules = {
        "tie": one([answer("a", 3), answer("b", 3)]),
        "margin too small": one([answer("a", 3), answer("b", 2.5)]),
        "length ratio": one([answer("word " * 40, 5), answer("word", 1)]),
        "not scored": one([answer("a", 3), answer("b", nan)]),
        "same text": one([answer("a b", 3), answer("a  b", 1)]),
        "none to choose": one([answer("a", 3), answer("b", 1)], minimum=(("quality", 4),)),
    }
    assert {rule: match.rule for rule, match in rules.items()} == {rule: rule for rule in rules}
    assert rules["length ratio"].reason == "the chosen answer is 49.8 times as long (at most 3)"
    assert rules["none to choose"].reason == "2 score too low (at least quality 4)"


def test_an_answer_that_is_out_is_never_the_chosen_one():
    match = one([answer("liked by the judge", 5, is_out=True), answer("plain answer here", 3)])
    assert match.chosen is not None
    assert match.chosen.text == "plain answer here"
    assert match.rule  # the other one scored higher, so there is no worse one


def test_who_wrote_which_side_is_kept():
    made = one([answer("good", 5, model="qwen"), answer("bad", 1, model="llama")]).candidate()
    assert made.origin.source == "chosen by qwen, rejected by llama"
    assert made.origin.model == "qwen, llama"
    same = one([answer("good", 5, model="qwen"), answer("bad", 1, model="qwen")]).candidate()
    assert same.origin.model == "qwen"
    by_hand = one([answer("good", 5, source="seeds.jsonl"), answer("bad", 1, model="qwen")]).candidate()
    assert by_hand.origin.source == "chosen from seeds.jsonl, rejected by qwen"


def test_a_pair_that_length_alone_explains_is_flagged():
    """Scores that rise by one point with each doubling of the length, and one short answer that earns its score."""
    groups = [
        [
            Answer(Sample(f"Ask {n}.", output="x" * (20 + n)), {"q": 2.0}),
            Answer(Sample(f"Ask {n}.", output="y" * (40 + 2 * n)), {"q": 2.7 + 0.6 * (n % 2)}),
        ]
        for n in range(30)
    ]
    groups.append([answer("short and right", 5), answer("a long answer that is wrong in all it says", 1)])
    flagged = [match.is_length_alone for match in Pairs(margin=0)(groups)]
    assert any(flagged)
    assert not flagged[-1]
    kept = next(match for match in Pairs(margin=0)(groups) if match.is_length_alone)
    assert kept.candidate().origin.ref.endswith(LENGTH_ALONE)


def test_too_few_prompts_tell_nothing_about_length():
    groups = [[answer("short", 1), answer("a much longer answer", 3)]]
    assert length_effect(groups) == 0
    assert length_effect(groups * 20) > 0
    assert length_effect([]) == 0


def test_an_answer_without_all_its_scores_has_none():
    assert isnan(Answer(Sample("Ask."), {"a": 1.0, "b": nan}).score)
    assert isnan(Answer(Sample("Ask.")).score)


def test_a_prompt_has_one_id_whatever_is_answered():
    assert prompt_id(Sample("Ask.", output="a")) == prompt_id(Sample("Ask.", output="b", rejected="c"))
    assert prompt_id(Sample("Ask.", "x")) != prompt_id(Sample("Ask."))
