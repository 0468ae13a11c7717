"""A finished export → a data set on the Hugging Face Hub."""

from pathlib import Path
from typing import Protocol

from curation.errors import CurationError, NotReady
from curation.methods import Row
from curation.runs import Job, Step
from curation.store import Workspace
from curation.store.people import check


class Hub(Protocol):
    """What is needed of `huggingface_hub.HfApi`."""

    def create_repo(self, repo_id: str, *, private: bool, repo_type: str, exist_ok: bool) -> object:
        """Make a repository, or take the one that is there."""

    def upload_folder(self, *, repo_id: str, folder_path: Path, repo_type: str, commit_message: str) -> object:
        """Put every file of a folder into one commit."""


def push_job(workspace: Workspace, folder: Path, name: str, *, private: bool = True) -> Job:
    """The same as a run, for what takes as long as the line to the Hub.

    Raises:
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "export")

    def work(_run: str, step: Step) -> str:
        step(0, 1)
        address = push(workspace, folder, name, private=private)
        step(1, 1)
        return f"{folder.name} is at {address}."

    options: Row = {"folder": folder.name, "private": private}
    return Job("push", name, options, work)


def push(workspace: Workspace, folder: Path, name: str, hub: Hub | None = None, *, private: bool = True) -> str:
    """Upload every file of an export in one commit and give the address of the data set.

    Who may see a data set that is there is changed on the Hub, by hand. Files of that name that are there stay
    unless the export has them too.

    Args:
        workspace: whose export it is.
        folder: the folder of the export.
        name: `owner/name` on the Hub.
        hub: the Hub; by default the real one, with the token in `HF_TOKEN` or that of `hf auth login`.
        private: whether a new data set is for its owner alone.

    Raises:
        NotReady: there is no token.
        CurationError: the Hub cannot be reached, or refuses the name or the token.
        NotAllowed: the role of the one who asks does not allow it.
    """
    from httpx2 import HTTPError
    from huggingface_hub.errors import HFValidationError

    check(workspace, "export")
    hub = hub or _real_hub()
    try:
        hub.create_repo(name, private=private, repo_type="dataset", exist_ok=True)
        hub.upload_folder(repo_id=name, folder_path=folder, repo_type="dataset", commit_message=f"Sift: {folder.name}")
    except (HFValidationError, HTTPError, OSError) as error:
        reason = str(error).strip().splitlines()[-1]
        raise CurationError(f"The export is in {folder}, but did not reach {name} on the Hub: {reason}") from error
    return f"https://huggingface.co/datasets/{name}"


def _real_hub() -> Hub:
    from huggingface_hub import HfApi, get_token

    if not get_token():
        raise NotReady("There is no token for the Hugging Face Hub: put one into HF_TOKEN, or call `hf auth login`.")
    return HfApi()
