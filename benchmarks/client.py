"""The model client with its ledger on, against a bare asyncio loop over the same SDK, in one run on one server.

python benchmarks/client.py [--requests 10000] [--parallel 64] [--milliseconds 50]

The server is a process of its own that answers every prompt after so many milliseconds. Both sides send the same
prompts over AsyncOpenAI with as many connections, in turns. The bare loop keeps nothing; ours writes every request to a
DuckDB file before it is sent and every answer before it is read. Both answers are compared.
"""

import argparse
import asyncio
import multiprocessing
import resource
import tempfile
import time
from contextlib import closing
from pathlib import Path

import openai

from curation.model import Client, Endpoint
from curation.prompts import Prompt
from curation.sample import Message
from curation.store import open_workspace
from curation.store.ledger import RunLedger

ANSWER = (
    b'{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop",'
    b'"message":{"role":"assistant","content":"%s"}}],"usage":{"prompt_tokens":60,"completion_tokens":150,'
    b'"total_tokens":210}}'
)
TURNS = 5


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--requests", type=int, default=10_000)
    arguments.add_argument("--parallel", type=int, default=64)
    arguments.add_argument("--milliseconds", type=float, default=50)
    asked = arguments.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there, asked.milliseconds), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{here.recv()}/v1"
    try:
        compare(Endpoint("Bench", url, "m", parallel=asked.parallel), asked)
    finally:
        server.terminate()


def compare(endpoint, asked):
    seconds, each = {"ours": [], "bare": []}, asked.requests // TURNS
    with tempfile.TemporaryDirectory() as folder, closing(open_workspace(Path(folder) / "bench.duckdb")) as workspace:
        run(workspace, endpoint, prompts(0, 50))  # loads what is loaded once
        for turn in range(1, TURNS + 1):
            texts = prompts(turn, each)
            ours, took = run(workspace, endpoint, texts)
            seconds["ours"].append(took)
            bare, took = asyncio.run(loop(endpoint, texts))
            seconds["bare"].append(took)
            assert ours == bare, "both sides got the same"
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        replayed, took = run(workspace, endpoint, prompts(TURNS, each))
        assert replayed == ours
    total = {name: sum(times) for name, times in seconds.items()}
    rates = {name: each * TURNS / took_ for name, took_ in total.items()}
    ratio = rates["ours"] / rates["bare"]
    print(f"{each * TURNS:,} requests each, {asked.parallel} at a time, {asked.milliseconds:g} ms, {TURNS} turns each")
    print(f"ours {rates['ours']:.0f} requests/s, bare loop {rates['bare']:.0f}/s, ratio {ratio:.2f}")
    print("ratio per turn: " + " ".join(f"{b / o:.2f}" for o, b in zip(seconds["ours"], seconds["bare"], strict=True)))
    print(f"replay of {each:,} from the ledger: {each / took:.0f} replies/s; peak memory {memory:.0f} MB")


def prompts(turn, count):
    return [f"Turn {turn}, prompt {number}: " + "name a colour and say why. " * 8 for number in range(count)]


def run(workspace, endpoint, texts):
    start = time.perf_counter()
    with Client(endpoint, RunLedger(workspace, "bench")) as client:
        answers = list(client.each(chain(text) for text in texts))
    return answers, time.perf_counter() - start


def chain(text):
    reply = yield Prompt((Message("user", text),))
    return reply.text


async def loop(endpoint, texts):
    start, left, answers = time.perf_counter(), iter(enumerate(texts)), [""] * len(texts)
    http = plain(endpoint.parallel)
    async with openai.AsyncOpenAI(
        base_url=endpoint.base_url, api_key="none", max_retries=0, http_client=http
    ) as client:

        async def worker():
            for place, text in left:
                got = await client.chat.completions.create(
                    model="m", messages=[{"role": "user", "content": text}], temperature=0.7, max_tokens=1024
                )
                answers[place] = got.choices[0].message.content

        await asyncio.gather(*(worker() for _ in range(endpoint.parallel)))
    return answers, time.perf_counter() - start


def plain(parallel):
    import httpx2

    limits = httpx2.Limits(max_connections=parallel, max_keepalive_connections=parallel)
    return openai.DefaultAsyncHttpxClient(limits=limits)


class Answering(asyncio.Protocol):
    """Enough of HTTP/1.1 for one POST after another on a connection."""

    def __init__(self, seconds):
        self.seconds, self.data = seconds, b""

    def connection_made(self, transport):
        """Keep where to write."""
        self.transport = transport

    def data_received(self, data):
        """Answer every whole request after the wait."""
        self.data += data
        head, found, body = self.data.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        if len(body) >= length:
            self.data = body[length:]
            asyncio.get_running_loop().call_later(self.seconds, self.answer, body[:length])

    def answer(self, body):
        """Write the start of the prompt back."""
        text = body.partition(b'"content":"')[2].partition(b":")[0] + b" " + b"blue " * 100
        made = ANSWER % text.strip()
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(made)
        self.transport.write(head + made)


def serve(pipe, milliseconds):
    async def forever():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Answering(milliseconds / 1000), "127.0.0.1", 0, backlog=512)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


if __name__ == "__main__":
    main()
