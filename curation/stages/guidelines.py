"""What reviewers go by: a text in versions, and asking again about decisions that an earlier version gave."""

from collections.abc import Sequence

from curation.errors import BadInput
from curation.facets import Facets
from curation.sample import Decision
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.decisions import add_decisions
from curation.store.guidelines import add_guidelines, decided_before, read_guidelines
from curation.store.people import check

LONGEST = 100_000
TEMPLATE = """\
# Guidelines

## What it is for
What the model is to learn from these samples, and for whom.

## Format
- Which parts a sample has, and how long an answer may be.
- Lists, headings, code and tables: when, and how they are written.

## Tone
- How the answer speaks to the person who asks.

## Quality bar
- **Accept** where you would sign the answer: correct, complete, in the form asked for.
- **Edit** where one minute makes it so.
- **Reject** where it is wrong, does not answer, or is unsafe.

## Edge cases
- The question rests on something false: …
- It cannot be answered without more: …
- Personal data, medicine, law: …

## Good examples
> Instruction: …
> Answer: …
> Why it is good: …

## Bad examples
> Instruction: …
> Answer: …
> Why it is bad: …
"""


def publish(workspace: Workspace, text: str, reviewer: str) -> int:
    """Put a text in force and give its version; every decision from now on notes it.

    Raises:
        BadInput: the text is empty or too long.
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "guidelines")
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise BadInput("The guidelines are empty. Write what a reviewer is to go by.")
    if len(text) > LONGEST:
        raise BadInput(f"The guidelines have {len(text):,} characters; the most are {LONGEST:,}.")
    return add_guidelines(workspace, text, reviewer)


def affected(workspace: Workspace, facets: Facets) -> list[int]:
    """Matching samples whose decision was made under an earlier version and that are not asked again yet."""
    behind = decided_before(workspace)
    if not facets:
        return [int(number) for number in behind]
    wanted = set(numbers_of(workspace, facets).tolist())
    return [int(number) for number in behind if int(number) in wanted]


def ask_again(workspace: Workspace, numbers: Sequence[int], reviewer: str, event: str) -> str:
    """Put decided samples into everybody's queue again; what was decided holds until somebody decides anew.

    Gives the step, which undo takes back.

    Raises:
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "guidelines")
    found = read_guidelines(workspace)
    because = f"guidelines version {found.version}" if found else ""
    return add_decisions(workspace, numbers, Decision("reopen", reviewer, because, event))
