"""Axolotl's own code reads an export by the pieces of configuration in it: which text it learns, which it only reads.

Its pins shut out the versions that Sift needs, so it is no dependency of any kind, and without it this is skipped. What
reads files does not need what is pinned: pip install --no-deps --target D axolotl colorama addict, and PYTHONPATH=D.
"""

import importlib.util
import sys
import types
import warnings
from itertools import groupby
from pathlib import Path

import pytest
import yaml

from curation.exporters import FORMATS, Card, Manifest, Part, TrlLanguageModelling, TrlPromptCompletion, export_folder
from curation.sample import Message, Sample

FOUND = importlib.util.find_spec("axolotl")
if FOUND is None:
    pytest.skip("Axolotl is not here, and its pins shut out ours", allow_module_level=True)

SYSTEM = Sample("Best colour?", output="Blue", rejected="No", system="Be kind.")
INPUT = Sample("Add these.", "1, 2", 'A "3"\n💥', rejected="4")
TALK = Sample("Hi", output="Hello", followups=(Message("user", "Bye"), Message("assistant", "See you")))
SAMPLES = [SYSTEM, INPUT, TALK]
TEMPLATE = (
    "{% for message in messages %}<start>{{ message.role }}\n{{ message.content }}<end>\n{% endfor %}"
    "{% if add_generation_prompt %}<start>assistant\n{% endif %}"
)
FORMS = [form() for form in FORMATS.values()]
PLAIN = [TrlLanguageModelling(conversational=False), TrlPromptCompletion(conversational=False)]
IGNORED = -100
"""The label of a token that is read and not learned."""


@pytest.fixture(scope="module")
def tokenizer():
    """One token per byte, so that what was learned can be told letter by letter."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    made = Tokenizer(models.BPE({letter: place for place, letter in enumerate(letters)}, []))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    made.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        eos_token="<end>",
        pad_token="<pad>",
        extra_special_tokens=["<start>"],
        chat_template=TEMPLATE,
    )


@pytest.fixture(scope="module")
def axolotl():
    """Its modules that read data; `axolotl.utils.data` is opened without its `__init__`, which wants trainers too."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"):
            patch.setenv(name, "1")
        bare = types.ModuleType("axolotl.utils.data")
        bare.__path__ = [str(Path(FOUND.origin).parent / "utils" / "data")]
        patch.setitem(sys.modules, "axolotl.utils.data", bare)
        names = ("utils.data.shared", "utils.data.wrappers", "utils.dict", "prompt_strategies.dpo")
        found = {name.rpartition(".")[2]: importlib.import_module(f"axolotl.{name}") for name in names}
        yield types.SimpleNamespace(**found)


def exported(root, forms):
    return export_folder(
        root,
        "demo",
        [Part(form, {"train": SAMPLES, "validation": [SYSTEM]}) for form in forms],
        Manifest(""),
        Card("demo"),
    )


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """One export of every format, one of those of TRL as plain text."""
    return {
        False: exported(tmp_path_factory.mktemp("messages"), FORMS),
        True: exported(tmp_path_factory.mktemp("text"), PLAIN),
    }


def piece(axolotl, folder, form):
    return axolotl.dict.DictDefault(yaml.safe_load((folder / "axolotl" / f"{form}.yaml").read_text("utf-8")))


def tokens(axolotl, tokenizer, entry):
    """The rows of one data set as they are trained on."""
    asked = axolotl.dict.DictDefault({"train_on_inputs": False, "sequence_len": 2048})
    data = axolotl.shared.load_dataset_with_config(entry, use_auth_token=False)
    kind = entry.type if isinstance(entry.type, str) else None
    return axolotl.wrappers.get_dataset_wrapper(entry, tokenizer, asked, kind, data)[0]


def learned(tokenizer, row):
    """The stretches of a row that are learned, as text."""
    stretches = groupby(zip(row["input_ids"], row["labels"], strict=True), lambda pair: pair[1] != IGNORED)
    return [tokenizer.decode([one for one, _ in pairs]) for is_learned, pairs in stretches if is_learned]


CHAT = [["Blue<end>"], ['A "3"\n💥<end>'], ["Hello<end>", "See you<end>"]]
LAST = [["Blue<end>"], ['A "3"\n💥<end>']]
WHOLE = [["Be kind.\n\nBest colour?\n\nBlue<end>"], ['Add these.\n\n1, 2\n\nA "3"\n💥<end>']]
LEARNED = {
    ("openai_chat", False): CHAT,
    ("trl_language_modelling", False): CHAT,
    ("sharegpt", False): CHAT,
    ("alpaca", False): [*LAST, ["See you<end>"]],
    ("trl_language_modelling", True): WHOLE,
    ("trl_prompt_completion", True): LAST,
}
READ = {
    "openai_chat": "<start>system\nBe kind.<end>\n<start>user\nBest colour?<end>\n<start>assistant\nBlue<end>",
    "trl_language_modelling": "Be kind.",
    "sharegpt": "<start>system\nBe kind.<end>\n<start>user\nBest colour?<end>\n<start>assistant\nBlue<end>",
    "alpaca": "Best colour?",
    "trl_prompt_completion": "Be kind.",
}


@pytest.mark.parametrize(("form", "plain"), LEARNED)
def test_it_learns_the_answers_and_reads_the_rest(axolotl, folders, tokenizer, monkeypatch, form, plain):
    monkeypatch.chdir(folders[plain])
    asked = piece(axolotl, folders[plain], form)
    rows = tokens(axolotl, tokenizer, asked.datasets[0])
    assert [learned(tokenizer, row) for row in rows] == LEARNED[form, plain]
    assert READ[form] in tokenizer.decode(rows[0]["input_ids"])
    assert len(tokens(axolotl, tokenizer, asked.test_datasets[0])) == 1


def test_pairs_are_told_apart(axolotl, folders, tokenizer, monkeypatch):
    monkeypatch.chdir(folders[False])
    asked = piece(axolotl, folders[False], "trl_preference")
    assert asked.rl == "dpo"
    data = axolotl.shared.load_dataset_with_config(asked.datasets[0], use_auth_token=False)
    change, _ = axolotl.dpo.load(asked.datasets[0].type, asked, dataset_idx=0)
    rows = [change(row, tokenizer=tokenizer) for row in data]
    assert rows[0]["prompt"].startswith("<start>system\nBe kind.<end>\n<start>user\nBest colour?<end>")
    assert [(row["chosen"], row["rejected"]) for row in rows] == [
        ("Blue<end>", "No<end>"),
        ('A "3"\n💥<end>', "4<end>"),
    ]


def test_every_piece_was_read(folders):
    told = {(file.stem, plain) for plain, folder in folders.items() for file in (folder / "axolotl").iterdir()}
    assert told == {*LEARNED, ("trl_preference", False)}
