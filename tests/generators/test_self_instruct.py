"""The whole loop of Self-Instruct with a model that is a function."""

import math
import re

import pytest
from rouge_score import rouge_scorer

from curation.errors import NotReady
from curation.generators import SelfInstruct
from curation.sample import Sample, Seed
from tests.generators.fake_model import FakeModel
from tests.generators.writer import write

SEEDS = [
    Seed(Sample(f"{verb} a {noun} that nobody {end}.", output="Done."), classification=n % 4 == 0)
    for n, (verb, noun, end) in enumerate(
        zip(
            ["Paint", "Buy", "Mend", "Hide", "Carry", "Weigh", "Clean", "Hear", "Sell", "Break", "Wash", "Turn"],
            ["bridge", "hat", "door", "key", "stone", "letter", "spoon", "bell", "coat", "chair", "cup", "page"],
            ["likes", "wants", "saw", "found", "knows", "asked for", "ate", "wrote", "lost", "owns", "made", "kept"],
            strict=True,
        )
    )
]


def listing(*tasks, first=9):
    return "\n".join(f"Task {first + at}: {task}" for at, task in enumerate(tasks))


def model_of(lists, classification=False, instances=None, shuffle=None):
    """Gives these lists in the order of the requests, and the same answers for each instruction."""
    left = iter(lists)
    asked = {}

    def answer(prompt):
        if '"classification"' in prompt.schema:
            return classification
        if prompt.schema:
            return {"instances": [{"input": "", "output": "An answer."}]} if instances is None else instances
        if prompt.slot not in asked:
            asked[prompt.slot] = next(left, "")
        return asked[prompt.slot]

    if isinstance(classification, bool):
        classification = {"classification": classification}
    return FakeModel(answer, shuffle)


def run(method, model, seeds=SEEDS):
    return list(method(seeds, model))


def once(*tasks, problem="", seeds=SEEDS, instances=None, classification=False, **options):
    """Candidates of a run with a single request whose answer lists these tasks."""
    text = listing(*tasks)
    model = model_of([(problem, text) if problem else text], classification, instances)
    return run(SelfInstruct(most_requests=1, **options), model, seeds)


def kept(candidates):
    return [one for one in candidates if not one.rule]


def test_a_new_instruction_becomes_a_sample_with_its_whole_origin():
    model = model_of([listing("Explain why bread rises in the oven.")])
    (made,) = run(SelfInstruct(target=1, most_requests=1), model)
    instructions, kind, instances = model.prompts
    assert made.rule == made.reason == ""
    assert made.sample == Sample("Explain why bread rises in the oven.", output="An answer.")
    assert made.round == 1
    assert made.origin.method == "self_instruct"
    assert made.origin.source == made.origin.model == "fake"
    assert made.origin.category == "generation"
    assert made.origin.prompt_hash == instances.key("fake")
    assert made.origin.ref == f"{instances.key('fake')[:12]}, round 1, request 1, task 1, instance 1"
    shown = instructions.messages[0].content
    parents = {seed.sample.id: seed.sample.instruction for seed in SEEDS}
    assert len(made.origin.parents) == 8
    assert all(parents[parent].rstrip(".") in shown for parent in made.origin.parents)
    assert '"classification"' in kind.schema


def test_the_published_numbers_are_asked_for():
    model = model_of([listing("Explain why bread rises in the oven.")])
    run(SelfInstruct(target=1, most_requests=1), model)
    instructions, kind, instances = model.prompts
    assert (instructions.temperature, instructions.top_p, instructions.presence_penalty) == (0.7, 0.5, 2.0)
    assert instructions.max_tokens == 1024
    assert instructions.stop == ("\nTask 17:",)
    assert kind.temperature == 0
    assert (instances.temperature, instances.presence_penalty) == (0, 1.5)


def test_the_context_is_six_by_people_and_two_by_models_as_soon_as_there_are_two():
    model = FakeModel(write)
    candidates = run(SelfInstruct(target=60, requests_per_round=1), model)
    people = {seed.sample.id for seed in SEEDS}
    made = {one.sample.id for one in kept(candidates)}
    counts = {
        one.round: (len(people & set(one.origin.parents)), len(made & set(one.origin.parents))) for one in candidates
    }
    assert counts.pop(1) == (8, 0)
    assert set(counts.values()) == {(6, 2)}
    assert len(counts) > 3


