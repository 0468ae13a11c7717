import pytest

from curation.model import Endpoint
from tests.model.server import Server, running

CANARY = "sk-CANARY-4f9a1c77e2"


@pytest.fixture
def server():
    with running() as one:
        yield one


@pytest.fixture
def endpoint(server: Server, monkeypatch):
    monkeypatch.setenv("SIFT_TEST_KEY", CANARY)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return Endpoint("Fake", server.url, "tiny", "SIFT_TEST_KEY")
