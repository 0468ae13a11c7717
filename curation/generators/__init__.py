"""Ways to make new samples without a model. To add one: write its file, then name it here."""

from curation.generators.paraphrase import Paraphrase
from curation.generators.templates import Templates
from curation.methods import by_name

GENERATORS = by_name(Templates, Paraphrase)

__all__ = ["GENERATORS", "Paraphrase", "Templates"]