def test_seeds_by_models_count_as_such_and_fill_in_where_people_are_few():
    machine = [Seed(Sample(f"Say {n} words about item {n}.", output="x"), human=False) for n in range(9)]
    model = FakeModel(write)
    first = run(SelfInstruct(target=1), model, SEEDS[:3] + machine)[0]
    people = {seed.sample.id for seed in SEEDS}
    assert len(first.origin.parents) == 8
    assert len(people & set(first.origin.parents)) == 3


def test_several_samples_of_one_instruction_are_one_seed():
    blank = [Seed(Sample(" ", output="x"))]
    twice = blank + [Seed(Sample("Add the two numbers up.", str(n), str(n))) for n in range(5)]
    model = FakeModel(write)
    first = run(SelfInstruct(target=1), model, twice)[0]
    assert first.origin.parents == (twice[1].sample.id,)
    assert model.prompts[0].messages[0].content.count("Add the two numbers up.") == 1


def test_only_classification_shows_only_such_seeds():
    model = FakeModel(write)
    first = run(SelfInstruct(target=1, only_classification=True), model)[0]
    marked = {seed.sample.id for seed in SEEDS if seed.classification}
    assert set(first.origin.parents) == marked
    assert "classification tasks" in model.prompts[0].messages[0].content


@pytest.mark.parametrize(("seeds", "options"), [([], {}), (SEEDS[1:3], {"only_classification": True})])
def test_without_a_seed_to_show_it_says_so(seeds, options):
    method = SelfInstruct(**options)
    with pytest.raises(NotReady, match="seed"):
        run(method, FakeModel(write), seeds)
    with pytest.raises(NotReady, match="seed"):
        method.expected(seeds)


@pytest.mark.parametrize(
    ("task", "rule"),
    [
        ("Name a colour.", "too short"),
        (" ".join(["word"] * 151), "too long"),
        ("Describe the picture in words.", "word of the blacklist"),
        ("Please Go  to the shop and report.", "word of the blacklist"),
        ("Write a program that sorts numbers.", "asks for a program"),
        ('"Name" a colour of the sea.', "starts with punctuation"),
        ("«Name» a colour of the sea.", "starts with punctuation"),
        ("Übersetze den Satz ins Englische.", "starts with a non-ASCII letter"),
        (SEEDS[0].sample.instruction.upper(), "exact copy"),
        ("Paint a bridge that nobody ever likes.", "too similar"),
    ],
)
def test_each_rule_for_instructions_drops_visibly(task, rule):
    dropped, fine = once(task, "Explain why bread rises in the oven.")
    assert (dropped.rule, fine.rule) == (rule, "")
    assert dropped.reason
    assert dropped.sample.output == ""
    assert dropped.sample.instruction == " ".join(task.split())


@pytest.mark.parametrize(
    "task", ["Imagine a roadmap of mapping errors.", " ".join(["Word"] * 150), "Name a colour please."]
)
def test_what_keeps_to_the_rules_stays(task):
    assert [one.rule for one in once(task)] == [""]


def test_other_languages_need_the_ascii_rule_off():
    tasks = ["Übersetze den Satz ins Englische.", "写一首关于春天的诗", "Напиши письмо старому другу"]
    assert len(kept(once(*tasks))) == 0
    assert [one.rule for one in once(*tasks, "写诗", ascii_start=False)] == ["too short", "", "", ""]


def test_novelty_is_against_the_whole_pool_and_not_the_examples():
    """Another tool compares with the examples shown, so that the pool fills with copies of what was not drawn."""
    many = [Seed(Sample(f"word{n} term{n} thing{n} item{n} end{n}", output="x")) for n in range(200)]
    for n in (0, 77, 199):
        (dropped,) = once(f"Word{n} term{n} thing{n} item{n} stop{n}", seeds=many)
        assert dropped.rule == "too similar"
        assert "0.80" in dropped.reason
        assert f"word{n} term{n}" in dropped.reason


