"""A model server on the loopback interface that answers with whatever a test needs."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    drip: float = 0.0
    cut: int = 0
    """So many bytes are left out at the end, and the connection is closed."""


@dataclass
class Seen:
    path: str
    headers: dict[str, str]
    body: bytes


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies: dict[str, Reply | Callable[[Seen], Reply]] = {}
        self.in_flight = self.most_in_flight = 0
        self.lock = threading.Lock()
        self.seen: list[Seen] = []
        self.stop = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request, client_address):
        """A client that hangs up is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers["content-length"])))

    def answer(self, body):
        server = self.server
        with server.lock:
            server.in_flight += 1
            server.most_in_flight = max(server.most_in_flight, server.in_flight)
        try:
            self.answer_counted(body)
        finally:
            with server.lock:
                server.in_flight -= 1

    def answer_counted(self, body):
        seen = Seen(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
        reply = self.server.replies.get(self.path, Reply(404, b'{"error": {"message": "no such path"}}'))
        with self.server.lock:
            self.server.seen.append(seen)
            reply = reply(seen) if callable(reply) else reply
        self.server.stop.wait(reply.wait)
        self.send_response(reply.status)
        for name, value in {"content-type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(reply.body)))
        self.end_headers()
        body = reply.body[: len(reply.body) - reply.cut]
        step = 1 if reply.drip else max(1, len(body))
        for start in range(0, len(body), step):
            self.wfile.write(body[start : start + step])
            self.wfile.flush()
            self.server.stop.wait(reply.drip)


@contextmanager
def running() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def completion(content="Blue", finish="stop", **message) -> bytes:
    return json.dumps(
        {
            "id": "1",
            "object": "chat.completion",
            "model": "tiny-2026",
            "choices": [{"index": 0, "finish_reason": finish, "message": {"content": content, **message}}],
            "usage": {"prompt_tokens": 7, "completion_tokens": 2},
        }
    ).encode()
