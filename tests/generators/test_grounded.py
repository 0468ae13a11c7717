"""Answers out of documents: what is looked up, what is kept with the sample, and every rule that drops one."""

import json
from collections import Counter

import numpy as np
import pytest

from curation.errors import BadFile, NotReady
from curation.generators.responding.grounded import SYSTEM, Grounded
from curation.generators.responding.sources import nearest, read_sources
from curation.generators.responding.support import MOST_NEW, overstated, unsupported
from curation.practice.answers import Question, answer
from curation.sample import Message, Sample, Seed
from tests.generators.fake_model import FakeModel

REFUNDS = "Refunds are paid within 30 days after the parcel has come back to our warehouse in Leeds."
OPENING = "The shop opens at nine o'clock in the morning and closes at six; on Sundays it stays closed."
ASKED = Seed(Sample("How long does a refund take?"), category="shop")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "refunds.md").write_text(f"# Refunds\n\n{REFUNDS}\n")
    (tmp_path / "opening.txt").write_text(OPENING)
    (tmp_path / "prices.csv").write_text("article,price\nteapot,19.50\nkettle,35\n")
    (tmp_path / "stock.jsonl").write_text('{"article": "teapot", "left": 4}\n{"article": "", "left": null}\n')
    (tmp_path / "notes.jsonl").write_text('{"text": "Gift cards never expire."}\n{"other": 1}\n')
    (tmp_path / "broken.txt").write_bytes(b"\xff\xfe\x00\x01")
    (tmp_path / ".hidden.txt").write_text("Nobody reads this.")
    return tmp_path


def told(text="Within 30 days after it has come back.", sources=(1,), in_sources=True):
    return {"in_sources": in_sources, "sources": list(sources), "answer": text}


def made(path, said, pool=(ASKED,), **options):
    model = FakeModel(said if callable(said) else lambda _: said)
    return list(Grounded(path=path, **options)(list(pool), model)), model.prompts


def test_a_folder_is_read_file_by_file_and_what_cannot_be_read_is_said(folder):
    sources, refused = read_sources(folder, 1000)
    assert {source.name for source in sources} == {
        "handbook/refunds.md, passage 1", "opening.txt, passage 1", "prices.csv, row 1", "prices.csv, row 2",
        "stock.jsonl, row 1", "notes.jsonl, line 1, passage 1",
    }  # fmt: skip
    assert next(one.text for one in sources if one.name == "prices.csv, row 1") == "article: teapot\nprice: 19.50"
    assert {one.place for one in refused} == {"broken.txt", "stock.jsonl, row 2", "notes.jsonl, line 2"}
    found, _ = made(folder, told(sources=(1,)))
    assert {one.rule for one in found[:3]} == {"source not read"}
    assert all(one.reason for one in found[:3])


def test_the_nearest_sources_go_into_the_sample_and_its_origin_names_those_used(folder):
    (one,), prompts = made(folder / "handbook", told(), sources=2)
    assert one.rule == ""
    assert one.sample.input == f"[1] refunds.md, passage 1\nRefunds\n\n{REFUNDS}"
    assert one.sample.output == "Within 30 days after it has come back. [1]"
    assert one.sample.system == SYSTEM
    assert one.origin.ref.endswith("sample 1, from refunds.md, passage 1")
    assert (one.origin.category, one.origin.parents) == ("shop", (ASKED.sample.id,))
    assert REFUNDS in prompts[0].messages[0].content


def test_the_highest_cosines_come_first_and_equal_ones_in_order():
    sources = np.array([[1, 0], [0, 1], [1, 0], [0.6, 0.8]], np.float32)
    assert nearest(np.array([[1, 0], [0, 1]], np.float32), sources, 3) == [[0, 2, 3], [1, 3, 0]]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (told(), ""),
        (told("Between thirty and 45 days."), "number not in sources"),
        (told("Money travels through banks, couriers and clearing houses worldwide."), "not supported"),
        (told(sources=()), "no source"),
        (told(sources=(1, 7)), "unknown source"),
        (told(sources=(0,)), "unknown source"),
        (told(" "), "empty answer"),
        (told("I'm sorry, but I can't help with that."), "declines"),
        (told("The sources do not tell.", (), False), ""),
        (told("The sources do not tell, but it mostly takes 14 days.", (), False), "answers without source"),
        (("malformed", "{"), "no answer: malformed"),
        (("truncated", "{"), "no answer: truncated"),
    ],
)
def test_each_rule(folder, said, rule):
    (one,), _ = made(folder / "handbook", said)
    assert one.rule == rule
    assert bool(one.reason) is bool(rule)


def test_that_the_sources_do_not_tell_can_be_dropped_and_is_never_cited(folder):
    said = told("The sources do not tell.", (1,), False)
    (kept,), _ = made(folder / "handbook", said)
    assert kept.sample.output == "The sources do not tell."
    assert kept.origin.ref.endswith("not in the sources")
    (dropped,), _ = made(folder / "handbook", said, keep_not_found=False)
    assert dropped.rule == "not in the sources"


def test_only_cited_sources_support_an_answer():
    asked, text = "When does the shop open?", "It opens at nine in the morning."
    assert unsupported(text, asked, [OPENING], 0.9) is None
    assert unsupported(text, asked, [REFUNDS], 0.5).rule == "not supported"
    assert unsupported("1. Opening hours [2]\n2. Refunds", "x", [OPENING, REFUNDS], 0.6) is None
    assert unsupported("It costs 1,950.", "How much?", ["cost: 1950"], 0.5) is None
    assert unsupported("Yes.", "Is it open?", [OPENING], 1.0) is None
    many = " ".join(f"wort{chr(97 + n)}{chr(98 + n)}" for n in range(MOST_NEW + 1))
    assert overstated(many, "x", []).rule == "answers without source"


def test_an_input_of_the_samples_own_stays_before_the_sources(folder):
    pool = [Seed(Sample("How long does it take?", "A teapot was sent back.", system="Be kind."))]
    (one,), _ = made(folder / "handbook", told(), pool, cite=False)
    assert one.sample.input.startswith("A teapot was sent back.\n\n[1] refunds.md")
    assert (one.sample.system, one.sample.output) == ("Be kind.", "Within 30 days after it has come back.")


def test_what_cannot_be_done_is_said(folder, tmp_path):
    with pytest.raises(BadFile, match="no file or folder"):
        made(folder / "nothing.txt", told())
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadFile, match="no text that can serve"):
        made(tmp_path / "empty", told())
    talk = Sample("A?", output="a", followups=(Message("user", "B?"),))
    with pytest.raises(NotReady):
        Grounded(path=folder).wanted([Seed(talk)])
    assert Grounded(path=folder, which="all").wanted([Seed(talk), ASKED]) == 2


def test_the_practice_model_answers_from_the_sources(folder):
    def practised(prompt):
        messages = tuple((message.role, message.content) for message in prompt.messages)
        return json.loads(answer(Question(messages, json.loads(prompt.schema), True, prompt.slot)))

    pool = [Seed(Sample(f"What about thing {n} in the shop?")) for n in range(40)]
    found, _ = made(folder, practised, pool)
    rules = Counter(one.rule for one in found)
    assert rules[""] >= 25
    assert len({one.sample.output for one in found if not one.rule}) > 3