def test_novelty_counts_what_was_kept_before_in_the_same_answer_round_and_run():
    task = "Explain why bread rises in the {} oven."
    words = ["hot", "cold", "old", "new"]
    model = model_of([listing(task.format(word)) for word in words[:2]] + [listing(task.format(words[2]))])
    candidates = run(SelfInstruct(most_requests=3, per_request=1, requests_per_round=2), model)
    assert [(one.round, one.rule) for one in candidates] == [(1, "too similar"), (1, ""), (2, "too similar")]
    assert all("hot oven" in one.reason for one in candidates if one.rule)
    assert "hot oven" in candidates[1].sample.instruction
    many = once(*[task.format(word) for word in words])
    assert [one.rule for one in many] == ["too similar"] * 3 + [""]


def test_the_ten_most_similar_and_the_average_are_those_of_rouge_score():
    task = "Paint a door that nobody wrote about."
    (made,) = once(task)
    scorer = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)
    all_scores = [scorer.score(task, seed.sample.instruction)["rougeL"].fmeasure for seed in SEEDS]
    assert [near.similarity for near in made.nearest] == sorted(all_scores, reverse=True)[:10]
    assert made.nearest[0].text in {seed.sample.instruction for seed in SEEDS}
    assert made.average == pytest.approx(sum(all_scores) / len(all_scores))


def test_the_last_task_of_a_list_that_was_cut_off_is_dropped():
    last, first = once("Explain why bread rises in the oven.", "List three uses of old", problem="truncated")
    assert (first.rule, last.rule) == ("", "cut off")


@pytest.mark.parametrize("problem", ["refused", "filtered", "timeout", "malformed", "unknown"])
def test_a_request_without_an_answer_drops_only_itself(problem):
    model = model_of([(problem, "Sorry."), listing("Explain why bread rises in the oven.")])
    gone, made = run(SelfInstruct(most_requests=2, requests_per_round=2), model)
    assert gone.rule == f"no answer: {problem}"
    assert "Sorry." in gone.reason
    assert made.rule == ""


def test_an_answer_without_a_list_is_named():
    (gone,) = run(SelfInstruct(most_requests=1), model_of(["I would rather talk about bread."]))
    assert gone.rule == "no tasks"
    assert "talk about bread" in gone.reason


@pytest.mark.parametrize("step", ["kind", "instances"])
def test_a_problem_with_one_instruction_drops_only_that_one(step):
    def answer(prompt):
        text = prompt.messages[-1].content
        if not prompt.schema:
            return listing("Explain why bread rises in the oven.", "Compare two ways to store apples.")
        is_step = '"classification"' in prompt.schema if step == "kind" else '"instances"' in prompt.schema
        if is_step and text.endswith("bread rises in the oven."):
            return "refused", "I cannot."
        if '"classification"' in prompt.schema:
            return {"classification": False}
        return {"instances": [{"input": "", "output": "By hand."}]}

    gone, made = run(SelfInstruct(most_requests=1), FakeModel(answer))
    assert (gone.rule, made.rule) == ("no answer: refused", "")
    assert gone.sample == Sample("Explain why bread rises in the oven.")
    assert gone.nearest
    assert gone.origin.category == ("" if step == "kind" else "generation")


def given(*pairs):
    return {"instances": [{"input": one, "output": other} for one, other in pairs]}


TASK = "Explain why bread rises in the oven."


