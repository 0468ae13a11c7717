"""What is looked at before anything is written. To add a check: write its file, then name it here, as shown."""

from curation.methods import by_name
from curation.stages.checks.conflicts import Conflicts
from curation.stages.checks.contamination import Contamination
from curation.stages.checks.disputes import Disputes
from curation.stages.checks.empty_fields import EmptyFields
from curation.stages.checks.human_share import HumanShare
from curation.stages.checks.licences import Licences
from curation.stages.checks.negatives import Negatives
from curation.stages.checks.not_compared import NotCompared
from curation.stages.checks.not_measured import NotMeasured
from curation.stages.checks.not_paired import NotPaired
from curation.stages.checks.personal_data import PersonalData
from curation.stages.checks.practice_text import PracticeText
from curation.stages.checks.split_leak import SplitLeak

CHECKS = by_name(
    PersonalData,
    NotMeasured,
    EmptyFields,
    Conflicts,
    Disputes,
    Negatives,
    PracticeText,
    Licences,
    Contamination,
    NotCompared,
    SplitLeak,
    NotPaired,
    HumanShare,
)
