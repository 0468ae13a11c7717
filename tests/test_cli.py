import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from curation.cli import cli, main
from curation.errors import BadFile, BadInput, HeldBack, NotReady
from curation.practice import PRACTICE_MODEL
from curation.sample import Collected, Origin, Sample
from curation.store import open_workspace
from curation.store.samples import add_samples, read_samples
from tests.overrides import UNMEASURED

SEEDS = Path(__file__).resolve().parents[1] / "sample_data" / "seed_tasks.jsonl"
run = CliRunner()


MEANT = ("--override", "=".join(UNMEASURED))


def call(*arguments: str) -> dict[str, object]:
    result = run.invoke(cli, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def test_import_status_export(tmp_path: Path) -> None:
    workspace = str(tmp_path / "w.duckdb")
    imported = call("import", str(SEEDS), "--workspace", workspace, "--licence", "Apache-2.0", "--json")
    assert imported["imported"] == [{"file": str(SEEDS), "result": "214 read, 214 new, 0 repeated, 0 refused."}]
    status = call("status", "--workspace", workspace, "--json")
    assert status["samples"] == 214
    assert status["states"] == {"accepted": 0, "kept": 214, "dropped": 0, "rejected": 0}
    exported = call(
        "export", "-w", workspace, "-f", "alpaca", "-f", "openai_chat", "--to", str(tmp_path), *MEANT, "--json"
    )
    assert exported["samples"] == 214
    assert exported["splits"] == {"asked": {"train": 193, "validation": 11, "test": 11}, "remarks": []}
    folder = Path(str(exported["folder"]))
    rows = sum(len(json.loads(file.read_text())) for file in (folder / "alpaca").glob("*.json"))
    assert rows == 214
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["licences"] == {"Apache-2.0": 214}
    plain = ["-f", "trl_prompt_completion", "--plain-text", "--provenance"]
    folder = Path(str(call("export", "-w", workspace, *plain, "--to", str(tmp_path), *MEANT, "--json")["folder"]))
    row = json.loads((folder / "trl_prompt_completion" / "train.jsonl").read_text().splitlines()[0])
    assert isinstance(row["prompt"], str)
    assert row["source"] == SEEDS.name
    open_workspace(workspace).close()


def test_columns_of_a_table_in_no_known_layout_are_named(tmp_path: Path) -> None:
    table, workspace = tmp_path / "faq.csv", str(tmp_path / "w.duckdb")
    table.write_text("Frage,Antwort\nWho?,Me\nWhy?,Because\n", "utf-8")
    with pytest.raises(BadFile, match=r"fit no known layout\. Name its columns \(--set"):
        run.invoke(cli, ["import", str(table), "-w", workspace], catch_exceptions=False)
    with pytest.raises(BadInput, match=r"question: Extra inputs .* Its options are instruction, input"):
        run.invoke(cli, ["import", str(table), "-w", workspace, "-s", "question=Frage"], catch_exceptions=False)
    named = ["--set", "instruction=Frage", "--set", "output=Antwort"]
    found = call("import", str(table), "-w", workspace, *named, "--json")
    assert found["imported"] == [{"file": str(table), "result": "2 read, 2 new, 0 repeated, 0 refused."}]
    opened = open_workspace(workspace)
    assert [(one.instruction, one.output) for one in read_samples(opened, [0, 1])] == [
        ("Who?", "Me"),
        ("Why?", "Because"),
    ]
    opened.close()


def test_an_export_is_pushed_where_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pushed = []

    def push(_workspace: object, folder: Path, name: str) -> str:
        pushed.append((folder.is_dir(), name))
        return "https://there"

    monkeypatch.setattr("curation.stages.pushing.push", push)
    workspace = open_workspace(tmp_path / "w.duckdb")
    add_samples(workspace, "run", [Collected(Sample("Ask.", output="x"), Origin("alpaca", "p", "1"))])
    workspace.close()
    arguments = ["export", "-w", str(tmp_path / "w.duckdb"), "--to", str(tmp_path), *MEANT, "--push", "me/demo"]
    assert "It is at https://there too." in run.invoke(cli, arguments, catch_exceptions=False).stdout
    assert pushed == [(True, "me/demo")]
    open_workspace(tmp_path / "w.duckdb").close()


def test_text_of_the_practice_model_is_exported_only_with_its_option(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    made = Collected(Sample("Made up.", output="x"), Origin("ask", "p", "1", model=PRACTICE_MODEL))
    add_samples(workspace, "run", [made])
    workspace.close()
    arguments = ["export", "-w", str(tmp_path / "w.duckdb"), "--to", str(tmp_path), *MEANT]
    with pytest.raises(NotReady, match="--practice"):
        run.invoke(cli, arguments, catch_exceptions=False)
    assert call(*arguments, "--practice", "--json")["samples"] == 1
    open_workspace(tmp_path / "w.duckdb").close()


def test_t26_what_holds_an_export_back_is_listed_and_a_reason_lets_it_out(tmp_path: Path) -> None:
    rows = [{"instruction": "Who?", "output": "ada.byron@lovelace-letters.net"}, {"instruction": "Why?", "output": ""}]
    (tmp_path / "rows.json").write_text(json.dumps(rows))
    workspace = ["-w", str(tmp_path / "w.duckdb")]
    call("import", str(tmp_path / "rows.json"), *workspace, "--json")
    arguments = ["export", *workspace, "--to", str(tmp_path / "out"), "--json"]
    refused = run.invoke(cli, arguments)
    assert refused.exit_code == 1
    assert isinstance(refused.exception, HeldBack)
    held = json.loads(refused.stdout.splitlines()[-1])["held_back"]
    assert [(line["check"], line["count"]) for line in held] == [("personal_data", 1), ("empty_fields", 1)]
    assert "ada.byron" not in refused.stdout + str(refused.exception)
    assert not (tmp_path / "out").exists()
    reasons = ["--override", "personal_data=she = a test", "--override", "empty_fields=left out"]
    folder = Path(str(call(*arguments, *reasons)["folder"]))
    given = [row.get("reason") for row in json.loads((folder / "manifest.json").read_text())["gate"]]
    assert given[:2] == ["she = a test", "left out"]
    for wrong, said in (("nonsense=x", "no check called nonsense; there are personal_data"), ("conflicts", "Say why")):
        with pytest.raises(BadInput, match=said):
            run.invoke(cli, [*arguments, "--override", wrong], catch_exceptions=False)
    open_workspace(tmp_path / "w.duckdb").close()


def test_plain_words_without_json(tmp_path: Path) -> None:
    workspace = tmp_path / "w.duckdb"
    open_workspace(workspace)
    result = run.invoke(cli, ["status", "--workspace", str(workspace)])
    assert "0 samples from 0 occurrences" in result.stdout
    open_workspace(workspace).close()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["import", "no-such-file.jsonl"], "no-such-file.jsonl"),
        (["export", "-f", "nonsense"], "no format called nonsense"),
        (["export"], "No sample is in"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_status_1(tmp_path: Path, arguments: list[str], reason: str) -> None:
    command = [sys.executable, "-c", "from curation.cli import main; main()", *arguments]
    command += ["--workspace", str(tmp_path / "w.duckdb")]
    open_workspace(tmp_path / "w.duckdb").close()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_main_is_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["sift", "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0


def test_embedding_and_measuring_from_the_command_line(tmp_path: Path) -> None:
    workspace = str(tmp_path / "w.duckdb")
    call("import", str(SEEDS), "-w", workspace, "--json")
    assert "0 samples measured" in str(call("measure", "-w", workspace, "--json")["measured"])
    tiers = call("measure", "-w", workspace, "--json")["tiers"]
    assert [(one["tier"], one["samples"], one["dollars"]) for one in tiers] == [
        (f"Tier {n}", 214, 0) for n in (1, 2, 3)
    ]
    assert all(one["seconds"] > 0 for one in tiers)
    said = run.invoke(cli, ["measure", "-w", workspace], catch_exceptions=False).stdout
    assert "Tier 3" in said
    assert "214 samples  Parsing" in said
    assert "$" not in said
    assert "178 texts embedded" in str(call("embed", "-w", workspace, "--field", "instruction", "--json")["embedded"])
    open_workspace(workspace).close()


def test_pairs_by_words_from_the_command_line(tmp_path: Path) -> None:
    workspace = str(tmp_path / "w.duckdb")
    call("import", str(SEEDS), "-w", workspace, "--json")
    assert "214 instructions compared" in str(call("pairs", "-w", workspace, "--by", "words", "--json")["pairs"])
    assert "214 instructions compared" in str(call("pairs", "-w", workspace, "--floor", "0.5", "--json")["pairs"])
    open_workspace(workspace).close()


@pytest.mark.parametrize(
    ("command", "option", "value"),
    [
        ("embed", "--field", "title"),
        ("pairs", "--by", "sound"),
        ("pairs", "--field", "title"),
        ("pairs", "--floor", "0"),
    ],
)
def test_a_value_that_an_option_does_not_take_is_wrong_usage(command: str, option: str, value: str) -> None:
    result = run.invoke(cli, [command, option, value])
    assert result.exit_code == 2
    assert option in result.stderr
    assert value in result.stderr


def test_benchmarks_are_looked_for_by_words(tmp_path: Path) -> None:
    path, quiz = tmp_path / "w.duckdb", tmp_path / "quiz.txt"
    text = "One fine day in the middle of the night two dead men got up to fight."
    workspace = open_workspace(path)
    add_samples(workspace, "run", [Collected(Sample(text), Origin("alpaca", "a", "1"))])
    workspace.close()
    quiz.write_text(text, "utf-8")
    found = call("contamination", str(quiz), "-w", str(path), "--words-only", "--json")
    assert found["result"] == "1 of 1 samples share words in a row with 1 items of quiz.txt."
    assert isinstance(found["nearest"], list)
    assert found["nearest"][0]["place"] == "line 1"
    open_workspace(path).close()