@pytest.mark.parametrize(
    ("pairs", "rules"),
    [
        ([("a", "b"), ("c", "d")], ["", ""]),
        ([("a", "a"), ("c", "d")], ["input is output", ""]),
        ([("a", " "), ("c", "d")], ["empty output", ""]),
        ([("a", TASK), ("c", "d")], ["output is instruction", ""]),
        ([("a", "As follows:"), ("c", "d")], ["unfinished", ""]),
        ([("About this:", "b"), ("c", "d")], ["unfinished", ""]),
        ([("a", "b"), ("a ", " b"), ("c", "d")], ["", "repeated instance", ""]),
        ([("a", "b"), ("a", "x"), ("c", "d")], ["conflicting outputs"] * 3),
        ([("a", "b"), ("a", ""), ("c", "d")], ["", "empty output", ""]),
        ([("", "b"), ("", "x")], ["", ""]),
        ([(str(n), "b") for n in range(6)], [""] * 5 + ["too many instances"]),
        ([], ["no instances"]),
    ],
)
def test_each_rule_for_instances_drops_visibly(pairs, rules):
    candidates = once(TASK, instances=given(*pairs))
    assert [one.rule for one in candidates] == rules
    assert all(one.reason for one in candidates if one.rule)
    assert [(one.sample.input, one.sample.output) for one in candidates if pairs] == [
        (left.strip(), right.strip()) for left, right in pairs
    ]


def test_instances_that_were_cut_off_keep_those_that_are_whole():
    text = '{"instances": [{"input": "a }", "output": "b"}, {"input": "x"}, {"input": "c", "outp'
    whole, cut = once(TASK, instances=("truncated", text))
    assert (whole.rule, whole.sample.input, whole.sample.output) == ("", "a }", "b")
    assert cut.rule == "cut off"
    (nothing,) = once(TASK, instances=("truncated", "Let me think"))
    assert nothing.rule == "cut off"


def test_labels_come_first_for_classification_and_inputs_first_for_the_rest():
    for classification, fields in [(True, ["output", "input"]), (False, ["input", "output"])]:
        model = model_of([listing(TASK)], classification)
        (made,) = run(SelfInstruct(most_requests=1), model)
        assert re.findall(r'"(input|output)": \{"type"', model.prompts[2].schema) == fields
        assert made.origin.category == ("classification" if classification else "generation")


def test_the_question_for_the_kind_can_be_left_out():
    model = model_of([listing(TASK)])
    (made,) = run(SelfInstruct(most_requests=1, detect_classification=False), model)
    assert len(model.prompts) == 2
    assert made.origin.category == ""


def test_an_instruction_without_a_good_instance_is_no_example_but_is_known():
    same = [listing(TASK), listing(TASK), listing(TASK)]
    model = model_of(same, instances=given())
    candidates = run(SelfInstruct(target=2, most_requests=3, requests_per_round=1), model)
    assert [one.rule for one in candidates] == ["no instances", "exact copy", "exact copy"]
    assert all(TASK not in prompt.messages[0].content for prompt in model.prompts if not prompt.schema)


def test_it_goes_on_until_the_target_and_asks_no_more_than_is_wanted():
    model = FakeModel(write)
    candidates = run(SelfInstruct(target=30, per_request=5), model)
    instructions = {one.sample.instruction for one in kept(candidates)}
    assert 30 <= len(instructions) < 35
    rounds = [one.round for one in candidates]
    assert rounds == sorted(rounds)
    asked = [prompt.slot for prompt in model.prompts if not prompt.schema]
    assert len(asked) == len(set(asked))
    assert sum("round 1," in slot for slot in asked) == 5


def test_it_stops_at_the_most_requests():
    model = model_of([])
    candidates = run(SelfInstruct(most_requests=7, requests_per_round=3), model)
    assert [one.round for one in candidates] == [1, 1, 1, 2, 2, 2, 3]


def test_another_seed_asks_other_questions():
    first, second = FakeModel(write), FakeModel(write)
    run(SelfInstruct(target=1), first)
    run(SelfInstruct(target=1, seed=1), second)
    assert first.prompts[0].key("m") != second.prompts[0].key("m")


def test_the_estimate_names_three_kinds_of_calls_within_their_bounds():
    instructions, kind, instances = SelfInstruct(target=100, per_request=8).expected(SEEDS)
    assert instructions.calls == 25
    assert kind.calls == instances.calls == 100
    for one in (instructions, kind, instances):
        assert 0 < one.answer_tokens <= one.max_tokens
        assert one.prompt_characters > 100
    few = SelfInstruct(target=100, most_requests=1, detect_classification=False).expected(SEEDS)
    assert [math.ceil(one.calls) for one in few] == [1, 4]
    assert SelfInstruct(target=7).wanted(SEEDS) == 7
