"""LLaMA-Factory's own loader reads a whole export by the `dataset_info.json` in it.

Its pins shut out the versions that Sift needs, so it is no dependency of any kind, and without it this is skipped. What
reads files does not need what is pinned: pip install --no-deps --target DIR llamafactory, and PYTHONPATH=DIR.
"""

import importlib.util
import json
import sys
import types
import warnings
from pathlib import Path

import pytest

from curation.exporters import FORMATS, Card, Manifest, Part, export_folder
from curation.exporters.llama_factory import ENTRIES
from curation.sample import Message, Sample

FOUND = importlib.util.find_spec("llamafactory")
if FOUND is None:
    pytest.skip("LLaMA-Factory is not here, and its pins shut out ours", allow_module_level=True)

SAMPLES = [
    Sample("Best colour?", output="Blue", rejected="No", system="Be kind."),
    Sample("Add these.", "1, 2", 'A "3"\n💥', rejected="4"),
    Sample("Hi", output="Hello", followups=(Message("user", "Bye"), Message("assistant", "See you"))),
]
PAIRS = SAMPLES[:2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    parts = [Part(form(), {"train": SAMPLES, "gold": PAIRS}) for form in FORMATS.values()]
    return export_folder(tmp_path_factory.mktemp("export"), "demo", parts, Manifest(""), Card("demo"))


@pytest.fixture(scope="module")
def read(folder, tmp_path_factory):
    """read(name): the rows of one entry as its trainers get them. Its packages are opened without their `__init__`."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"):
            patch.setenv(name, "1")
        root = Path(FOUND.origin).parent
        for name, place in (("llamafactory", root), ("llamafactory.data", root / "data")):
            bare = types.ModuleType(name)
            bare.__path__ = [str(place)]
            patch.setitem(sys.modules, name, bare)
        loader = importlib.import_module("llamafactory.data.loader")
        cache = str(tmp_path_factory.mktemp("cache"))
        model = types.SimpleNamespace(cache_dir=cache, hf_hub_token=None)
        data = types.SimpleNamespace(
            dataset_dir=str(folder),
            streaming=False,
            overwrite_cache=True,
            max_samples=None,
            preprocessing_num_workers=None,
        )
        training = types.SimpleNamespace(local_process_index=0)

        def rows(name):
            entry = loader.get_dataset_list([name], data.dataset_dir)[0]
            return loader._load_single_dataset(entry, model, data, training).to_list()

        yield rows
        for name in [name for name in sys.modules if name.startswith("llamafactory.")]:
            patch.delitem(sys.modules, name, raising=False)


def said(*texts):
    """Messages of a person and a model in turn, as LLaMA-Factory holds them."""
    return [{"role": ("user", "assistant")[place % 2], "content": text} for place, text in enumerate(texts)]


def answers(*texts):
    return [{"role": "assistant", "content": text} for text in texts]


def asked(sample, joint):
    """What comes before the last answer; instruction and input are joined by the trainer or were joined by us."""
    texts = [joint.join(filter(None, (sample.instruction, sample.input)))]
    return said(*texts, sample.output, *(message.content for message in sample.followups))


def expected(form, samples):
    """Question and answers of every row, in order."""
    for sample in samples:
        if form == "llama_factory_preference" and sample.rejected:
            yield asked(sample, "\n")[:1], answers(sample.output, sample.rejected), sample.system
        elif form == "llama_factory_kto":
            turns = asked(sample, "\n\n")
            yield turns[:-1], answers(turns[-1]["content"], ""), sample.system
            if sample.rejected:
                yield turns[:-1], answers("", sample.rejected), sample.system
        elif form != "llama_factory_preference":
            turns = asked(sample, "\n" if form == "alpaca" else "\n\n")
            yield turns[:-1], turns[-1:], sample.system


@pytest.mark.parametrize(("split", "samples"), [("train", SAMPLES), ("gold", PAIRS)])
@pytest.mark.parametrize("form", ENTRIES)
def test_every_row_means_what_the_sample_says(read, form, split, samples):
    rows = [(row["_prompt"], row["_response"], row["_system"]) for row in read(f"demo_{form}_{split}")]
    assert rows == list(expected(form, samples))


def test_every_entry_was_read(folder):
    entries = json.loads((folder / "dataset_info.json").read_text("utf-8"))
    assert {*entries} == {f"demo_{form}_{split}" for form in ENTRIES for split in ("train", "gold")}
