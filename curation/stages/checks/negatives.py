"""Answers that are known to be bad, in a set that teaches to answer so."""

from typing import ClassVar

import numpy as np

from curation.exporters import FileFormat
from curation.sample import Sample
from curation.stages.checks.check import Check, Finding, Outgoing, samples
from curation.stages.revising import NEGATIVE
from curation.store.gate import marked, rejected_elsewhere

_PAIR = Sample("What is asked?", output="A good answer", rejected="A bad answer")


class Negatives(Check):
    """Negatives in a set for supervised tuning.

    A chosen format trains on answers as good ones, and among what goes out are samples made as negative examples, or
    answers that are the rejected one of a preference pair with the same task. Formats with a place for bad answers
    (preference, KTO) are meant for them.
    """

    name: ClassVar[str] = "negatives"

    def __call__(self, going: Outgoing) -> Finding | None:
        """Look for what is marked as bad, and for what was rejected elsewhere."""
        supervised = [form for form in going.forms if is_supervised(form)]
        if not supervised:
            return None
        made = going.among(marked(going.workspace, NEGATIVE))
        rejected = going.among(rejected_elsewhere(going.workspace))
        found = np.union1d(made, rejected).astype(np.int32)
        if not len(found):
            return None
        names = ", ".join(form.name for form in supervised)
        return self.found(
            f"{samples(len(found), 'is', 'are')} negative ({len(made):,} made as negative examples, {len(rejected):,} "
            f"with an answer that a pair rejects), and {names} would teach the answers as good ones. Export them in a "
            "preference or KTO format, or reject them.",
            found,
        )


def is_supervised(form: FileFormat) -> bool:
    """Whether a format takes answers, has no place for bad ones, and is trained on."""
    if not (form.trains and form.accepts(_PAIR)):
        return False
    written = str(form.rows(_PAIR))
    return _PAIR.output in written and _PAIR.rejected not in written
