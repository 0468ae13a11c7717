import pytest

from curation.errors import BadInput
from curation.judges import Criterion, Rubric
from curation.stages.rubrics import RUBRICS, read_rubrics, rubric_of, save_rubric
from curation.store import open_workspace
from curation.store.settings import write_setting


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def row(name="wit", asks="Is it funny?", **more):
    return {"name": name, "asks": asks, "lowest": None, "middle": "", "highest": "very"} | more


def test_every_version_is_kept_the_latest_first(workspace):
    first, second = rubric_of([row()], 0, 3), rubric_of([row(asks="Is it witty?")], 0, 3)
    assert save_rubric(workspace, " Jokes ", first)
    assert save_rubric(workspace, "Jokes", second)
    assert not save_rubric(workspace, "Jokes", first)
    assert [(one.name, one.rubric) for one in read_rubrics(workspace)] == [("Jokes", second), ("Jokes", first)]
    assert first.version() != second.version()


def test_a_table_becomes_a_rubric_without_its_empty_rows():
    made = rubric_of([row("  Wit "), {"name": None, "asks": None}, row("form", lowest="none")], 1, 5)
    assert made.rubric == (
        Criterion(name="wit", asks="Is it funny?", highest="very"),
        Criterion(name="form", asks="Is it funny?", lowest="none", highest="very"),
    )


@pytest.mark.parametrize(
    ("rows", "least", "most", "said"),
    [
        ([row("9 lives")], 0, 5, "needs a name of small letters"),
        ([row("wit\u202e")], 0, 5, "needs a name of small letters"),
        ([row(asks=" ")], 0, 5, "needs a question"),
        ([{"name": "wit", "asks": None}], 0, 5, "needs a question"),
        ([row(), row()], 0, 5, "two criteria have one name"),
        ([row("injection")], 0, 5, "choose another name"),
        ([row()], 5, 5, "must be above the lowest"),
        ([], 0, 5, "cannot be used"),
    ],
)
def test_what_is_no_rubric_is_refused_in_words(rows, least, most, said):
    with pytest.raises(BadInput, match=said):
        rubric_of(rows, least, most)


def test_no_name_and_a_broken_setting_are_told(workspace):
    with pytest.raises(BadInput, match="name to save it under"):
        save_rubric(workspace, "  ", Rubric())
    write_setting(workspace, RUBRICS, '[{"name": "x"}]')
    with pytest.raises(BadInput, match="cannot be read"):
        read_rubrics(workspace)
