"""Who scores samples with a model. To add a judge: write its file, then name it here, in the order to show."""

from curation.judges.adherence import Adherence
from curation.judges.deita import Deita
from curation.judges.pairwise import Pairwise
from curation.judges.rubric import Criterion, Rubric
from curation.judges.tags import Tags
from curation.methods import by_name

JUDGES = by_name(Rubric, Adherence, Deita, Tags, Pairwise)

__all__ = ["JUDGES", "Adherence", "Criterion", "Deita", "Pairwise", "Rubric", "Tags"]
