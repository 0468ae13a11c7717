import hashlib
import json
import os
import re
import subprocess
import sys
import time
from errno import ENOSPC

import pytest

from curation.errors import BadRecipe, Cancelled, CurationError, NotReady
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
    ShareGpt,
    TrlKto,
    TrlLanguageModelling,
    TrlPromptCompletion,
    export_folder,
)
from curation.exporters import contents as contents_module
from curation.exporters.llama_factory import ENTRIES
from curation.exporters.naming import slug
from curation.sample import Message, Origin, Sample

TRAIN = [Sample("Add.", "1, 2", "3"), Sample("Name a colour.", output="Red"), Sample("Unanswered")]
TEST = [Sample("Hi", output="Hello", followups=(Message("user", "Bye"), Message("assistant", "See you")))]
SPLITS = {"train": TRAIN, "validation": [], "test": TEST}
MANIFEST = Manifest(
    recipe="[rules]\nwords = 3 # ```",
    seeds={"splits": 7},
    versions={"sift": "0.1.0"},
    counts={"imported": 9, "kept": 4},
    overrides={"accept": 1},
    licences={"mit": 4},
    provenance=[Provenance(TRAIN[0].id, "train", [Origin("alpaca", "a.json", "line 1", parents=("p",))])],
)
CARD = Card("My set", "Made *here*.", "mit", ["en"], sources={"alpaca · a.json": 4000})


def parts(*forms):
    return [Part(form, SPLITS) for form in forms]


def export(root, *forms, name="My set", card=CARD):
    return export_folder(root, name, parts(*(forms or (Alpaca(), OpenAiChat(), Csv()))), MANIFEST, card)


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_whole_folder_and_nothing_else(tmp_path):
    folder = export(tmp_path / "new" / "root")
    assert re.fullmatch(r"My-set-\d{8}-\d{6}-[0-9a-f]{8}", folder.name)
    assert [folder] == list((tmp_path / "new" / "root").iterdir())
    assert set(digests(folder)) == {
        *(f"{form}/{split}" for form in ("alpaca",) for split in ("train.json", "test.json")),
        *(f"{form}/{split}" for form in ("openai_chat",) for split in ("train.jsonl", "test.jsonl")),
        *(f"axolotl/{form}.yaml" for form in ("alpaca", "openai_chat")),
        *("csv/train.csv", "csv/test.csv", "README.md", "dataset_info.json", "manifest.json", "provenance.jsonl"),
    }


