"""Where many samples came from, counted: by source, licence and model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curation.store.workspace import Workspace

_SOURCES = (
    "SELECT source, count(DISTINCT sample) FROM origins SEMI JOIN chosen USING (sample) GROUP BY 1 ORDER BY 2 DESC, 1"
)
_LICENCES = (
    "SELECT coalesce(nullif(licence, ''), 'not stated'), count(DISTINCT sample) FROM origins "
    "SEMI JOIN chosen USING (sample) GROUP BY 1 ORDER BY 2 DESC, 1"
)
_MODELS = """
SELECT model, count(DISTINCT sample), count(DISTINCT nullif(prompt_hash, '')),
    sha256(coalesce(string_agg(DISTINCT nullif(prompt_hash, ''), chr(10) ORDER BY nullif(prompt_hash, '')), ''))
FROM origins SEMI JOIN chosen USING (sample) WHERE model <> '' GROUP BY 1 ORDER BY 2 DESC, 1
"""


@dataclass(frozen=True)
class Asked:
    """What one model was asked for these samples.

    Args:
        samples: how many of them it had a part in.
        prompts: how many different prompts that took.
        sha256: of their hashes, sorted and joined with line feeds.
    """

    samples: int
    prompts: int
    sha256: str


@dataclass(frozen=True)
class Traces:
    """How many of the samples came from where; one with several origins counts for each of them.

    Args:
        sources: by file, table or model.
        licences: as the sources state them.
        models: the language models that wrote any of it.
    """

    sources: dict[str, int]
    licences: dict[str, int]
    models: dict[str, Asked]


def count_traces(workspace: Workspace, numbers: Sequence[int]) -> Traces:
    """Count where samples came from, the most frequent first."""
    with workspace.cursor() as cursor:
        cursor.register("chosen", {"sample": np.asarray(numbers, np.int32)})
        sources, licences, models = (cursor.execute(query).fetchall() for query in (_SOURCES, _LICENCES, _MODELS))
        cursor.unregister("chosen")
    asked = {str(model): Asked(int(samples), int(prompts), str(digest)) for model, samples, prompts, digest in models}
    return Traces(dict(sources), dict(licences), asked)
