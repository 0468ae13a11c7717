"""The embedding model of a workspace: tried before it is kept."""

from curation.embedders import Precision
from curation.stages.embedding import EMBEDDER, PRECISION, embedder_of
from curation.store import Workspace
from curation.store.people import check
from curation.store.settings import write_setting

TRIED = "A short sentence."


def choose_embedder(workspace: Workspace, model: str, precision: Precision = "fp32") -> int:
    """Load a model, embed a sentence with it, and only then keep its name; gives the length of its vectors.

    Args:
        workspace: where the name is kept.
        model: a name on the Hugging Face Hub or a folder; empty for the bundled model.
        precision: the numbers that it works with. Vectors of the other kind are kept, in a space of their own.

    Raises:
        ModelError: the model cannot be loaded; the one before stays.
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "models")
    columns = len(embedder_of(model, precision)([TRIED])[0])
    with workspace.writing():
        write_setting(workspace, EMBEDDER, model)
        write_setting(workspace, PRECISION, precision)
    return columns
