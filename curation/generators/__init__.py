"""Ways to make new samples without a model. To add one: write its file, then name it here."""

from curation.generators.paraphrase import Paraphrase
from curation.generators.templates import Templates
from curation.generators.variation import InputVariation
from curation.methods import by_name

GENERATORS = by_name(Templates, Paraphrase, InputVariation)

__all__ = ["GENERATORS", "InputVariation", "Paraphrase", "Templates"]
