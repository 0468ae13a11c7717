"""Ways to choose the best so many samples. To add one: write its file, then name it here, in the order to show."""

from curation.methods import by_name
from curation.selection.chance import Chance
from curation.selection.facility_location import FacilityLocation
from curation.selection.k_center import KCenter
from curation.selection.quality_first import QualityFirst
from curation.selection.tags_first import TagsFirst

SELECTORS = by_name(QualityFirst, TagsFirst, FacilityLocation, KCenter, Chance)

__all__ = ["SELECTORS", "Chance", "FacilityLocation", "KCenter", "QualityFirst", "TagsFirst"]
