"""What every test shares: no network, and one running dashboard for the tests that need one."""

import os
from collections.abc import Iterator

import pytest

from curation.store.workspace import _open as opened
from tests.dashboard import Dashboard, started

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """The real server in a process of its own, on an empty workspace that no other test writes to on purpose."""
    with started(tmp_path_factory.mktemp("dashboard") / "test.duckdb") as running:
        yield running


def pytest_sessionfinish() -> None:
    """Close the workspaces that pages left open: DuckDB complains at exit about every connection that is not."""
    for workspace in list(opened.values()):
        workspace.close()
