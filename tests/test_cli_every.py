"""What holds for every command: it teaches itself, answers as JSON alone, and its exit status says what happened."""

import json
import subprocess
import sys

import pytest

from curation.cli import COMMANDS, main
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.carrying import decisions_file
from curation.stages.exporting import Wanted, export_job
from curation.store import open_workspace
from curation.store.samples import add_samples
from tests.overrides import UNMEASURED

MADE = {"app", "import", "generate", "role"}
"""Commands that make a workspace where there is none."""
REFUSED = [name for name in COMMANDS if name not in MADE]
HOLD = "import sys; from curation.store import open_workspace; open_workspace(sys.argv[1]); print(); sys.stdin.read()"


@pytest.fixture
def sift(monkeypatch, capsys):
    """sift(*arguments): exit status, standard output and standard error of `main`."""
    monkeypatch.setattr(subprocess, "call", lambda _command: 0)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["sift", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A folder with a workspace of a few samples, an export of them, and what commands read."""
    folder = tmp_path_factory.mktemp("every")
    opened = open_workspace(folder / "w.duckdb")
    verbs, things = ("Describe", "Compare", "List", "Explain"), ("a harbour", "bread", "chess", "the moon")
    asked = [f"{verb} {thing}." for verb in verbs for thing in things]
    add_samples(opened, "run", [Collected(Sample(one, output="An answer."), Origin("s", "h", one)) for one in asked])
    run_now(opened, export_job(opened, Wanted("first", ("alpaca",), folder / "out", overrides=(UNMEASURED,))))
    (folder / "theirs.jsonl").write_bytes(decisions_file(opened))
    opened.close()
    row = {"instruction": "Name a bird that sings before the sun is up in spring.", "output": "A wren."}
    (folder / "more.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (folder / "recipe.toml").write_text('[selection]\nmethod = "chance"\nsize = 12\n', "utf-8")
    return folder


def lines(root):
    """Command → an ordinary call of it, without workspace and --json; each can do what the one before it has left."""
    manifests = sorted(root.glob("out/*/manifest.json"), key=lambda file: file.stat().st_mtime_ns)
    return {
        "app": [root / "w.duckdb"],
        "import": [root / "more.jsonl"],
        "generate": ["self_instruct", "-m", "practice", "--want", "2", "--set", "seed=7"],
        "measure": [],
        "embed": ["--field", "instruction"],
        "pairs": ["--by", "words"],
        "contamination": [root / "more.jsonl", "--words-only"],
        "judge": ["adherence", "-m", "practice", "--most", "2"],
        "curate": [root / "recipe.toml"],
        "review-export": [root / "decisions.jsonl"],
        "review-import": [root / "theirs.jsonl"],
        "export": ["--to", root / "out", "--override", "contamination=the sample itself, for a test"],
        "reproduce": manifests[-1:],
        "role": [],
        "status": [],
    }


def in_workspace(name, root, path):
    """The arguments of an ordinary call in this workspace."""
    return [name, path] if name == "app" else [name, *lines(root)[name], "-w", path]


def test_the_ordinary_calls_are_those_of_every_command(tmp_path):
    assert list(lines(tmp_path)) == list(COMMANDS)


def test_each_says_one_object_of_json_on_standard_output_and_nothing_else(sift, root):
    """One after the other in one workspace, as a pool of data goes through them."""
    for name in COMMANDS:
        status, out, error = sift(*in_workspace(name, root, root / "w.duckdb"), "--json")
        open_workspace(root / "w.duckdb").close()  # as the end of a process does
        assert status == 0, f"{name}: {error}"
        assert "Traceback" not in error
        assert isinstance(json.loads(out), dict), name
        assert out.count("\n") == 1, name


@pytest.mark.parametrize("name", COMMANDS)
def test_each_teaches_itself(sift, name):
    status, out, error = sift(name, "--help")
    assert (status, error) == (0, "")
    assert f"Example: sift {name} " in out
    assert "--json" in out
    assert "-w" in out or name == "app"
    assert "eads" in out or name == "app"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_ends_with_2_where_it_is_called_wrongly(sift, name):
    status, out, error = sift(name, "--no-such-option")
    assert (status, out) == (2, "")
    assert "--no-such-option" in error


@pytest.mark.parametrize("name", REFUSED)
def test_each_tells_a_workspace_that_is_not_there_and_makes_none(sift, root, tmp_path, name):
    """A mistyped name."""
    path = tmp_path / "mistyped.duckdb"
    status, out, error = sift(*in_workspace(name, root, path), "--json")
    assert (status, out) == (1, "")
    assert error.count("\n") == 1
    assert not path.exists()


def test_f15_each_names_the_process_that_holds_the_workspace(sift, root, tmp_path):
    path = tmp_path / "held.duckdb"
    open_workspace(path).close()
    with subprocess.Popen([sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        for name in COMMANDS:
            status, out, error = sift(*in_workspace(name, root, path), "--json")
            assert (status, out) == (1, ""), name
            assert error.startswith(f"{path} is open in process {other.pid}."), name
        other.stdin.close()
