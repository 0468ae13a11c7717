"""Every export loads with `datasets` as it is, and every trap of METHODS B stays shut."""

import csv

import pytest

from curation.exporters import (
    FORMATS,
    Alpaca,
    Card,
    Csv,
    Manifest,
    OpenAiChat,
    Parquet,
    Part,
    Provenance,
    export_folder,
)
from curation.sample import Message, Origin, Sample

HOSTILE = '\x1b]0;x\x07 \x00 \u202e \u200b \u2028 \x85 \r\n 💥 "quoted" ünï'
TRAIN = [Sample(f"Question {i}", output=HOSTILE if i else "1", rejected=f"No {i}") for i in range(4)]
TEST = [
    Sample("Sys", "in", "out", "Be kind.", rejected="bad"),
    Sample("Hi", output="Hello", followups=(Message("user", "Bye"), Message("assistant", "See you"))),
]
SPLITS = {"train": TRAIN, "validation": [], "test": TEST}


@pytest.fixture(scope="module")
def load(tmp_path_factory):
    """load_dataset without network, with a cache that dies with the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"):
            patch.setenv(name, "1")
        import datasets

        datasets.disable_progress_bars()
        cache = str(tmp_path_factory.mktemp("cache"))
        yield lambda folder, config=None: datasets.load_dataset(str(folder), config, cache_dir=cache)


def export(root, *forms, splits=SPLITS, card=None):
    card = card or Card('T: "x" # [y]\n- ü 💥 \u202e\ufeff', "Text", "mit", ["en", "no"], sources={"a": 1})
    return export_folder(root, "Set", [Part(form, splits) for form in forms], Manifest("a = 1"), card)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return export(tmp_path_factory.mktemp("export"), *(form() for form in FORMATS.values()))


def rows_of(form, samples):
    return [row for sample in samples if form.accepts(sample) for row in form.rows(sample)]


@pytest.mark.parametrize("name", [form.name for form in FORMATS.values() if form.trains])
def test_every_format_loads_as_it_was_written(load, folder, name):
    """All rows, all splits; a list that is empty in all of one split, hostile text (T21), an empty split left out."""
    form = FORMATS[name]()
    loaded = load(folder / "parquet" if name == "parquet" else folder, name)
    assert set(loaded) == {"train", "test"}
    for split, rows in loaded.items():
        assert rows.to_list() == rows_of(form, SPLITS[split])


@pytest.mark.parametrize(
    "form",
    [
        Alpaca(extended=False),
        *(form(conversational=False) for form in FORMATS.values() if "conversational" in form.model_fields),
    ],
    ids=repr,
)
def test_plain_variants_load(load, tmp_path, form):
    loaded = load(export(tmp_path, form, splits={"train": TRAIN, "test": TRAIN[1:]}), form.name)
    assert loaded["test"].to_list() == rows_of(form, TRAIN[1:])


@pytest.mark.parametrize("form", [form() for form in FORMATS.values() if form.trains], ids=repr)
def test_columns_of_where_a_sample_came_from_load_beside_every_format(load, tmp_path, form):
    origin = Origin("paraphrase", "=cmd", "1", model="m", prompt_hash="ab", parents=("p", "q"))
    traced = {one.id: Provenance(one.id, "train", [origin], ["run 1"]) for one in TRAIN}
    traced |= {one.id: Provenance(one.id, "test") for one in TEST}
    part = Part(form, SPLITS, traced)
    loaded = load(export_folder(tmp_path, "Set", [part], Manifest(""), Card("Set")), form.name)
    more = {"method": "paraphrase", "model": "m", "prompt_hash": "ab", "parents": ["p", "q"], "run": "run 1"}
    assert loaded["train"].to_list() == [row | more | {"source": "=cmd"} for row in rows_of(form, TRAIN)]
    assert all(row["parents"] == [] and row["run"] == "" for row in loaded["test"].to_list())


def test_where_a_sample_came_from_is_no_formula_in_a_table_for_viewing(tmp_path):
    """T3."""
    origin = Origin("alpaca", "=cmd", "1", parents=("@p", "q"))
    traced = {one.id: Provenance(one.id, "train", [origin], ["-run"]) for one in TRAIN}
    folder = export_folder(tmp_path, "Set", [Part(Csv(), {"train": TRAIN}, traced)], Manifest(""), Card("Set"))
    with (folder / "csv" / "train.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert [row[name] for name in ("method", "parents", "run", "source")] == ["alpaca", "'@p q", "'-run", "'=cmd"]


def test_the_first_format_is_the_default(load, folder):
    assert load(folder)["train"].column_names == ["messages"]


def test_a_csv_is_no_config(load, folder):
    with pytest.raises(ValueError, match="'csv' not found"):
        load(folder, Csv.name)


def test_a_second_export_is_never_served_from_the_cache_of_the_first(load, tmp_path):
    """METHODS B, stale cache; the second folder is put in the place of the first, which is the worst case."""
    first = export(tmp_path / "a", OpenAiChat(), splits={"train": TRAIN})
    place = tmp_path / "place"
    first.rename(place)
    assert len(load(place)["train"]) == 4
    place.rename(tmp_path / "away")
    export(tmp_path / "b", OpenAiChat(), splits={"train": TEST}).rename(place)
    assert load(place)["train"].to_list() == [OpenAiChat()(sample) for sample in TEST]


def test_columns_do_not_come_and_go_with_the_split(load, tmp_path):
    """METHODS B: a column in one split only, or null in all of one, is an error in `datasets`."""
    bare, full = (
        Sample("a", output="b"),
        Sample("a", "i", "o", "s", (Message("user", "c"), Message("assistant", "d")), "r"),
    )
    for splits in ({"train": [bare], "test": [full]}, {"train": [full], "test": [bare]}):
        for form in (Alpaca(), Parquet()):
            loaded = load(export(tmp_path, form, splits=splits))
            assert loaded["train"].features == loaded["test"].features
            assert loaded["test"].to_list() == [form(sample) for sample in splits["test"]]


def test_text_that_looks_like_a_number_stays_text(load, tmp_path):
    """METHODS B: int against string across splits."""
    splits = {"train": [Sample("1", output="2")], "test": [Sample("one", output="two")]}
    loaded = load(export(tmp_path, Alpaca(), splits=splits), "alpaca")
    assert loaded["train"][0]["output"] == "2"


def test_the_header_survives_any_title(folder):
    import yaml

    header = yaml.safe_load((folder / "README.md").read_text().split("---\n")[1])
    assert header["pretty_name"] == 'T: "x" # [y]\n- ü 💥 \u202e\ufeff'
    assert header["size_categories"] == ["n<1K"]
    assert header["language"] == ["en", "no"]
    assert header["configs"][0]["data_files"][1] == {"split": "test", "path": "openai_chat/test.jsonl"}
