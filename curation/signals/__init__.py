"""What can be measured on a sample. To add a signal: write its file, then name it here, in the order to show."""

from curation.methods import by_name
from curation.signals.answer_language import AnswerLanguage
from curation.signals.characters import Characters
from curation.signals.compression import Compression
from curation.signals.copies_prompt import CopiesPrompt
from curation.signals.damaged_text import DamagedText
from curation.signals.echoes_input import EchoesInput
from curation.signals.empty_answer import EmptyAnswer
from curation.signals.ends_mid_sentence import EndsMidSentence
from curation.signals.instruction_words import InstructionWords
from curation.signals.language import Language
from curation.signals.language_mismatch import LanguageMismatch
from curation.signals.needs_media import NeedsMedia
from curation.signals.off_format import OffFormat
from curation.signals.output_ratio import OutputRatio
from curation.signals.personal_data import PersonalData
from curation.signals.refusal import Refusal
from curation.signals.repetition import Repetition
from curation.signals.task_type import TaskType
from curation.signals.words import Words

SIGNALS = by_name(
    Words,
    InstructionWords,
    Characters,
    OutputRatio,
    EmptyAnswer,
    EchoesInput,
    CopiesPrompt,
    Repetition,
    Compression,
    EndsMidSentence,
    Refusal,
    OffFormat,
    NeedsMedia,
    DamagedText,
    PersonalData,
    Language,
    AnswerLanguage,
    LanguageMismatch,
    TaskType,
)
