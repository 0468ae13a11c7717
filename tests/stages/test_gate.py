"""The gate before an export: nothing is written past a line that blocks without a reason, and reasons are kept."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from curation import runs
from curation.errors import BadInput, HeldBack
from curation.practice import PRACTICE_MODEL
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.checks import CHECKS
from curation.stages.exporting import Wanted, export_job
from curation.stages.gate import MARK, examine, examples, mark
from curation.stages.measuring import measure
from curation.stages.planning import plan
from curation.store import Workspace, open_workspace
from curation.store.browse import numbers_of
from curation.store.decisions import add_decisions
from curation.store.people import write_role
from curation.store.recipes import read_exports
from curation.store.samples import add_samples
from curation.store.settings import write_setting

SECRETS = {
    "e-mail": "ada.byron@lovelace-letters.net",
    "card": "4111 1111 1111 1111",
    "IBAN": "GB82 WEST 1234 5698 7654 32",
    "IP address": "93.184.216.34",
    "phone": "+44 20 7219 3000",
    "key of Amazon": "AKIA" + "ABCDEFGHIJKLMNOP",
    "key of a model": "sk-" + "proj-" + "a1B2c3D4" * 4,
    "key of GitHub": "ghp_" + "a1B2c3D4e5F6" * 3,
    "token": "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "private key": "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----",
}
"""Ten of known form, none of which is anybody's."""


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "w.duckdb")
    yield workspace
    workspace.close()


def put(ws: Workspace, *samples: Sample, model: str = "") -> None:
    rows = [Collected(one, Origin("alpaca", "a.json", f"line {i}", model=model)) for i, one in enumerate(samples)]
    add_samples(ws, "run", rows)
    measure(ws, lambda _done, _requested: None)


def wanted(ws: Workspace, **more: object) -> Wanted:
    return Wanted("demo", ("openai_chat",), ws.path.parent / "out", **more)  # type: ignore[arg-type]


def exported(ws: Workspace, asked: Wanted) -> tuple[str, dict[str, object]]:
    """The note of the run and the manifest."""
    note = runs.run_now(ws, export_job(ws, asked))
    content: dict[str, object] = json.loads((Path(read_exports(ws)[0].folder) / "manifest.json").read_text())
    return note, content


@pytest.mark.parametrize("kind", SECRETS)
def test_t26_a_secret_holds_an_export_back_until_somebody_says_why(ws: Workspace, kind: str) -> None:
    put(ws, Sample("Name a colour.", output="Red"), Sample("Who is it?", output=f"It is {SECRETS[kind]} as ever."))
    with pytest.raises(HeldBack, match="personal_data: 1 sample seems") as refused:
        runs.run_now(ws, export_job(ws, wanted(ws)))
    assert SECRETS[kind] not in str(refused.value)
    assert not (ws.path.parent / "out").exists()
    assert read_exports(ws) == []
    chosen = plan(ws, ("accepted", "kept"), wanted(ws).shape)
    line = next(line for line in examine(ws, wanted(ws), chosen) if line.check == "personal_data")
    (example,) = examples(ws, line)
    assert example.number == 1
    assert SECRETS[kind] not in example.text
    assert "Who is it? It is [" in example.text


def test_t26_the_reason_lands_in_the_manifest_with_who_and_when(ws: Workspace) -> None:
    put(ws, *(Sample(f"Who is {kind}?", output=secret) for kind, secret in SECRETS.items()))
    write_setting(ws, "reviewer", "ada")
    note, manifest = exported(ws, wanted(ws, overrides=(("personal_data", "  all invented "),)))
    gate = {row["check"]: row for row in manifest["gate"]}  # type: ignore[attr-defined]
    row = gate["personal_data"]
    assert (row["count"], row["reason"], row["by"], row["blocks"]) == (10, "all invented", "ada", True)
    assert len(row["at"]) == len("2026-11-21T10:15:00Z")
    assert gate["not_compared"] == {"check": "not_compared", "count": 10, "blocks": False}
    assert "Overridden: personal_data (10)." in note
    assert "Warned: not_compared (10)" in note


