"""Who may do what. Roles are for a team that logs in; else the one person at the computer is the owner."""

from typing import Literal, get_args

Role = Literal["annotator", "expert", "owner"]
Act = Literal["decide", "settle", "rounds", "guidelines", "recipe", "runs", "export", "carry", "models", "roles"]

ROLES: tuple[Role, ...] = get_args(Role)
ACTS: dict[Act, str] = {
    "decide": "decide on samples in their own name",
    "settle": "settle what others disagree on, or take back what others decided",
    "rounds": "start or end a review round",
    "guidelines": "change the guidelines, or have decisions asked again",
    "recipe": "change what the recipe drops",
    "runs": "start, stop or resume runs that bring samples in or cost money",
    "export": "export",
    "carry": "bring in what others decided",
    "models": "change models, their keys and their budgets",
    "roles": "give roles",
}
"""What there is to do, in words."""
_EXPERTS: tuple[Act, ...] = ("decide", "settle", "rounds", "guidelines")
ALLOWED: dict[Role, frozenset[Act]] = {
    "annotator": frozenset({"decide"}),
    "expert": frozenset(_EXPERTS),
    "owner": frozenset(ACTS),
}
FREE_RUNS = ("measure", "refresh", "embed", "lexical", "differ", "diversity", "subset")
"""Kinds of runs that bring nothing in and cost nothing: they keep numbers about samples up to date."""


def may(role: str, act: Act) -> bool:
    """Whether a role allows an act; a role that there is none of, "" included, allows nothing.

    >>> may("annotator", "decide"), may("annotator", "export"), may("", "decide")
    (True, False, False)
    """
    return any(role == known and act in acts for known, acts in ALLOWED.items())
