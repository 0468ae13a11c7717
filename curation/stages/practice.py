"""The practice model as an endpoint like any other; its server starts with the first question for it."""

import atexit
import threading

from curation.model import Endpoint
from curation.practice import PRACTICE_MODEL, Serving, serve

NAME = "Practice model"
_lock = threading.Lock()
_serving: list[Serving] = []


def practice_endpoint() -> Endpoint:
    """The endpoint of the practice model: one server per process, on loopback, at another port with each start."""
    with _lock:
        if not _serving:
            _serving.append(serve())
            atexit.register(_serving[0].close)
        return Endpoint(NAME, _serving[0].base_url, PRACTICE_MODEL)
