"""`sift role`."""

from typing import Annotated

import typer

from curation.cli.talking import AsJson, InWorkspace, opened, say
from curation.methods import Json
from curation.stages.reviewers import give_role
from curation.store.people import read_people


def role(
    person: Annotated[str, typer.Argument(help="Name or address with which that person logs in; none lists all.")] = "",
    given: Annotated[str, typer.Argument(metavar="ROLE", help="annotator, expert, owner, or none.")] = "",
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Give somebody a role in a workspace that people log in to, and list who has one."""
    found = opened(workspace)
    if person:
        give_role(found, person, "" if given == "none" else given or "annotator")
    people = read_people(found)
    rows: list[Json] = [{"name": one.name, "role": one.role} for one in people]
    said = [f"{one.role:10} {one.name}" for one in people] or ["Nobody has a role yet."]
    say({"people": rows}, as_json, "\n".join(said))
