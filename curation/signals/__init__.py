"""What can be measured on a sample. To add a signal: write its file, then name it here, in the order to show."""

from curation.methods import by_name
from curation.signals.answer_language import AnswerLanguage
from curation.signals.broken_form import BrokenForm
from curation.signals.characters import Characters, ConversationCharacters, InputCharacters, InstructionCharacters
from curation.signals.compression import Compression
from curation.signals.copies_prompt import CopiesPrompt
from curation.signals.damaged_text import DamagedText, DamageKinds
from curation.signals.duplicate_lines import DuplicateLines
from curation.signals.echoes_input import EchoesInput
from curation.signals.empty_answer import EmptyAnswer
from curation.signals.ends_mid_sentence import EndsMidSentence
from curation.signals.filler_phrases import FillerPhrases
from curation.signals.language import Language
from curation.signals.language_confidence import AnswerLanguageConfidence, LanguageConfidence
from curation.signals.language_mismatch import LanguageMismatch
from curation.signals.links import Links
from curation.signals.model_fingerprints import ModelFingerprints
from curation.signals.needs_media import NeedsMedia
from curation.signals.no_input_marker import NoInputMarker
from curation.signals.off_format import OffFormat
from curation.signals.open_fence import OpenFence, UnclosedBrackets
from curation.signals.output_ratio import OutputRatio
from curation.signals.personal_data import PersonalData, PersonalKinds
from curation.signals.placeholders import Placeholders
from curation.signals.profanity import Profanity
from curation.signals.prompt_leaks import PromptLeaks
from curation.signals.reading_ease import ReadingEase
from curation.signals.refusal import Refusal
from curation.signals.repetition import Repetition
from curation.signals.task_type import TaskType
from curation.signals.tokens import ConversationTokens, InputTokens, InstructionTokens, Tokens
from curation.signals.top_ngram import TopNgram
from curation.signals.words import ConversationWords, InputWords, InstructionWords, Words

SIGNALS = by_name(
    Words,
    InstructionWords,
    InputWords,
    ConversationWords,
    Characters,
    InstructionCharacters,
    InputCharacters,
    ConversationCharacters,
    Tokens,
    InstructionTokens,
    InputTokens,
    ConversationTokens,
    OutputRatio,
    EmptyAnswer,
    NoInputMarker,
    EchoesInput,
    CopiesPrompt,
    Repetition,
    TopNgram,
    DuplicateLines,
    Compression,
    FillerPhrases,
    ReadingEase,
    EndsMidSentence,
    OpenFence,
    UnclosedBrackets,
    Refusal,
    ModelFingerprints,
    OffFormat,
    BrokenForm,
    Placeholders,
    PromptLeaks,
    NeedsMedia,
    Links,
    DamagedText,
    DamageKinds,
    PersonalData,
    PersonalKinds,
    Profanity,
    Language,
    LanguageConfidence,
    AnswerLanguage,
    AnswerLanguageConfidence,
    LanguageMismatch,
    TaskType,
)
