import csv
import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curation.errors import BadFile
from curation.generators import Templates
from curation.generators.templates.answers import answer
from curation.generators.templates.phrasings import COLUMNS, OPTIONS, TEMPLATES
from curation.generators.templates.table import ALIASES

REVIEWS = [
    ("A wonderful film, I loved it.", "positive"),
    ("Great food and lovely people.", "positive"),
    ("It was fun.", "positive"),
    ("A terrible mess.", "negative"),
    ("Not a great film.", "negative"),
]


@pytest.fixture
def reviews(tmp_path):
    path = tmp_path / "reviews.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("text", "label"), *REVIEWS])
    return path


def table(tmp_path, rows, name="rows.jsonl"):
    path = tmp_path / name
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


ROWS = {
    "sentiment": [{"text": "I loved it.", "label": "positive"}, {"text": "Too slow.", "label": "negative"}],
    "nli": [
        {"premise": "A dog runs.", "hypothesis": "An animal moves.", "label": "entailment"},
        {"premise": "A dog runs.", "hypothesis": "A dog sleeps.", "label": "contradiction"},
    ],
    "qa": [{"question": "Where is Rome?", "answer": "Italy", "context": "Rome is old. It lies in Italy. Go there."}],
    "topic": [{"text": "The match ended 2–1.", "label": "sport"}, {"text": "Shares fell.", "label": "business"}],
    "summary": [{"text": "A long text about rain.", "summary": "It rained. People stayed at home."}],
    "paraphrase": [{"text": "He left early.", "paraphrase": "He went before the end."}],
    "same meaning": [
        {"text": "He left early.", "paraphrase": "He went before the end.", "label": "same"},
        {"text": "He left early.", "paraphrase": "He came early.", "label": "different"},
    ],
    "extraction": [{"text": "Hello. The rent is due on 3 May.", "field": "due date", "value": "3 May"}],
    "translation": [
        {"source": "Good day", "target": "Guten Tag", "source_language": "English", "target_language": "German"}
    ],
}


@pytest.mark.parametrize("task", TEMPLATES)
def test_each_task_has_enough_phrasings_and_forms(task):
    templates = TEMPLATES[task]
    assert len(templates) >= 6
    assert len({template.form for template in templates}) >= 2
    assert len({(template.instruction, template.input) for template in templates}) == len(templates)
    assert any(template.input for template in templates)
    assert any(not template.input for template in templates)


@pytest.mark.parametrize("task", TEMPLATES)
def test_every_template_can_be_used(tmp_path, task):
    made = list(Templates(path=table(tmp_path, ROWS[task]), task=task, per_row=9)([]))
    used = {int(one.origin.ref.split()[-1]) for one in made}
    assert used == set(range(1, len(TEMPLATES[task]) + 1))
    for one in made:
        assert one.sample.instruction.strip()
        assert one.sample.output.strip()
        assert "{" not in one.sample.prompt
        assert (one.origin.method, one.origin.source, one.origin.category) == ("templates", "rows.jsonl", task)


def test_forms_of_answer(tmp_path):
    made = list(Templates(path=table(tmp_path, ROWS["qa"]), task="qa", per_row=9)([]))
    assert {one.sample.output for one in made} == {
        "Italy",
        "The answer is Italy.",
        'The answer is Italy. The passage says: "It lies in Italy."',
    }


def test_an_explanation_quotes_only_what_is_there(reviews):
    made = list(Templates(path=reviews, per_row=9)([]))
    explained = {one.origin.ref.split(",")[0]: one.sample.output for one in made if "shows it" in one.sample.output}
    assert explained["row 1"] == 'The sentiment is positive. The wording shows it: "wonderful" and "loved".'
    assert explained["row 4"] == 'The sentiment is negative. The wording shows it: "terrible" and "mess".'
    assert "row 5" not in explained, "a negated cue explains nothing"


def test_ref_leads_back_to_the_row(reviews):
    for one in Templates(path=reviews)([]):
        row = int(one.origin.ref.split(",")[0].removeprefix("row "))
        text, label = REVIEWS[row - 1]
        assert text in one.sample.prompt
        assert label in one.sample.output


def test_balanced_takes_as_many_from_each_class(reviews):
    made = list(Templates(path=reviews, balanced=True, per_row=2)([]))
    labels = Counter("positive" if "positive" in one.sample.output else "negative" for one in made)
    assert labels == {"positive": 4, "negative": 4}
    assert len({one.origin.ref for one in made}) == len(made)
    assert len(list(Templates(path=reviews, balanced=True, limit=3)([]))) == 3


def test_balancing_what_has_no_classes(tmp_path):
    with pytest.raises(BadFile, match="no classes"):
        list(Templates(path=table(tmp_path, ROWS["qa"]), task="qa", balanced=True)([]))


def test_same_options_same_samples(reviews):
    assert list(Templates(path=reviews, seed=3)([])) == list(Templates(path=reviews, seed=3)([]))
    assert list(Templates(path=reviews, seed=3)([])) != list(Templates(path=reviews, seed=4)([]))


def test_no_duplicates_also_with_equal_rows_and_with_the_pool(tmp_path):
    path = table(tmp_path, [*ROWS["topic"], *ROWS["topic"]])
    made = [one.sample for one in Templates(path=path, task="topic", per_row=9)([])]
    assert len({sample.id for sample in made}) == len(made) == 2 * len(TEMPLATES["topic"])
    assert list(Templates(path=path, task="topic", per_row=9)(made)) == []


