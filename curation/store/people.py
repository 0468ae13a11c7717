"""Roles of the people who log in, and whether one of them may do something (T19).

Identity comes from `Workspace.who` alone. It is "" where nobody logs in, and in the threads of the process itself,
whose work was checked when it was started.
"""

from dataclasses import dataclass
from datetime import datetime

from curation.errors import NotAllowed
from curation.reviewing.roles import ACTS, FREE_RUNS, Act, may
from curation.store.workspace import Workspace, now

_GIVE = "INSERT INTO roles SELECT coalesce(max(seq), 0) + 1, ?, ?, ?, ? FROM roles"
_ROLES = """
SELECT person, arg_max(role, seq), arg_max(given_by, seq), arg_max(made, seq) FROM roles
GROUP BY person HAVING arg_max(role, seq) <> '' ORDER BY person
"""
_ROLE_OF = "SELECT coalesce(arg_max(role, seq), '') FROM roles WHERE person = ?"
OWNER = "owner"


@dataclass(frozen=True)
class Person:
    """Somebody with a role; `given_by` is "" where it was given from the command line."""

    name: str
    role: str
    given_by: str
    made: datetime


def read_people(workspace: Workspace) -> list[Person]:
    """Everybody who has a role, by name."""
    found = []
    for name, role, given_by, made in workspace.execute(_ROLES):
        assert isinstance(made, datetime)
        found.append(Person(str(name), str(role), str(given_by), made))
    return found


def write_role(workspace: Workspace, person: str, role: str) -> None:
    """Note a role of a person, "" for none, and who gave it."""
    with workspace.writing() as cursor:
        cursor.execute(_GIVE, [person, role, workspace.who(), now()])


def role_of(workspace: Workspace, person: str) -> str:
    """The role of a person; "" for none. Where nobody logs in, "" is the person at this computer: the owner."""
    return str(workspace.execute(_ROLE_OF, person)[0][0]) if person else OWNER


def refusal(workspace: Workspace, act: Act) -> str:
    """Why the one who is at it may not do this, in a sentence; "" where they may."""
    try:
        check(workspace, act)
    except NotAllowed as error:
        return str(error)
    return ""


def is_allowed(workspace: Workspace, act: Act) -> bool:
    """Whether the one who is at it may do this; false where they are not logged in."""
    return not refusal(workspace, act)


def check(workspace: Workspace, act: Act) -> None:
    """Let nobody do what their role does not allow.

    Raises:
        NotAllowed: it does not, or they have none, or they are not logged in.
    """
    role = role_of(workspace, workspace.who())
    if not may(role, act):
        having = f"as {role}" if role else "without a role"
        raise NotAllowed(f"You cannot {ACTS[act]} {having} in this workspace. Ask one of its owners.")


def check_run(workspace: Workspace, kind: str) -> None:
    """Let nobody start, stop or resume a run of a kind that their role does not allow.

    Raises:
        NotAllowed: as for `check`.
    """
    if kind in FREE_RUNS:
        check(workspace, "decide")
    else:
        check(workspace, "export" if kind == "export" else "runs")


def check_speaker(workspace: Workspace, reviewer: str) -> None:
    """Let nobody decide in the name of another.

    Raises:
        NotAllowed: the name is not that of the person who is logged in, or they have no role.
    """
    check(workspace, "decide")
    if workspace.who() not in ("", reviewer):
        raise NotAllowed("A decision can only be made in your own name.")
