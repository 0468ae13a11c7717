"""docs/methods.md has a row for every registered method, and the cost that the method itself expects."""

import re
from pathlib import Path

import pytest

from curation.generators import GENERATORS, MODEL_GENERATORS
from curation.judges import JUDGES
from curation.sample import Sample
from tests.generators.test_practice import SEEDS

DOC = (Path(__file__).parents[1] / "docs" / "methods.md").read_text(encoding="utf-8")
ROWS = {found[1]: found[2].split(" | ") for found in re.finditer(r"^\| `(\w+)` \| (.+) \|$", DOC, re.MULTILINE)}
REGISTERED = {**GENERATORS, **MODEL_GENERATORS, **JUDGES}
PAIRS = [Sample("Name a colour.", output="Red", rejected="Tree")] * 5


def first_number(cell):
    return float(re.match(r"[\d.]+", cell)[0])


def configured(method, folder):
    """A method with its default options, and something for those that have none."""
    (folder / "notes.txt").write_text("The lamp of the tower burned oil until 1954. " * 40, encoding="utf-8")
    given = {"prompt": "Name a river.", "path": folder, "which": "all"}
    fields = method.model_fields
    return method(**{name: value for name, value in given.items() if name in fields})


@pytest.mark.parametrize("name", REGISTERED)
def test_every_method_has_a_row(name):
    label = REGISTERED[name].label()
    assert name in ROWS, f'docs/methods.md has no row that starts with "| `{name}` |" for the method "{label}"'
    assert len(ROWS[name]) == 4, f"the row of {name} in docs/methods.md must have five cells"
    assert all(cell.strip() for cell in ROWS[name])


def test_no_row_is_left_of_a_method_that_is_gone():
    assert set(ROWS) <= set(REGISTERED), "docs/methods.md has rows for what is not registered"


@pytest.mark.parametrize("name", GENERATORS)
def test_methods_without_a_model_ask_nobody(name):
    assert first_number(ROWS[name][-1]) == 0


@pytest.mark.parametrize("name", MODEL_GENERATORS)
def test_the_requests_per_sample_are_those_that_the_method_expects(name, tmp_path):
    method = configured(MODEL_GENERATORS[name], tmp_path)
    calls = sum(one.calls for one in method.expected(SEEDS)) / method.wanted(SEEDS)
    assert first_number(ROWS[name][-1]) == pytest.approx(calls, abs=0.06), f"the cost of {name} in docs/methods.md"


@pytest.mark.parametrize("name", JUDGES)
def test_the_requests_per_sample_are_those_that_the_judge_expects(name):
    calls = sum(one.calls for one in JUDGES[name]().expected(PAIRS)) / len(PAIRS)
    assert first_number(ROWS[name][-1]) == calls, f"the cost of {name} in docs/methods.md"