@pytest.mark.parametrize("limit", [0, 1, 5])
def test_requested_is_an_upper_bound(reviews, limit):
    options = Templates(path=reviews, per_row=3, limit=limit)
    assert 0 < len(list(options([]))) <= options.requested([])


def test_numbered_labels_get_names(tmp_path):
    path = table(tmp_path, [{"sentence": "Fun.", "label": 1}, {"sentence": "Dull.", "label": 0}])
    made = list(Templates(path=path, labels=("negative", "positive"))([]))
    assert all("positive" in one.sample.output for one in made if "Fun." in one.sample.prompt)


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path):
    path = table(tmp_path, [{"body": "Fun.", "stars": 5}])
    with pytest.raises(BadFile, match=r"no column 'text' and no column 'label'. It has: body, stars"):
        list(Templates(path=path)([]))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("gone.csv", None, "cannot be read"),
        ("a.csv", b"text,label\n\xff\xfe,positive\n", "UTF-8"),
        ("a.csv", b"", "no column"),
        ("a.csv", b'text,label\n"open,positive\n', "not a table"),
        ("a.jsonl", b"", "no column"),
        ("a.jsonl", b"[1, 2", "array"),
        ("a.jsonl", b"nonsense\n", "no column"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path, name, content, reason):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadFile, match=reason) as caught:
        list(Templates(path=path)([]))
    assert name in str(caught.value)


def test_rows_that_cannot_be_used_are_named(tmp_path):
    path = tmp_path / "mixed.jsonl"
    good = json.dumps({"text": "Fun.", "label": "positive"})
    bad = ["{", "[1]", '{"text": "", "label": "x"}', '{"text": ["a"], "label": "x"}', '{"text": true, "label": "x"}']
    path.write_text("\n".join([good, *bad]), encoding="utf-8")
    options = Templates(path=path)
    assert {one.origin.ref.split(",")[0] for one in options([])} == {"row 1"}
    assert [refusal.place for refusal in options.refusals()] == [f"mixed.jsonl, row {row}" for row in range(2, 7)]
    assert all(refusal.reason for refusal in options.refusals())


def test_csv_with_semicolons_a_mark_and_a_long_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeffText;Label\r\nFun, really;positive\r\na;b;c\r\n".encode())
    options = Templates(path=path, per_row=1)
    assert "Fun, really" in next(options([])).sample.prompt
    assert [refusal.reason for refusal in options.refusals()] == ["it has more cells than the header"]


def test_an_array_of_objects(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(ROWS["topic"]), encoding="utf-8")
    assert {one.origin.ref.split(",")[0] for one in Templates(path=path, task="topic")([])} == {"row 1", "row 2"}


def test_one_class_leaves_out_questions_with_options(tmp_path):
    made = Templates(path=table(tmp_path, ROWS["topic"][:1]), task="topic", per_row=9)([])
    assert all("{options}" not in TEMPLATES["topic"][int(one.origin.ref.split()[-1]) - 1].instruction for one in made)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=30), st.sampled_from(["a", "{b}", "c d"])), max_size=6))
def test_any_text_in_a_table(tmp_path, rows):
    path = tmp_path / "any.jsonl"
    path.write_bytes(
        "\n".join(json.dumps({"text": text, "label": label}) for text, label in [("x", "a"), *rows]).encode()
    )
    options = Templates(path=path, task="topic", per_row=2, balanced=True)
    made = list(options([]))
    assert len({one.sample.id for one in made}) == len(made) <= options.requested([])


def test_columns_are_all_known():
    assert list(COLUMNS) == list(TEMPLATES)
    for task, (needed, optional) in COLUMNS.items():
        assert needed
        assert {*needed, *optional} <= set(ALIASES)
        for template in TEMPLATES[task]:
            assert set(template.columns) <= {*needed, *optional, OPTIONS}


@pytest.mark.parametrize(
    ("task", "form", "cells"),
    [
        ("sentiment", "explanation", {"text": "It was there.", "label": "positive"}),
        ("sentiment", "explanation", {"text": "I loved it.", "label": "mixed"}),
        ("nli", "explanation", {"premise": "a", "hypothesis": "b", "label": "unclear"}),
        ("qa", "sentence", {"question": "Why?", "answer": "Because it rained for a whole long week"}),
        ("qa", "explanation", {"question": "Where?", "answer": "Rome", "context": "Rome is old. I like Rome."}),
        ("summary", "bullets", {"text": "a", "summary": "One sentence only."}),
        ("topic", "explanation", {"text": "a", "label": "b"}),
        ("paraphrase", "label", {"text": "a", "paraphrase": "b", "label": "different"}),
        ("paraphrase", "reverse", {"text": "a", "paraphrase": "a"}),
        ("same meaning", "explanation", {"text": "a", "paraphrase": "b", "label": "unsure"}),
        ("extraction", "sentence", {"text": "Hello.", "field": "date", "value": "not stated"}),
        ("extraction", "explanation", {"text": "May. It is May.", "field": "month", "value": "May"}),
    ],
)
def test_what_a_row_does_not_give_is_not_made_up(task, form, cells):
    assert answer(task, form, cells) == ""


def test_an_empty_table_makes_nothing(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,label\n,\n", encoding="utf-8")
    assert list(Templates(path=path, balanced=True)([])) == []


def test_a_broken_array_of_other_things(tmp_path):
    path = table(tmp_path, [[1, {"text": "Fun.", "label": "positive"}]])
    assert len(Templates(path=path).refusals()) == 1
