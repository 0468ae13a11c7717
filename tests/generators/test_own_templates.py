"""Templates that the reader writes, tables in Parquet, and forms of answer that the reader chooses."""

import datetime
import json
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from pydantic import ValidationError

from curation.errors import BadFile
from curation.generators import Templates
from curation.generators.templates.own import read_own
from curation.generators.templates.phrasings import TEMPLATES
from curation.generators.templates.slots import fill, slots

CITIES = [
    {"City": "Graz", "River name": "Mur", "class": "small"},
    {"City": "Wien", "River name": "Donau", "class": "large"},
    {"City": "Linz", "River name": None, "class": "small"},
]


@pytest.fixture
def cities(tmp_path):
    path = tmp_path / "cities.jsonl"
    path.write_text("\n".join(map(json.dumps, CITIES)), encoding="utf-8")
    return path


@given(st.text(alphabet="ab{} ", max_size=12))
def test_a_text_is_refused_or_filled_whole(text):
    try:
        names = slots(text)
    except ValueError:
        return
    assert fill(text, dict.fromkeys(names, "x")).count("x") >= len(names)


def test_columns_of_the_file_by_their_own_names(cities):
    own = "Which river runs through {City}? => The {River name}.\n\nIs it {options}? || {City} => {class}"
    options = Templates(path=cities, own_templates=own, per_row=9)
    made = {one.origin.ref: one.sample for one in options([])}
    assert made["row 1, template 1"].instruction == "Which river runs through Graz?"
    assert made["row 1, template 1"].output == "The Mur."
    second = made["row 2, template 2"]
    assert (second.instruction, second.input, second.output) == ("Is it large or small?", "Wien", "large")
    assert "row 3, template 1" not in made, "its river is not given"
    assert len(made) == 5 <= options.requested([])


def test_own_templates_can_be_balanced(cities):
    made = Templates(path=cities, own_templates="How big? || {City} => {class}", balanced=True)([])
    assert Counter(one.sample.output for one in made) == {"small": 1, "large": 1}
    other = cities.with_name("t.csv")
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadFile, match="no classes"):
        list(Templates(path=other, own_templates="{a} => {a}!", balanced=True)([]))


def test_an_unknown_slot_is_named_with_the_columns_that_are_there(cities):
    with pytest.raises(BadFile, match=r"Template 2 names \{Town\}, but cities.jsonl .* City, River name, class"):
        list(Templates(path=cities, own_templates="{City}? => Yes\nWhere is {Town}? => Here")([]))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Name {City}.", 'line 1 has no "=>"'),
        ("{City} => {City}\n=> {City}", "line 2 has no"),
        ("{City =>  x", 'line 1: "{" stands alone'),
        ("{} => x", "a gap has no name"),
        ("Name a city. => {City}", "asks the same of every row"),
    ],
)
def test_a_line_that_is_no_template_is_refused_before_the_run(cities, text, reason):
    with pytest.raises(ValidationError, match=reason):
        Templates(path=cities, own_templates=text)


def test_braces_in_cells_and_doubled_braces_stay(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x\n{0.__class__}\n", encoding="utf-8")
    (one,) = Templates(path=path, own_templates="As JSON {{}}: {x} => {{{x}}}")([])
    assert one.sample.instruction == "As JSON {}: {0.__class__}"
    assert one.sample.output == "{{0.__class__}}"
    assert read_own("a {x} => b {y}")[0].columns == ["x", "y"]


def test_only_the_forms_that_are_wanted(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,label\nI loved it.,positive\nToo dull.,negative\n", encoding="utf-8")
    made = list(Templates(path=path, forms=("sentence",), per_row=9)([]))
    assert {one.sample.output.partition(" is ")[0] for one in made} == {"The sentiment of the text"}
    assert len(made) == 2 * sum(template.form == "sentence" for template in TEMPLATES["sentiment"])


def test_a_table_in_parquet(tmp_path):
    path = tmp_path / "a.parquet"
    columns = {"sentence": ["Fun.", "Dull.", None], "label": [1, 0, 1], "seen": [datetime.date(2024, 1, 1)] * 3}
    parquet.write_table(pa.table(columns), path)
    options = Templates(path=path, labels=("negative", "positive"))
    outputs = " ".join(one.sample.output for one in options([]))
    assert "positive" in outputs
    assert "negative" in outputs
    assert [refusal.place for refusal in options.refusals()] == ["a.parquet, row 3"]
    parquet.write_table(pa.table({"a": [1]}), path)
    with pytest.raises(BadFile, match="no column 'text'"):
        options.requested([])
    with_date = Templates(path=path, own_templates="{seen}? => {a}")
    parquet.write_table(pa.table({"a": ["x"], "seen": [datetime.date(2024, 1, 1)]}), path)
    assert [refusal.reason for refusal in with_date.refusals()] == ['"seen" is neither text nor a number']


@pytest.mark.parametrize("content", [None, b"", b"PAR1 and no more PAR1"])
def test_a_broken_parquet_file(tmp_path, content):
    path = tmp_path / "a.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadFile, match="Parquet"):
        Templates(path=path).refusals()


TABLES = Path(__file__).parents[2] / "sample_data" / "tables"


@pytest.mark.parametrize("task", TEMPLATES)
def test_every_table_that_comes_with_sift_fills_every_template_of_its_task(task):
    path = TABLES / f"{'paraphrase' if task == 'same meaning' else task}.csv"
    options = Templates(path=path, task=task, per_row=9)
    made = list(options([]))
    assert not options.refusals()
    assert {int(one.origin.ref.rpartition(" ")[2]) for one in made} == set(range(1, len(TEMPLATES[task]) + 1))
    assert len(made) > 3 * len({one.origin.ref.partition(",")[0] for one in made})
