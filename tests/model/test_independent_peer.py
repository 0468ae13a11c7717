"""The client against a server of another project: `transformers serve` over a tiny model with random weights.

Its quirks, all real: the list of models fails offline (500), another model is a 400, an unknown field a 422, and a JSON
Schema is taken and not heeded.
"""

import asyncio
import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import numpy as np
import pytest

from curation.errors import ModelError
from curation.model import Endpoint, Sampling, ask, list_models
from curation.model import test_connection as check_connection
from curation.model.client import Client
from curation.model.wire import Wire
from curation.prompts import Prompt
from curation.sample import Message
from tests.model.remembering import Remembering

COMMAND = Path(sys.executable).with_name("transformers")
pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("fastapi") is None or not COMMAND.exists(),
    reason="the serving extra of transformers is not installed: pip install 'transformers[serving]'",
)
LETTERS = [*"abcdefghijklmnopqrstuvwxyz", "Ġ"]
"""Ġ is how byte-level tokenizers write a space."""
BYTES = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
SPECIAL = ["<s>", "</s>", "<unk>"]
STARTS_IN = 60
"""Seconds; it takes 8 on an idle machine."""


def make_model(folder: Path) -> None:
    """A Llama with one layer and random weights, a tokenizer that knows small letters, and a chat template."""
    from safetensors.numpy import save_file

    size, wide, count = 32, 64, len(SPECIAL) + len(LETTERS)
    dice = np.random.default_rng(7)
    block = "model.layers.0."
    shapes = {
        "model.embed_tokens.weight": (count, size),
        **{f"{block}self_attn.{name}_proj.weight": (size, size) for name in "qkvo"},
        f"{block}mlp.gate_proj.weight": (wide, size),
        f"{block}mlp.up_proj.weight": (wide, size),
        f"{block}mlp.down_proj.weight": (size, wide),
        "lm_head.weight": (count, size),
    }
    weights = {name: dice.normal(0, 0.2, shape).astype(np.float32) for name, shape in shapes.items()}
    norms = ("model.norm.weight", f"{block}input_layernorm.weight", f"{block}post_attention_layernorm.weight")
    save_file(
        weights | {name: np.ones(size, np.float32) for name in norms}, folder / "model.safetensors", {"format": "pt"}
    )
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": count,
        "hidden_size": size,
        "intermediate_size": wide,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "max_position_embeddings": 2048,
        "bos_token_id": 0,
        "eos_token_id": 1,
        "dtype": "float32",
    }
    vocabulary = {word: place for place, word in enumerate([*SPECIAL, *LETTERS])}
    added = [
        {"id": place, "content": word, "special": True}
        | dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
        for place, word in enumerate(SPECIAL)
    ]
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": BYTES,
        "post_processor": None,
        "decoder": BYTES,
        "model": {"type": "BPE", "vocab": vocabulary, "merges": [], "unk_token": "<unk>"},
    }
    template = "{% for m in messages %}{{ m['role'] }} {{ m['content'] }} {% endfor %}"
    # A random model seldom comes to an end by itself, so every third letter ends an answer.
    ends = [1, *range(len(SPECIAL), count, 3)]
    files = {
        "config.json": config,
        "generation_config.json": {"bos_token_id": 0, "eos_token_id": ends, "pad_token_id": 1},
        "tokenizer.json": tokenizer,
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": "<s>",
            "eos_token": "</s>",
            "unk_token": "<unk>",
            "chat_template": template,
        },
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content))


@pytest.fixture(scope="module")
def peer(tmp_path_factory):
    """The server's endpoint, with the model at its own path."""
    folder = tmp_path_factory.mktemp("tiny")
    make_model(folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("log") / "peer.log"
    offline = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path_factory.mktemp("home")), "CUDA_VISIBLE_DEVICES": ""}
    command = [COMMAND, "serve", folder, "--device", "cpu", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=os.environ | offline, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/health", process, log)
        yield Endpoint("Peer", f"http://127.0.0.1:{port}/v1", str(folder))
    finally:
        process.kill()
        process.wait(20)


def wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    last = time.monotonic() + STARTS_IN
    while time.monotonic() < last:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"transformers serve did not start:\n{log.read_text()}")


def replies(endpoint, *prompts, ledger=None):
    def chain(prompt):
        reply = yield prompt
        return reply

    with Client(endpoint, ledger or Remembering()) as client:
        return list(client.each(chain(prompt) for prompt in prompts))


def question(text, **options):
    return Prompt((Message("user", text),), **options)


def test_the_connection_works_though_the_list_of_models_fails(peer):
    with pytest.raises(ModelError) as caught:
        list_models(peer)
    assert caught.value.kind == "server"
    assert check_connection(peer).startswith("Peer works")


def test_one_answer(peer):
    answer = ask(peer, "red green blue", how=Sampling(temperature=0.0, max_tokens=200))
    assert re.fullmatch("[a-z ]+", answer.text)
    assert answer.prompt_tokens
    assert answer.completion_tokens


def test_many_answers_with_every_option_end_in_order(peer):
    """Whatever we send is known to it: an unknown field would be a 422."""
    options = {"temperature": 0.7, "top_p": 0.5, "stop": ("\n", "qu"), "presence_penalty": 1.5, "max_tokens": 200}
    prompts = [question(f"{word} tree", slot=word, **options) for word in ("red", "green", "blue", "warm")]
    found = replies(peer, *prompts)
    assert [reply.key for reply in found] == [prompt.key(peer.model) for prompt in prompts]
    assert {reply.problem for reply in found} <= {"", "empty"}
    assert any(re.fullmatch("[a-z ]+", reply.text) for reply in found)


def test_a_cut_off_answer_is_truncated(peer):
    """The same question at temperature 0 takes more than one letter when it may."""
    whole = ask(peer, "red green blue", how=Sampling(temperature=0.0, max_tokens=200))
    assert whole.completion_tokens > 1
    assert replies(peer, question("red green blue", temperature=0.0, max_tokens=1))[0].problem == "truncated"


def test_a_schema_that_is_not_heeded_is_malformed(peer):
    """F10: asked about once more, and kept both times."""
    ledger = Remembering()
    schema = json.dumps({"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]})
    reply = replies(peer, question("red green blue", temperature=0.0, max_tokens=200, schema=schema), ledger=ledger)[0]
    assert reply.problem == "malformed"
    assert len(ledger.received) == 2
    assert all(response.status == 200 and response.body for response in ledger.received.values())


def test_another_model_is_refused(peer):
    other = Endpoint("Peer", peer.base_url, "other")
    with pytest.raises(ModelError) as caught:
        ask(other, "red")
    assert caught.value.kind == "rejected"
    assert "model name other" in str(caught.value)
    assert replies(other, question("red"))[0].problem == "rejected"


def test_an_unknown_field_is_refused(peer):
    async def sent():
        async with Wire(peer, timeout=20) as wire:
            return await wire.complete(
                {"model": peer.model, "messages": [{"role": "user", "content": "x"}], "nonsense": 1}
            )

    got = asyncio.run(sent())
    assert got.status == 422
    assert got.trouble.kind == "rejected"
    assert b"nonsense" in got.body


def test_a_raw_text_is_continued(peer):
    """What Magpie sends: no messages, one text, with stops and a seed for each slot."""
    options = {"temperature": 1.0, "top_p": 0.9, "stop": ("qu",), "max_tokens": 200}
    found = replies(peer, *(Prompt(complete="red green blue", slot=slot, **options) for slot in "abcdef"))
    assert {reply.problem for reply in found} <= {"", "empty"}
    assert any(re.fullmatch("[a-z ]+", reply.text) for reply in found)
