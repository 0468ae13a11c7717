"""Who may do what in a workspace: roles are given here, and checked wherever something is done."""

from curation.errors import BadInput
from curation.reviewing.roles import ROLES
from curation.store import Workspace
from curation.store.people import OWNER, check, read_people, write_role


def give_role(workspace: Workspace, person: str, role: str) -> None:
    """Give a person a role; "" takes theirs away.

    Args:
        workspace: where it holds.
        person: the name that their log-in gives: a confirmed e-mail address, else what the provider calls them.
        role: annotator, expert, owner or "".

    Raises:
        NotAllowed: the one who asks is no owner.
        BadInput: no name, an unknown role, or nobody would be owner any more.
    """
    check(workspace, "roles")
    name = person.strip()
    # As the log-in writes an address.
    name = name.lower() if "@" in name and " " not in name else name
    if not name:
        raise BadInput("Whose role? Type the name or address with which that person logs in.")
    if role and role not in ROLES:
        raise BadInput(f"There is no role called {role}. Choose one of {', '.join(ROLES)}.")
    owners = {one.name for one in read_people(workspace) if one.role == OWNER}
    if owners == {name} and role != OWNER:
        raise BadInput(f"{name} is the only owner. Make somebody else owner first.")
    write_role(workspace, name, role)
