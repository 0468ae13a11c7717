"""`sift curate`: the same funnel as the Filters page, and nothing changed where that is asked for."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from curation import runs
from curation.cli import cli
from curation.errors import BadFile, BadInput, BadRecipe
from curation.recipe import Recipe, read_recipe, write_recipe
from curation.stages.curating import current_recipe
from curation.stages.importing import recognised_job
from curation.stages.measuring import measure_job
from curation.store import open_workspace
from curation.store.recipes import latest_recipes
from tests.overrides import UNMEASURED

ROOT = Path(__file__).resolve().parents[1]
RECIPE = """
[rules.words]
least = 5
most = 60

[rules.instruction_words]
least = 8

[rules.refusal]
most = 0

[rules.words_of_nobody]
least = 1
"""
FITS = RECIPE.split("[rules.words_of_nobody]")[0]


@pytest.fixture
def path(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    runs.run_now(opened, recognised_job(opened, str(ROOT / "sample_data" / "seed_tasks.jsonl")))
    runs.run_now(opened, measure_job(opened))
    yield tmp_path / "w.duckdb"
    opened.close()


def call(*arguments, code=0):
    result = CliRunner().invoke(cli, ["curate", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def told(*arguments):
    return json.loads(call(*arguments, "--json").stdout.splitlines()[-1])


def test_the_funnel_is_that_of_the_filters_page(path, tmp_path, monkeypatch):
    file = tmp_path / "mine.toml"
    file.write_text(FITS)
    found = told(file, "-w", path)
    assert found["samples"] == 214
    assert 0 < found["kept_by_rules"] < 214
    assert found["states"] == {"accepted": 0, "kept": found["kept_by_rules"], "dropped": 214 - found["kept_by_rules"],
                               "rejected": 0}  # fmt: skip
    assert current_recipe(open_workspace(path)) == read_recipe(FITS)
    assert latest_recipes(open_workspace(path))[0].name == "mine"

    monkeypatch.setenv("SIFT_WORKSPACE", str(path))
    page = AppTest.from_file(str(ROOT / "pages" / "filters.py"), default_timeout=60).run()
    assert not page.exception
    kept = next(one for one in page.metric if one.label == "Kept by all rules")
    assert kept.value == f"{found['kept_by_rules']:,} of 214"
    table = next(one.value for one in page.dataframe if "only it" in one.value.columns)
    shown = table[["removes", "only it", "left", "keeps"]].to_dict("records")
    assert shown == [{key: row[key] for key in ("removes", "only it", "left", "keeps")} for row in found["rules"]]


def test_a_dry_run_says_the_same_and_changes_nothing(path, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(FITS)
    dry = told(file, "--dry-run", "-w", path)
    assert current_recipe(open_workspace(path)) == Recipe()
    real = told(file, "-w", path, "--name", "first")
    assert {key: real[key] for key in dry} == dry
    assert real["in_force"] == "first"
    assert "In force" not in call(file, "--dry-run", "-w", path).stdout


def test_two_recipes_are_compared_by_what_each_alone_keeps(path, tmp_path):
    loose, tight = tmp_path / "loose.toml", tmp_path / "tight.toml"
    loose.write_text("[rules.words]\nleast = 5\n")
    tight.write_text("[rules.words]\nleast = 8\n")
    kept = [told(file, "--dry-run", "-w", path)["kept_by_rules"] for file in (loose, tight)]
    found = told("--diff", loose, tight, "-w", path)
    assert (found["both_keep"], found["only_a_keeps"], found["only_b_keeps"]) == (kept[1], kept[0] - kept[1], 0)
    assert found["both_keep"] + found["only_a_keeps"] + found["neither_keeps"] == 214
    assert told("--diff", "current", "permissive", "-w", path)["only_b_keeps"] == 0
    assert "only a keeps" in call("--diff", loose, tight, "-w", path).stdout
    seeded = tmp_path / "seeded.toml"
    seeded.write_text(write_recipe(read_recipe(loose.read_text())).replace("seed = 0", "seed = 7"))
    assert told("--diff", loose, seeded, "-w", path)["lines"] == ["-seed = 0", "+seed = 7"]
    assert "the same, line by line" in call("--diff", loose, loose, "-w", path).stdout


def test_a_rule_that_cannot_be_applied_stops_it_and_a_dry_run_says_so(path, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(RECIPE)
    with pytest.raises(BadInput, match="words_of_nobody"):
        call(file, "-w", path)
    assert current_recipe(open_workspace(path)) == Recipe()
    assert 'Left out: There is a rule on "words_of_nobody"' in call(file, "--dry-run", "-w", path).stdout


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [(None, BadFile, "there are self-instruct"), ("[rules.words]\nfewest = 3\n", BadRecipe, "line 2")],
)
def test_what_is_no_recipe_is_said_with_its_place(path, tmp_path, text, error, reason):
    file = tmp_path / "mine.toml"
    if text:
        file.write_text(text)
    with pytest.raises(error, match=reason):
        call(file, "-w", path)


def test_one_recipe_is_wanted_and_two_to_compare(path):
    assert "1 wanted, 2 given" in call("strict", "alpaca", "-w", path, code=2).output
    assert "2 wanted, 1 given" in call("--diff", "strict", "-w", path, code=2).output


def test_the_recipe_in_force_is_written_back_byte_for_byte(path, tmp_path):
    file = tmp_path / "again.toml"
    call("permissive", "-w", path)
    file.write_text(write_recipe(current_recipe(open_workspace(path))))
    found = told("--diff", file, "current", "-w", path)
    assert found["only_a_keeps"] == found["only_b_keeps"] == 0


def test_an_export_takes_splits_and_formats_from_the_recipe_in_force(path, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('formats = ["alpaca"]\n[splits]\ntrain = 0.5\nvalidation = 0.5\ntest = 0\nseed = 3\n')
    told(file, "-w", path)
    arguments = ["export", "--to", str(tmp_path), "--override", "=".join(UNMEASURED), "-w", str(path), "--json"]
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    folder = Path(json.loads(done.stdout.splitlines()[-1])["folder"])
    rows = {one.stem: json.loads(one.read_text()) for one in (folder / "alpaca").glob("*.json")}
    assert rows.keys() == {"train", "validation"}
    assert abs(len(rows["train"]) - 107) <= 2


MIXED = """
[selection]
method = "chance"
size = 60

[mixture]
by = "task_type"
most = 20
"""


def test_selection_and_mixture_are_part_of_the_funnel(path, tmp_path):
    file = tmp_path / "mixed.toml"
    file.write_text(MIXED)
    planned = told(file, "--dry-run", "-w", path)
    said = told(file, "-w", path)
    assert planned["selected"] == said["selected"] == 60
    assert said["mixed"] == sum(row["got"] for row in said["mixture"])
    assert all(row["got"] <= 20 for row in said["mixture"])
    text = call(file, "-w", path).stdout
    assert "60 of" in text
    assert "no more than 20 of a label" in text


def test_a_selection_that_cannot_be_made_changes_nothing(path, tmp_path):
    file = tmp_path / "odd.toml"
    file.write_text('[selection]\nmethod = "best"\nsize = 3\n')
    with pytest.raises(BadRecipe, match="no way to choose"):
        call(file, "-w", path)
    assert current_recipe(open_workspace(path)) == Recipe()
