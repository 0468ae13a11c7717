"""An export on its way to the Hub. Nothing here goes over the network."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from curation.errors import CurationError, NotReady
from curation.stages.pushing import push
from curation.store import Workspace, open_workspace


class FakeHub:
    """Keeps what it is told."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.repos: list[tuple[str, bool, str]] = []
        self.files: dict[str, bytes] = {}

    def create_repo(self, repo_id: str, *, private: bool, repo_type: str, exist_ok: bool) -> object:
        if self.error:
            raise self.error
        assert exist_ok
        self.repos.append((repo_id, private, repo_type))
        return repo_id

    def upload_folder(self, *, repo_id: str, folder_path: Path, repo_type: str, commit_message: str) -> object:
        assert (repo_id, repo_type) == (self.repos[-1][0], "dataset")
        assert folder_path.name in commit_message
        self.files = {path.name: path.read_bytes() for path in folder_path.iterdir()}
        return commit_message


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "demo-1"
    made.mkdir()
    (made / "README.md").write_text("# demo")
    return made


def test_every_file_goes_into_a_private_data_set(workspace: Workspace, folder: Path) -> None:
    hub = FakeHub()
    assert push(workspace, folder, "me/demo", hub) == "https://huggingface.co/datasets/me/demo"
    assert hub.repos == [("me/demo", True, "dataset")]
    assert hub.files == {"README.md": b"# demo"}


@pytest.mark.parametrize("error", [OSError("no route"), ConnectionError("no route")])
def test_a_hub_out_of_reach_is_said_with_where_the_export_is(
    workspace: Workspace, folder: Path, error: Exception
) -> None:
    with pytest.raises(CurationError, match=r"demo-1, but did not reach me/demo on the Hub: no route"):
        push(workspace, folder, "me/demo", FakeHub(error))


def test_the_real_client_where_nobody_answers(workspace: Workspace, folder: Path) -> None:
    from huggingface_hub import HfApi

    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    with pytest.raises(CurationError, match="did not reach me/demo on the Hub"):
        push(workspace, folder, "me/demo", HfApi(endpoint=f"http://127.0.0.1:{free}", token="none"))
    with pytest.raises(CurationError, match="Repo id must use"):
        push(workspace, folder, "a b", HfApi(endpoint=f"http://127.0.0.1:{free}", token="none"))


def test_a_name_that_the_hub_refuses(workspace: Workspace, folder: Path) -> None:
    from huggingface_hub.errors import HFValidationError

    with pytest.raises(CurationError, match="bad name"):
        push(workspace, folder, "a b", FakeHub(HFValidationError("bad name")))


def test_a_public_one_is_asked_for(workspace: Workspace, folder: Path) -> None:
    hub = FakeHub()
    push(workspace, folder, "me/demo", hub, private=False)
    assert hub.repos == [("me/demo", False, "dataset")]


def test_without_a_token_nothing_is_tried(workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.get_token", lambda: None)
    with pytest.raises(NotReady, match="HF_TOKEN"):
        push(workspace, folder, "me/demo")