def test_a_reason_for_one_line_is_none_for_another(ws: Workspace) -> None:
    put(ws, Sample("Who?", output=SECRETS["e-mail"]), Sample("Nothing.", output=""))
    with pytest.raises(HeldBack) as refused:
        runs.run_now(ws, export_job(ws, wanted(ws, overrides=(("personal_data", "invented"),))))
    assert [check for check, _, _ in refused.value.lines] == ["empty_fields"]
    assert "1 check holds the export back; nothing was written." in str(refused.value)


@pytest.mark.parametrize(
    ("override", "said"), [(("personal", "why"), "no check called personal; there are personal_data"),
                           (("conflicts", " \n"), "Say why conflicts may be overridden")],
)  # fmt: skip
def test_a_reason_for_no_check_and_an_empty_one_are_refused_at_once(
    ws: Workspace, override: tuple[str, str], said: str
) -> None:
    put(ws, Sample("Name a colour.", output="Red"))
    with pytest.raises(BadInput, match=said):
        export_job(ws, wanted(ws, overrides=(override,)))


def test_asking_for_practice_text_is_its_reason(ws: Workspace) -> None:
    put(ws, Sample("Made up.", output="x"), model=PRACTICE_MODEL)
    _, manifest = exported(ws, wanted(ws, practice=True))
    row = manifest["gate"][0]  # type: ignore[index]
    assert row == {"check": "practice_text", "count": 1, "blocks": True, "reason": "asked for with the export"}


def test_who_starts_the_export_gives_the_reasons(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    put(ws, Sample("Nothing.", output=""), Sample("Name a colour.", output="Red"))
    monkeypatch.setattr(ws, "who", lambda: "ada@lovelace-letters.net")
    write_role(ws, "ada@lovelace-letters.net", "owner")
    job = export_job(ws, wanted(ws, overrides=(("empty_fields", "the format leaves it out"),)))
    monkeypatch.setattr(ws, "who", lambda: "")  # as in the thread of a run
    runs.run_now(ws, job)
    manifest = json.loads((Path(read_exports(ws)[0].folder) / "manifest.json").read_text())
    assert manifest["gate"][0]["by"] == manifest["options"]["by"] == "ada@lovelace-letters.net"


def test_samples_of_a_line_are_found_by_their_label_until_the_next_line(ws: Workspace) -> None:
    put(ws, Sample("Nothing.", output=""), Sample("Who?", output=SECRETS["e-mail"]))
    chosen = plan(ws, ("accepted", "kept"), wanted(ws).shape)
    lines = {line.check: line for line in examine(ws, wanted(ws), chosen)}
    first = mark(ws, lines["empty_fields"])
    assert numbers_of(ws, first).tolist() == [0]
    second = mark(ws, lines["personal_data"])
    assert second.labels == ((MARK, "Personal data and keys"),)
    assert numbers_of(ws, second).tolist() == [1]
    assert numbers_of(ws, first).tolist() == []


def test_what_is_mended_holds_nothing_back(ws: Workspace) -> None:
    put(ws, Sample("Nothing.", output=""), Sample("Who?", output=SECRETS["e-mail"]), Sample("Name one.", output="Red"))
    add_decisions(ws, [0, 1], Decision("reject", "me"))
    _, manifest = exported(ws, wanted(ws))
    assert [row["check"] for row in manifest["gate"] if row["blocks"]] == []  # type: ignore[attr-defined]


def test_every_line_is_named_when_several_hold_it_back(ws: Workspace) -> None:
    add_samples(ws, "run", [Collected(Sample("Nothing.", output=""), Origin("alpaca", "a.json", "1"))])
    with pytest.raises(HeldBack) as refused:
        runs.run_now(ws, export_job(ws, wanted(ws)))
    assert [check for check, _, _ in refused.value.lines] == ["not_measured", "empty_fields"]
    assert all(check in CHECKS for check, _, _ in refused.value.lines)
    assert "sift measure" in str(refused.value)
