"""Refinement: what is polished, what is flagged, and which facts count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import NotReady
from curation.generators import Refinement
from curation.generators.refinement.facts import lost_facts
from curation.generators.refinement.refinement import Refined, read_refined
from curation.sample import Message, Sample, Seed
from tests.generators.fake_model import FakeModel, reply_to

ELBE = Sample("Where does the Elbe rise?", output="It rise in the mountains of Bohemia, at 1,386 metres.")


def run(answer, pool=(ELBE,), changes=("Fixed the verb.",), **options):
    said = {"changes": list(changes), "refined_answer": answer} if isinstance(answer, str) else answer
    model = FakeModel(lambda _: said)
    return list(Refinement(**options)([Seed(sample) for sample in pool], model)), model


def test_the_polished_sample_has_the_original_as_its_parent_and_keeps_everything_but_the_answer():
    full = Sample("Add.", "1, 2", "its 3", "Be brief.", (Message("user", "Sure?"),), "4")
    (made,), model = run("It is 3.", (full,))
    assert made.rule == ""
    assert made.sample == Sample("Add.", "1, 2", "It is 3.", "Be brief.", (Message("user", "Sure?"),), "4")
    assert made.origin.parents == (full.id,)
    (prompt,) = model.prompts
    text = prompt.messages[0].content
    assert all(part in text for part in ("Be brief.", "Add.\n\n1, 2", "its 3"))
    assert made.origin.ref == f"{prompt.key('fake')[:12]}, sample 1"


@pytest.mark.parametrize(
    ("answer", "rule", "reason"),
    [
        ("It rises in the mountains of Bohemia, at 1386 metres.", "", ""),
        ("It rises in the mountains of Bohemia.", "loses facts", "missing: 1,386"),
        ("It rises in the mountains, at 1,386 metres.", "loses facts", "missing: Bohemia"),
        (f"{ELBE.output} {'More. ' * 40}", "grown too long", "count as 100, became 293 (2.9 times, most 1.5)"),
        (f" {ELBE.output}\n", "nothing changed", "though it states"),
        ("", "empty output", "empty"),
        (("truncated", '{"changes": ["Fi'), "no answer: truncated", "cut off"),
        (("refused", "No."), "no answer: refused", "refused"),
    ],
)
def test_what_loses_grows_or_changes_nothing_is_flagged_with_the_facts(answer, rule, reason):
    (made,), _ = run(answer)
    assert made.rule == rule
    assert reason in made.reason
    assert made.origin.parents == (ELBE.id,)


def test_the_bounds_are_options():
    assert run("It rises in Bohemia.", most_lost=1)[0][0].rule == ""
    assert run(f"{ELBE.output} {'More. ' * 40}", most_growth=3)[0][0].rule == ""
    lost = ", ".join(f"n{n} is Name{n}x" for n in range(12))
    reason = run("nothing", (Sample("Name them.", output=f"here {lost}"),))[0][0].reason
    assert reason == "missing: Name0x, Name1x, Name2x, Name3x, Name4x, Name5x, Name6x, Name7x and 4 more"


def test_an_answer_given_back_without_changes_says_so():
    (made,), _ = run(ELBE.output, changes=())
    assert (made.rule, made.reason) == ("nothing changed", "the model gave the answer back as it was")


def test_the_stated_changes_can_be_read_from_the_answer():
    model = FakeModel(lambda _: {"changes": [" Fixed the verb. "], "refined_answer": " Yes. "})
    list(Refinement()([Seed(ELBE)], model))
    reply = reply_to(model.prompts[0], model.answer(None))
    assert read_refined(reply) == Refined(("Fixed the verb.",), "Yes.")


def test_two_samples_that_become_one_are_kept_once():
    worse = Sample(ELBE.instruction, output="It do rise in Bohemia, at 1,386 metres.")
    made, _ = run("It rises in the mountains of Bohemia, at 1,386 metres.", (ELBE, worse, ELBE))
    assert [one.rule for one in made] == ["", "exact copy"]


def test_without_an_answer_there_is_nothing_to_polish():
    with pytest.raises(NotReady, match="no answer to polish"):
        run("x", (Sample("Name a river."),))
    assert Refinement().wanted([Seed(Sample("Name a river."))]) == 0


def test_wishes_are_passed_on():
    _, model = run("x", wishes="Use British spelling.")
    assert "\n- Use British spelling.\n" in model.prompts[0].messages[0].content


@pytest.mark.parametrize(
    ("text", "refined", "lost"),
    [
        ("See https://a.org/x?y=1.", "See the page.", ["https://a.org/x?y=1"]),
        ("See https://a.org/x.", "See (https://a.org/x).", []),
        ("Call `len(x)` first.", "Call  len(x) first.", []),
        ("Call `len( x )` first.", "Call it first.", ["`len( x )`"]),
        ("```\na = 12\n```\nSo.", "So.", ["a code block"]),
        ("```\na = 12\n```\nSo.", "```python\na = 13\n```\nSo.", []),
        ("1. Mix 2 eggs.\n2. Wait.", "Mix two eggs, then wait.", []),
        ("It takes 3.5 hours.", "It takes 3.6 hours.", ["3.5"]),
        ("In 007 cases of 100.", "In 7 of 100 cases.", []),
        ("We met Anna and Anna's dog.", "We met a woman and her dog.", ["Anna"]),
        ("We met Anna.", "Anna met us.", []),
        ("Yesterday I was glad.", "There was joy yesterday.", []),
        ('He said "Go home" to me.', "He told me to leave.", []),
        ("# How To Bake Good Bread\nuse flour", "use flour", []),
        ("Der Hund und die Katze ist ein Paar.", "Zwei Tiere sind ein Paar.", []),
        ("日本の首都は東京です。", "首都は東京。", []),
    ],
)
def test_which_facts_count(text, refined, lost):
    assert lost_facts(text, refined) == lost


@given(st.text(st.sampled_from("aB1 .,`'\n\"-é#https:/"), max_size=80))
def test_no_text_crashes_and_none_loses_anything_to_itself(text):
    assert lost_facts(text, text) == []
