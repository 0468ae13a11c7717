"""Review shows what changed between a sample and the one that it was made from."""

import pytest

from curation.generators import Refinement
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.changes import read_change
from curation.stages.practice import NAME
from curation.stages.synthesis import Order, synthesis_job
from curation.store.samples import add_samples, count_samples, read_samples
from pages._parts.change import STATED
from tests.pages.test_review import PLANTED, opened

TEXT = "It is a good text about people and how they use small things. It has a short list of practical ideas."
OLD = Sample("Name a river in Europe.", output="The Elbe is one of them.")


def switched_on(ws, number):
    (sample,) = read_samples(ws, [number])
    page = opened(sample=sample.id)
    page.toggle(key="review.changed").set_value(True).run()
    assert not page.exception
    return page


def said(page):
    return "\n".join(str(one.value) for kind in (page.caption, page.text, page.markdown) for one in kind)


def test_a_refined_sample_shows_both_answers_and_the_stated_changes(ws):
    made = [Collected(Sample(f"Explain {one}.", output=f"{one}: {TEXT}"), Origin("s", "s", one)) for one in "RCBTWS"]
    add_samples(ws, "run", made)
    run_now(ws, synthesis_job(ws, Order(Refinement(), NAME, tuple(range(6)))))
    assert count_samples(ws) > 6
    page = switched_on(ws, 6)
    found = read_change(ws, 6)
    assert STATED in said(page)
    assert f"• {found.stated[0]}" in said(page)
    assert f"The answer of No. {found.parent} on the left" in said(page)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (Sample("Name a river in Asia.", output="The Ob."), "Name a river in :green-background[**Asia"),
        (Sample(OLD.instruction, output="The Oder is one of them."), "The :green-background[**Oder**] is one of them"),
        (Sample(PLANTED, output="The Ob."), "nothing is marked"),
    ],
    ids=["instruction", "answer", "another text"],
)
def test_the_words_that_differ_are_marked(ws, new, expected):
    add_samples(ws, "run", [Collected(OLD, Origin("s", "s", "1"))])
    add_samples(ws, "run", [Collected(new, Origin("s", "s", "2", parents=(OLD.id,)))])
    assert expected in said(switched_on(ws, 1))


def test_a_seed_has_nothing_to_show(ws):
    add_samples(ws, "run", [Collected(OLD, Origin("s", "s", "1"))])
    assert "review.changed" not in [toggle.key for toggle in opened().toggle]
