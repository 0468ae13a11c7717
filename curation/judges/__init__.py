"""Who scores samples with a model. To add a judge: write its file, then name it here, in the order to show."""

from curation.judges.adherence import Adherence
from curation.judges.deita import Deita
from curation.judges.moderation import Moderation
from curation.judges.pairwise import Pairwise
from curation.judges.rubric import Criterion, Rubric
from curation.judges.tags import Tags
from curation.methods import by_name

JUDGES = by_name(Rubric, Adherence, Deita, Tags, Pairwise)
SCORERS = {**JUDGES, **by_name(Moderation)}
"""With those that ask something else than a chat model; they are offered where their scores are used."""

__all__ = ["JUDGES", "SCORERS", "Adherence", "Criterion", "Deita", "Moderation", "Pairwise", "Rubric", "Tags"]
