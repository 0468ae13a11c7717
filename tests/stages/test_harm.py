"""Measures that a model makes: moderation through the real client, a classifier made on the spot; and what all took."""

import json

import numpy as np
import pytest

from curation.errors import ModelError
from curation.facets import Facets
from curation.judges import Moderation
from curation.practice.moderation import scores
from curation.recipe import Recipe, Rule
from curation.runs import run_now
from curation.sample import Collected, Decision, Origin, Sample
from curation.signals.classifier import Classifier
from curation.stages import classifying
from curation.stages.classifying import STILL_IN, classify, classify_job
from curation.stages.costs import tiers
from curation.stages.curating import apply_recipe
from curation.stages.judging import judge_job, resume_judging
from curation.stages.judging_order import Judging, choose_samples, read_judging
from curation.stages.measuring import measure, measure_job, spent
from curation.stages.practice import NAME
from curation.store import open_workspace
from curation.store.browse import numbers_of
from curation.store.decisions import add_decisions
from curation.store.runs import recent_runs
from curation.store.samples import add_samples
from curation.store.signals import list_measured, read_numbers

TEXTS = ["Kill the process.", "Name a colour.", "You idiot.", "Say hello.", "A much longer text about nothing at all."]


def quiet(_done, _requested):
    pass


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    samples = [Sample(text, output="Yes." if n else "") for n, text in enumerate(TEXTS)]
    add_samples(opened, "run", [Collected(one, Origin("alpaca", "a", str(n))) for n, one in enumerate(samples)])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A two-label BERT of a few hundred random weights."""
    return made(tmp_path_factory.mktemp("model"), 0)


def made(folder, seed, problem=None):
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(seed)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz", *"yk.?", "kill", "name"]
    (folder / "vocab.txt").write_text("\n".join(dict.fromkeys(words)), "utf-8")
    config = BertConfig(
        vocab_size=len(dict.fromkeys(words)), hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=8, max_position_embeddings=16, id2label={0: "fine", 1: "toxic"}, problem_type=problem,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


def asked(workspace):
    return workspace.execute("SELECT count(*) FROM outcomes")[0][0]


def order(workspace, facets=STILL_IN):
    wanted = Judging(Moderation(), (NAME,), own_family=True)
    return Judging(Moderation(), (NAME,), choose_samples(workspace, wanted, facets, 0), own_family=True)


def test_harm_is_scored_for_what_is_still_in_and_paid_once(workspace):
    measure(workspace, quiet)
    apply_recipe(workspace, Recipe(rules=(Rule(signal="empty_answer", most=0),)), "r", "me")
    add_decisions(workspace, [3], Decision("reject", "me"))
    assert order(workspace).numbers == (1, 2, 4)
    note = run_now(workspace, judge_job(workspace, order(workspace)))
    assert note == "3 verdicts."
    harm = read_numbers(workspace, "judge: moderation harm")
    expected = [max(scores(f"{TEXTS[n]}\n\nYes.").values()) for n in (1, 2, 4)]
    assert harm[[1, 2, 4]].tolist() == expected
    assert np.isnan(harm[[0, 3]]).all()
    assert "judge: moderation harassment" in list_measured(workspace)
    assert "judge: moderation length-controlled" not in list_measured(workspace)
    assert order(workspace).numbers == ()
    before = asked(workspace)
    run = recent_runs(workspace, 1)[0].id
    assert read_judging(workspace, run).judge == Moderation()
    workspace.execute("UPDATE runs SET status = 'paused' WHERE id = ?", run)
    resume_judging(workspace, run)
    assert asked(workspace) == before
    assert order(workspace, Facets()).numbers == (0, 3)


def test_a_classifier_gives_each_label_a_probability(workspace, model):
    job = classify_job(workspace, Classifier(model=model))
    assert run_now(workspace, job) == f"5 samples classified by {model}."
    fine, toxic = (read_numbers(workspace, f"classifier: {label}") for label in ("fine", "toxic"))
    assert np.allclose(fine + toxic, 1)
    assert ((toxic > 0) & (toxic < 1)).all()
    alone = Classifier(model=model)([Sample(TEXTS[1], output="Yes.")])["toxic"]
    assert alone[0] == pytest.approx(toxic[1], abs=1e-6)
    assert run_now(workspace, job) == f"0 samples classified by {model}; 5 had been before."


def test_labels_that_can_be_several_are_each_by_themselves(tmp_path, model):
    several = Classifier(model=made(tmp_path, 0, "multi_label_classification"))([Sample("Kill.")])
    one = Classifier(model=model)([Sample("Kill.")])
    odds = {label: several[label][0] / (1 - several[label][0]) for label in several}
    assert one["toxic"][0] == pytest.approx(odds["toxic"] / (odds["toxic"] + odds["fine"]), rel=1e-4)


def test_another_classifier_takes_the_place_of_the_one_before(workspace, model, tmp_path, monkeypatch):
    monkeypatch.setattr(classifying, "BATCH", 2)
    classify(workspace, Classifier(model=model), range(5), quiet)
    before = read_numbers(workspace, "classifier: toxic")
    other = made(tmp_path, 1)
    assert "2 samples" in classify(workspace, Classifier(model=other), [0, 1], quiet)
    after = read_numbers(workspace, "classifier: toxic")
    assert np.isfinite(after).tolist() == [True, True, False, False, False]
    assert after[0] != before[0]
    answers = Classifier(model=other, part="answer")([Sample("No answer."), Sample("x", output="a")])
    assert np.isnan(answers["toxic"][0])


def test_what_is_done_stays_when_it_is_stopped(workspace, model, monkeypatch):
    monkeypatch.setattr(classifying, "BATCH", 2)

    def stop(done, _requested):
        if done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        classify(workspace, Classifier(model=model), range(5), stop)
    assert classify(workspace, Classifier(model=model), range(5), quiet).startswith("3 samples")


def test_t24_code_pickles_and_what_is_not_here_are_refused_in_words(workspace, tmp_path, model):
    (tmp_path / "none").mkdir()
    with pytest.raises(ModelError, match="could not be loaded"):
        classify(workspace, Classifier(model=str(tmp_path / "none")), [0], quiet)
    with pytest.raises(ModelError, match="could not be loaded"):
        classify(workspace, Classifier(model="nobody/nothing"), [0], quiet)
    pickled, code = tmp_path / "pickled", tmp_path / "code"
    for folder in (pickled, code):
        folder.mkdir()
        for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
            (folder / name).write_bytes((type(tmp_path)(model) / name).read_bytes())
    (pickled / "pytorch_model.bin").write_bytes(b"\x80\x04x")
    config = json.loads((code / "config.json").read_text()) | {
        "model_type": "own", "auto_map": {"AutoConfig": "own.Own", "AutoModelForSequenceClassification": "own.Own"}
    }  # fmt: skip
    (code / "config.json").write_text(json.dumps(config))
    (code / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').write('x')\n")
    for folder in (pickled, code):
        with pytest.raises(ModelError, match="could not be loaded"):
            classify(workspace, Classifier(model=str(folder)), [0], quiet)
    assert not (tmp_path / "ran").exists()


def test_what_measuring_took_is_told_by_tier(workspace, model):
    assert all(tier.seconds == 0 for tier in tiers(workspace))
    run_now(workspace, measure_job(workspace))
    run_now(workspace, classify_job(workspace, Classifier(model=model)))
    run_now(workspace, judge_job(workspace, order(workspace)))
    found = {tier.name: tier for tier in tiers(workspace)}
    assert list(found)[:3] == ["Tier 1", "Tier 2", "Tier 3"]
    assert [found[name].samples for name in list(found)[:3]] == [5, 5, 5]
    assert all(found[name].seconds > 0 for name in ("Tier 1", "Classifier", "Judges"))
    assert (found["Judges"].dollars, found["Embedding"].seconds) == (0, 0)
    add_samples(workspace, "run2", [Collected(Sample("One more."), Origin("alpaca", "a", "9"))])
    measure(workspace, quiet)
    assert spent(workspace)[1].samples == 6
    assert numbers_of(workspace, STILL_IN).tolist() == list(range(6))
