"""What differs between two texts, rule by rule."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.duplicates.differences import FEATURES, differences, facts_of, table, text_of
from curation.duplicates.facts import facts
from curation.rouge import Pool
from curation.sample import Sample

texts = st.text(alphabet="ab 3\nÉж東.'Q", max_size=30)


@pytest.mark.parametrize(
    ("a", "b", "differ"),
    [
        ("Name three colours.", "name 3 colours", ()),
        ("Name three colours.", "Name 4 colours.", ("numbers",)),
        ("It costs 1,000 pounds.", "It costs 1000 pounds.", ()),
        ("One of them, or one another", "Any of them", ()),
        ("Where is Paris?", "where is paris", ()),
        ("Where is Paris?", "Where is Rome?", ("names",)),
        ("Say why. Then stop.", "Explain why, then stop", ()),
        ("How does GPT-2 work?", "How does GPT-3 work?", ("numbers", "names")),
        ("What do I like?", "What do you like?", ()),
        ("The Earth's core", "Core of the Earth", ()),
        ("Foods that are safe", "Foods that are not safe", ("negations",)),
        ("You can eat it", "You can't eat it", ("negations",)),
        ("Sort it in python.", "Sort it in java.", ("languages",)),
        ("Скажи", "say", ("languages",)),
        ("Write about rain", "Write a poem about rain", ("formats",)),
        ("Write poems", "Write a poem", ()),
        ("List rivers", "Name rivers", ()),
        ("Outline the plot", "Describe the plot", ()),
        ("Check whether it rains", "Check whether it rains or not", ()),
        ("", "", ()),
    ],
)
def test_what_differs(a: str, b: str, differ: tuple[str, ...]) -> None:
    assert differences(facts(a), facts(b)).differ == differ


@given(texts, texts)
def test_it_is_the_same_either_way_and_nothing_differs_from_itself(a: str, b: str) -> None:
    first, second = facts(a), facts(b)
    there, back = differences(first, second), differences(second, first)
    assert (there.differ, there.length) == (back.differ, back.length)
    assert there.rouge == pytest.approx(Pool([b]).scores([a])[0, 0])
    assert differences(first, first).differ == ()
    assert 0 <= there.length <= 1


def test_inputs_count_unless_the_instruction_alone_is_compared() -> None:
    a, b = Sample("Translate it.", "good day"), Sample("Translate it.", "good night")
    assert differences(facts_of(a, "prompt"), facts_of(b, "prompt")).inputs == 0.5
    assert differences(facts_of(a, "instruction"), facts_of(b, "instruction")).inputs == 1
    assert differences(facts_of(a, "prompt"), facts_of(Sample("Translate it."), "prompt")).inputs == 0
    assert [text_of(Sample("A", "b", "c"), field) for field in ("instruction", "prompt", "output")] == [
        "A",
        "A\n\nb",
        "c",
    ]


def test_the_columns_say_the_same_as_the_rows() -> None:
    pairs = [("Name 3 rivers", "Name 4 rivers"), ("Paris", "Paris"), ("a poem in Greek", "a poem not in Thai")]
    rows = [differences(facts(a), facts(b)) for a, b in pairs]
    columns = table(rows)
    for feature in FEATURES:
        assert columns.any_of([feature]).tolist() == [feature in row.differ for row in rows]
    assert columns.any_of(["numbers", "negations"]).tolist() == [True, False, True]
    assert not columns.any_of([]).any()
    assert np.allclose(columns.rouge, [row.rouge for row in rows])
    assert len(table([]).differ) == 0
