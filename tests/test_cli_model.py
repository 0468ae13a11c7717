"""`sift generate` and `sift judge`: the runs of the Generate page without a browser, resumed without paying twice."""

import json
import socket

import pytest
from typer.testing import CliRunner

from curation.cli import asking as typed
from curation.cli import cli
from curation.errors import BadInput, NotReady, Paused
from curation.generators import GENERATORS, MODEL_GENERATORS
from curation.judges import JUDGES
from curation.model import Estimate
from curation.sample import Collected, Origin, Sample
from curation.stages.endpoints import read_endpoints
from curation.stages.synthesis import read_order
from curation.store import open_workspace
from curation.store.runs import recent_runs
from curation.store.samples import add_samples, count_samples

SEEDS = 24


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    verbs = ["Describe", "Compare", "List", "Explain"]
    things = ["a harbour", "bread", "chess", "rain", "a letter", "the moon"]
    made = [
        Collected(Sample(f"{v} {t}.", output="An answer."), Origin("s", "h", f"{v} {t}")) for v in verbs for t in things
    ]
    add_samples(opened, "import-1", made)
    yield opened
    opened.close()


def call(workspace, *arguments, code=0):
    result = CliRunner().invoke(cli, [*arguments, "-w", str(workspace.path), "--json"], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout.splitlines()[-1]) if code == 0 else result.output


def requests_of(workspace):
    """The key of every request that was sent, once for each time it was sent."""
    sent = workspace.execute("SELECT key FROM outcomes WHERE problem <> 'not sent'")
    return [str(key) for (key,) in sent]


def test_without_a_name_the_methods_and_judges_are_listed(workspace):
    assert set(call(workspace, "generate")["methods"]) == {**GENERATORS, **MODEL_GENERATORS}.keys()
    assert set(call(workspace, "judge")["judges"]) == JUDGES.keys()
    assert "asks no model" in CliRunner().invoke(cli, ["generate"]).stdout


def test_samples_are_made_by_the_practice_model_until_so_many_are_kept(workspace):
    found = call(workspace, "generate", "self_instruct", "-m", "practice", "--want", "6", "--set", "seed=7")
    order = read_order(workspace, found["run"])
    assert (order.method.target, order.method.seed, order.caps.samples) == (6, 7, 6)
    assert len(order.pool) == SEEDS
    assert count_samples(workspace) == SEEDS + 6
    assert found["result"].startswith("6 kept")
    assert found["status"] == "done"


def test_a_method_without_a_model_asks_nobody(workspace):
    found = call(workspace, "generate", "paraphrase", "--want", "3")
    assert found["result"].startswith("3 made")
    assert requests_of(workspace) == []


def test_a_run_that_cannot_go_on_does_not_say_so(workspace, tmp_path):
    with pytest.raises(Paused) as failed:
        call(workspace, "generate", "templates", "--set", f"path={tmp_path / 'none.csv'}")
    assert "none.csv" in str(failed.value)
    assert "--resume" not in str(failed.value)


def test_a_run_that_hit_its_cap_goes_on_and_pays_nothing_twice(workspace):
    with pytest.raises(Paused, match="sift generate --resume generate-"):
        call(workspace, "generate", "respond", "-m", "practice", "--set", "which=all", "--tokens", "4000")
    run = recent_runs(workspace, 1)[0]
    assert run.status == "paused"
    assert read_order(workspace, run.id).caps.tokens == 4000
    found = call(workspace, "generate", "--resume", run.id, "--tokens", "1000000")
    assert found["run"] == run.id
    asked = requests_of(workspace)
    assert len(asked) == len(set(asked)) == SEEDS


def test_a_judge_scores_and_goes_on(workspace):
    with pytest.raises(Paused, match="sift judge --resume judge-"):
        call(workspace, "judge", "adherence", "-m", "practice", "--tokens", "9000")
    run = recent_runs(workspace, 1)[0]
    found = call(workspace, "judge", "--resume", run.id, "--tokens", "1000000")
    assert found["status"] == "done"
    asked = requests_of(workspace)
    assert len(asked) == len(set(asked)) == SEEDS
    with pytest.raises(NotReady, match="Nothing waits for this judge"):
        call(workspace, "judge", "adherence", "-m", "practice")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["generate", "nonsense"], "no method called nonsense; there are self_instruct"),
        (["judge", "nonsense"], "no judge called nonsense; there are rubric"),
        (["generate", "self_instruct"], "Say whom to ask with --model. There are practice"),
        (["generate", "self_instruct", "-m", "gpt"], "no endpoint named gpt"),
        (["generate", "self_instruct", "-m", "practice", "--set", "seed"], "--set seed is not NAME=VALUE"),
        (["generate", "self_instruct", "-m", "practice", "--set", "sed=1"], "self_instruct, sed: Extra inputs"),
        (["generate", "self_instruct", "-m", "practice", "--set", "target=0"], "target: Input should be greater"),
        (["generate", "ask", "-m", "practice"], "ask, prompt: Field required"),
        (["generate", "alpaca", "-m", "a", "-m", "b", "--base-url", "http://127.0.0.1:1"], "goes with one --model"),
        (["generate", "--resume", "nothing"], "cannot be resumed"),
    ],
)
def test_what_was_typed_wrong_is_one_sentence(workspace, arguments, reason):
    with pytest.raises((BadInput, NotReady), match=reason):
        call(workspace, *arguments)
    assert count_samples(workspace) == SEEDS


def test_a_model_at_an_address_becomes_an_endpoint_without_its_key(workspace, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
    monkeypatch.setenv("SOME_KEY", "sk-very-secret")
    ask = ["generate", "ask", "-m", "small", "--base-url", address, "--set", "prompt=Hello", "--key-env", "SOME_KEY"]
    with pytest.raises(Paused):
        call(workspace, *ask)
    with pytest.raises(Paused):
        call(workspace, *ask)
    (kept,) = read_endpoints(workspace)
    assert (kept.model, kept.base_url, kept.key_env) == ("small", address, "SOME_KEY")
    assert "secret" not in str(kept)


class Terminal:
    def __init__(self, *, is_one):
        self.isatty = lambda: is_one


def test_what_costs_money_is_confirmed(monkeypatch, capsys):
    costs = Estimate(2, 100, 100, 0.5, 1.0)
    monkeypatch.setattr("sys.stdin", Terminal(is_one=False))
    with pytest.raises(BadInput, match="Add --yes"):
        typed.confirm(costs, yes=False)
    typed.confirm(costs, yes=True)
    typed.confirm(Estimate(2, 100, 100, 0, 0), yes=False)
    assert capsys.readouterr().err.splitlines() == [
        "About 2 calls and 200 tokens: about $0.5000, $1.0000 at most.",
        "About 2 calls and 200 tokens: about $0.5000, $1.0000 at most.",
        "About 2 calls and 200 tokens: free.",
    ]
    asked = []
    monkeypatch.setattr("sys.stdin", Terminal(is_one=True))
    monkeypatch.setattr("typer.confirm", lambda *words, **_how: asked.append(words))
    typed.confirm(Estimate(2, 100, 100, float("nan"), float("nan")), yes=False)
    assert asked == [("Go on?",)]
