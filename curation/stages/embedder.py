"""The embedding model of a workspace: tried before it is kept."""

from curation.embedders import MiniLM, SentenceTransformerModel
from curation.stages.embedding import EMBEDDER
from curation.store import Workspace
from curation.store.settings import write_setting

TRIED = "A short sentence."


def choose_embedder(workspace: Workspace, model: str) -> int:
    """Load a model, embed a sentence with it, and only then keep its name; gives the length of its vectors.

    Args:
        workspace: where the name is kept.
        model: a name on the Hugging Face Hub or a folder; empty for the bundled model.

    Raises:
        ModelError: the model cannot be loaded; the one before stays.
    """
    embedder = SentenceTransformerModel(model=model) if model else MiniLM()
    columns = len(embedder([TRIED])[0])
    write_setting(workspace, EMBEDDER, model)
    return columns
