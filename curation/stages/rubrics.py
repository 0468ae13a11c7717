"""The rubrics of a workspace: every version that was saved is kept, none is ever changed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from curation.errors import BadInput
from curation.judges import Criterion, Rubric
from curation.store import Workspace
from curation.store.settings import read_setting, write_setting
from curation.store.workspace import now

RUBRICS = "rubrics"
"""The setting that holds them, the oldest first."""


@dataclass(frozen=True)
class SavedRubric:
    """One version of a rubric: the name it was saved under, when (UTC), and the judge that it is."""

    name: str
    made: str
    rubric: Rubric


def read_rubrics(workspace: Workspace) -> list[SavedRubric]:
    """All saved versions, the latest first.

    Raises:
        BadInput: the setting was changed by hand and cannot be read.
    """
    try:
        kept = json.loads(read_setting(workspace, RUBRICS, "[]"))
        return [SavedRubric(one["name"], one["made"], Rubric.model_validate(one["options"])) for one in kept][::-1]
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput("The rubrics saved in this workspace cannot be read.") from error


def save_rubric(workspace: Workspace, name: str, rubric: Rubric) -> bool:
    """Keep a version under a name; false where the very same one is kept under it already.

    Raises:
        BadInput: it has no name.
    """
    name = " ".join(name.split())
    if not name:
        raise BadInput("Give the rubric a name to save it under.")
    kept = read_rubrics(workspace)
    if any((one.name, one.rubric) == (name, rubric) for one in kept):
        return False
    rows = [*kept[::-1], SavedRubric(name, f"{now():%Y-%m-%d %H:%M}", rubric)]
    told = [{"name": one.name, "made": one.made, "options": one.rubric.model_dump(mode="json")} for one in rows]
    write_setting(workspace, RUBRICS, json.dumps(told, ensure_ascii=False))
    return True


def rubric_of(rows: Sequence[dict[str, str | None]], least: int, most: int) -> Rubric:
    """The rubric of a table of criteria; rows without any text are left out.

    Raises:
        BadInput: a name or a question is missing or cannot be used, or the scale is none; the message says which.
    """
    texts = [{name: " ".join((text or "").split()) for name, text in row.items()} for row in rows]
    texts = [row for row in texts if any(row.values())]
    for row in texts:
        row["name"] = row["name"].lower()
    try:
        criteria = tuple(Criterion.model_validate(row) for row in texts)
    except ValidationError as error:
        wrong = error.errors()[0]
        what = "A criterion needs a name of small letters, digits and spaces" if wrong["loc"][0] == "name" else (
            "A criterion needs a question that its score answers"
        )  # fmt: skip
        raise BadInput(f"{what}; this one has: {str(wrong['input'])[:60] or 'nothing'}.") from error
    try:
        return Rubric(rubric=criteria, least=least, most=most)
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise BadInput(f"This rubric cannot be used: {reason}.") from error