def test_the_manifest_accounts_for_every_file(tmp_path):
    """N9."""
    folder = export(tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    seen = digests(folder)
    assert seen.pop("manifest.json").startswith(folder.name[-8:])
    assert {path: entry["sha256"] for path, entry in manifest["files"].items()} == seen
    assert all(entry["bytes"] == (folder / path).stat().st_size for path, entry in manifest["files"].items())
    assert manifest["files"]["alpaca/train.json"]["rows"] == 2
    assert manifest["left_out"] == {"alpaca/train.json": 1, "openai_chat/train.jsonl": 1}
    assert manifest["recipe"] == MANIFEST.recipe
    assert (manifest["seeds"], manifest["counts"], manifest["overrides"]) == (
        MANIFEST.seeds,
        MANIFEST.counts,
        MANIFEST.overrides,
    )
    assert (manifest["licences"], manifest["versions"]) == ({"mit": 4}, {"sift": "0.1.0"})
    provenance = json.loads((folder / "provenance.jsonl").read_text())
    assert provenance["id"] == TRAIN[0].id
    assert provenance["origins"][0]["parents"] == ["p"]


def test_twice_gives_equal_bytes_in_two_folders(tmp_path):
    """N10, and the stale cache of METHODS B: an export never goes into a folder that was there."""
    first, second, third = (export(tmp_path) for _ in range(3))
    assert len({first, second, third}) == 3
    assert digests(first) == digests(second) == digests(third)


def test_a_card_that_people_can_read(tmp_path):
    text = (export(tmp_path) / "README.md").read_text()
    assert "````text\n[rules]\nwords = 3 # ```\n````" in text
    assert "\n           2  openai_chat / train\n" in text
    assert "4,000  alpaca · a.json" in text
    assert "csv" not in text


def test_parquet_beside_json_has_its_own_card(tmp_path):
    """`datasets` reads one card with one reader: Parquet files in a card of JSON files do not load."""
    mixed, alone = export(tmp_path, OpenAiChat(), Parquet()), export(tmp_path, Parquet())
    assert "parquet" not in (mixed / "README.md").read_text()
    assert 'path: "train.parquet"' in (mixed / "parquet" / "README.md").read_text()
    assert 'path: "parquet/train.parquet"' in (alone / "README.md").read_text()
    only_csv = (export(tmp_path, Csv()) / "README.md").read_text()
    assert "configs:" not in only_csv


def test_llama_factory_finds_the_files(tmp_path):
    """METHODS B; a set without chat or Alpaca files has no such file."""
    folder = export(tmp_path, Alpaca(), ShareGpt(), OpenAiChat(), Parquet())
    info = json.loads((folder / "dataset_info.json").read_text())
    assert len(info) == 6
    assert all((folder / entry["file_name"]).is_file() for entry in info.values())
    alpaca = info["My-set_alpaca_train"]
    row = json.loads((folder / alpaca["file_name"]).read_text())[0]
    assert set(alpaca["columns"].values()) == set(row)
    assert info["My-set_openai_chat_test"]["tags"]["assistant_tag"] == "assistant"
    assert info["My-set_sharegpt_test"]["columns"] == {"messages": "conversations", "system": "system"}
    plain = export(tmp_path, Alpaca(extended=False))
    assert "history" not in (plain / "dataset_info.json").read_text()
    assert not (export(tmp_path, Parquet()) / "dataset_info.json").exists()


def test_llama_factory_finds_pairs_and_labels(tmp_path):
    """METHODS B: the columns that an entry names are in the rows of its file."""
    pair = Sample("Best colour?", output="Blue", rejected="No", system="Be kind.")
    splits = {"train": [pair, TRAIN[0]]}
    folder = export_folder(tmp_path, "s", [Part(form(), splits) for form in FORMATS.values()], MANIFEST, CARD)
    info = json.loads((folder / "dataset_info.json").read_text())
    assert set(info) == {f"s_{name}_train" for name in ENTRIES}
    for entry in info.values():
        text = (folder / entry["file_name"]).read_text()
        row = json.loads(text)[0] if entry["file_name"].endswith(".json") else json.loads(text.splitlines()[0])
        assert set(entry["columns"].values()) <= set(row)
    assert info["s_llama_factory_preference_train"]["ranking"] is True
    assert info["s_llama_factory_kto_train"]["columns"]["kto_tag"] == "kto_tag"
    plain = export_folder(tmp_path, "s", [Part(TrlLanguageModelling(conversational=False), splits)], MANIFEST, CARD)
    assert not (plain / "dataset_info.json").exists()


def test_axolotl_reads_each_piece(tmp_path):
    """METHODS B: it is YAML, its file is there, and the columns that it names are in the rows."""
    import yaml

    pair = Sample("Best colour?", output="Blue", rejected="No", system="Be kind.")
    forms = [form() for form in FORMATS.values()]
    folder = export_folder(
        tmp_path, "s", [Part(form, {"train": [pair], "validation": [pair]}) for form in forms], MANIFEST, CARD
    )
    pieces = {path.stem: yaml.safe_load(path.read_text()) for path in (folder / "axolotl").iterdir()}
    assert set(pieces) == {"openai_chat", "alpaca", "sharegpt", "trl_language_modelling", "trl_preference"}
    for name, piece in pieces.items():
        train, validation = piece["datasets"][0], piece["test_datasets"][0]
        assert train | {"path": validation["path"]} == validation
        rows = (folder / train["path"]).read_text()
        assert all(f'"{train[key]}": ' in rows for key in ("field_messages", "field_system") if key in train)
        assert piece.get("rl") == ("dpo" if name == "trl_preference" else None)
    assert pieces["sharegpt"]["datasets"][0]["message_property_mappings"] == {"role": "from", "content": "value"}


def test_axolotl_reads_plain_text_too(tmp_path):
    import yaml

    forms = [form(conversational=False) for form in (TrlLanguageModelling, TrlPromptCompletion, TrlKto)]
    folder = export_folder(tmp_path, "s", [Part(form, {"train": TRAIN}) for form in forms], MANIFEST, CARD)
    pieces = {path.stem: yaml.safe_load(path.read_text()) for path in (folder / "axolotl").iterdir()}
    assert set(pieces) == {"trl_language_modelling", "trl_prompt_completion"}
    assert pieces["trl_language_modelling"]["datasets"][0]["field"] == "text"
    assert "test_datasets" not in pieces["trl_language_modelling"]
    kind = pieces["trl_prompt_completion"]["datasets"][0]["type"]
    assert (kind["field_instruction"], kind["field_output"]) == ("prompt", "completion")


@pytest.mark.parametrize(
    "name",
    ["../../x", "C:\\x", "\\\\host\\s", "a\0b", "CON", "x" * 300, "色" * 300, "..", "", "/etc", "\ud800", "．．／x"],
)
def test_whatever_the_name_the_folder_is_under_the_root(tmp_path, name):
    """T13."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    folder = export(tmp_path / "link", OpenAiChat(), name=name)
    assert folder.resolve().parent == (tmp_path / "real").resolve()
    assert not folder.name.startswith(".")
    assert len(folder.name.encode()) < 200
    assert re.fullmatch(r"\w[\w-]*", slug(name))


@pytest.mark.parametrize("split", ["../x", "a/b", "", "con", "all", "a b", "x" * 41, "train\n"])
def test_a_split_that_cannot_be_a_file(tmp_path, split):
    """T13."""
    with pytest.raises(BadRecipe, match="split"):
        export_folder(tmp_path, "x", [Part(OpenAiChat(), {split: TRAIN})], MANIFEST, CARD)
    assert list(tmp_path.iterdir()) == []


def test_one_format_twice_is_refused(tmp_path):
    with pytest.raises(BadRecipe, match="alpaca is asked for twice"):
        export(tmp_path, Alpaca(), Alpaca(extended=False))


def test_nothing_to_export(tmp_path):
    with pytest.raises(NotReady, match="nothing to export"):
        export_folder(tmp_path, "x", [Part(OpenAiChat(), {"train": [Sample("Unanswered")]})], MANIFEST, CARD)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [Cancelled("stop"), KeyboardInterrupt(), RuntimeError("bug")])
def test_an_error_leaves_nothing(tmp_path, error):
    """N9."""

    def samples():
        yield from TRAIN
        raise error

    with pytest.raises(type(error)):
        export_folder(tmp_path, "x", [Part(OpenAiChat(), {"train": samples()})], MANIFEST, CARD)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_in_words_and_leaves_nothing(tmp_path, monkeypatch):
    """N9, N12."""

    def full(*_):
        raise OSError(ENOSPC, os.strerror(ENOSPC))

    monkeypatch.setattr(contents_module, "write_rows", full)
    with pytest.raises(CurationError, match="left nothing behind: No space left on device"):
        export(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_root_that_is_a_file_is_said_in_words(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CurationError, match="choose another folder"):
        export(tmp_path / "file")


KILLED = """
import sys
from curation.exporters import Card, Manifest, OpenAiChat, Part, export_folder
from curation.sample import Sample
from pathlib import Path
import time

def samples():
    for i in range(10**6):
        if i == 3000:
            print("writing", flush=True)
            time.sleep(60)
        yield Sample("Q" * 100 + str(i), output="A")

export_folder(Path(sys.argv[1]), "x", [Part(OpenAiChat(), {"train": samples()})], Manifest(""), Card("x"))
"""


def test_a_kill_leaves_no_folder_to_see_and_a_later_export_sweeps(tmp_path):
    """N9."""
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE)
    with process:
        assert process.stdout.readline() == b"writing\n"
        process.kill()
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".tmp-")
    folder = export(tmp_path)
    assert set(tmp_path.iterdir()) == {left, folder}, "one that may still be written is left alone"
    old = time.time() - 25 * 3600
    foreign = tmp_path / ".tmp-of-another-program"
    foreign.mkdir()
    for one in (left, foreign):
        os.utime(one, (old, old))
    assert set(tmp_path.iterdir()) - {left} == {folder, foreign}
    second = export(tmp_path)
    assert set(tmp_path.iterdir()) == {folder, second, foreign}


@pytest.mark.parametrize(("written", "read"), [(" CC-BY-4.0\n", "cc-by-4.0"), ("  ", "other")])
def test_a_licence_stands_on_the_card_as_the_hub_writes_it(tmp_path, written, read):
    card = (export(tmp_path, card=Card("My set", licence=written)) / "README.md").read_text()
    assert f'license: "{read}"' in card
