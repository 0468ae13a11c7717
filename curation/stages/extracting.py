"""What finds the verb and the object of an instruction: rules, or a spaCy pipeline that the reader has."""

from collections.abc import Sequence

from curation.diversity import VerbObject, verb_objects
from curation.diversity.parsed import installed_pipelines, load_pipeline, parsed_verb_objects
from curation.errors import ModelError
from curation.store import Workspace
from curation.store.people import check
from curation.store.settings import read_setting, write_setting

EXTRACTOR = "verb extractor"
"""The setting with the name and version of a pipeline, as in `en_core_web_sm 3.8.0`; empty for the rules."""
RULES_VERSION = 2
"""Raised by one when the rules may find another verb or object in the same text."""


def choose_extractor(workspace: Workspace, name: str) -> None:
    """Load a pipeline, and only then keep its name; what another one found is stale from then on.

    Args:
        workspace: where it is kept.
        name: an installed spaCy pipeline; empty for the rules.

    Raises:
        ModelError: the pipeline cannot be used; the one before stays.
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "models")
    if name:
        load_pipeline(name)
    write_setting(workspace, EXTRACTOR, f"{name} {installed_pipelines()[name]}" if name else "")


def extractor(workspace: Workspace) -> str:
    """Name and version of the spaCy pipeline that finds verbs and objects; "" for the rules."""
    return read_setting(workspace, EXTRACTOR)


def extractor_stamp(workspace: Workspace) -> str:
    """What verbs and objects are found with, so that those of two ways are never mixed."""
    used = extractor(workspace)
    return f'1 {{"pipeline":"{used}"}}' if used else f"{RULES_VERSION} {{}}"


def extract(workspace: Workspace, texts: Sequence[str]) -> list[VerbObject | None]:
    """Verb and object of each text, by what the workspace has chosen.

    Raises:
        ModelError: the chosen pipeline is not there any more, or in another version.
    """
    used = extractor(workspace)
    if not used:
        return verb_objects(texts)
    name, _, version = used.partition(" ")
    pipeline = load_pipeline(name)
    if installed_pipelines()[name] != version:
        raise ModelError(f"The spaCy pipeline {name} is no longer of version {version}; choose it again in Settings.")
    return parsed_verb_objects(texts, pipeline)
