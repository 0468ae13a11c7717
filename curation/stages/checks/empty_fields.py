"""Nothing is asked, or nothing is answered."""

from typing import ClassVar

import numpy as np

from curation.sample import Sample
from curation.stages.checks.check import Check, Finding, Outgoing, samples
from curation.store.gate import blank_answers, blank_prompts


class EmptyFields(Check):
    """Empty fields.

    Nothing but white space as instruction and input, as answer, or as a later message. A missing answer is none where
    every chosen format holds prompts alone. Formats leave most of these out, so the set is smaller than it looks.
    """

    name: ClassVar[str] = "empty_fields"

    def __call__(self, going: Outgoing) -> Finding | None:
        """Look for blank texts."""
        prompts = going.among(blank_prompts(going.workspace))
        answers = going.among(blank_answers(going.workspace)) if _needs_answers(going) else prompts[:0]
        found = np.union1d(prompts, answers).astype(np.int32)
        if not len(found):
            return None
        return self.found(
            f"{samples(len(found), 'asks or answers', 'ask or answer')} nothing ({len(prompts):,} without a question, "
            f"{len(answers):,} without an answer). Reject them, or bound the length of the answer on Filters.",
            found,
        )


def _needs_answers(going: Outgoing) -> bool:
    trained = [form for form in going.forms if form.trains]
    return not trained or any(not form.accepts(Sample("What is asked?")) for form in trained)
