"""The practice server as a process of its own, as kill tests and benchmarks use it."""

import json
import subprocess
import sys
from contextlib import contextmanager

import openai
import pytest

from curation.errors import BadInput
from curation.practice import PRACTICE_MODEL
from curation.practice.__main__ import main, read_faults


@contextmanager
def process(*options):
    command = [sys.executable, "-m", "curation.practice", "--with-parent", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        yield child.stdout.readline().strip()
        child.stdin.close()
        assert child.wait(10) == 0


def test_says_its_address_and_writes_its_log(tmp_path):
    log = tmp_path / "wire.jsonl"
    with (
        process("--log", str(log), "--delay", "0.01", "--faults", "server=1") as base_url,
        openai.OpenAI(base_url=base_url, api_key="x", max_retries=0) as client,
        pytest.raises(openai.APIStatusError),
    ):
        client.chat.completions.create(model=PRACTICE_MODEL, messages=[{"role": "user", "content": "x"}])
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(line["event"], line["number"], line["finished"]) for line in lines] == [
        ("asked", 0, False),
        ("answered", 0, True),
    ]
    assert lines[1]["status"] >= 500
    assert lines[1]["fault"] == "server"


def test_reads_faults():
    assert sum(read_faults("every=0.3", seed=4).shares.values()) == pytest.approx(0.3)
    with pytest.raises(BadInput):
        read_faults("server=much")


def test_wrong_faults_are_said(capsys):
    assert main(["--faults", "nonsense=1"]) == 2
    assert "nonsense" in capsys.readouterr().err
