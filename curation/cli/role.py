"""`sift role`."""

from typing import TYPE_CHECKING, Annotated

import typer

from curation.cli.talking import AsJson, NewWorkspace, opened, say

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.methods import Json


def role(
    person: Annotated[str, typer.Argument(help="Name or address with which that person logs in; none lists all.")] = "",
    given: Annotated[str, typer.Argument(metavar="ROLE", help="annotator, expert, owner, or none.")] = "",
    workspace: NewWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Give somebody a role in a workspace that people log in to, and list who has one.

    Example: sift role ann@example.org expert -w pool.duckdb

    Reads the roles; writes the one that is given.
    """
    from curation.stages.reviewers import give_role
    from curation.store.people import read_people

    found = opened(workspace, make=True)
    if person:
        give_role(found, person, "" if given == "none" else given or "annotator")
    people = read_people(found)
    rows: list[Json] = [{"name": one.name, "role": one.role} for one in people]
    said = [f"{one.role:10} {one.name}" for one in people] or ["Nobody has a role yet."]
    say({"people": rows}, as_json, "\n".join(said))
