"""Ways to make new samples, without a model and with one. To add one: write its file, then name it here."""

from curation.generators.ask import Ask
from curation.generators.backtranslation.adapt import Adapt
from curation.generators.backtranslation.answers import AnswerBacktranslation
from curation.generators.backtranslation.documents import DocumentBacktranslation
from curation.generators.backtranslation.paraphrase import ParaphraseBacktranslation
from curation.generators.backtranslation.round_trip import RoundTrip
from curation.generators.domain.prompt_evolution import PromptEvolution
from curation.generators.evolution.evol_instruct import EvolInstruct
from curation.generators.expansion.model_inputs import ModelInputs
from curation.generators.expansion.model_paraphrase import ModelParaphrase
from curation.generators.magpie.magpie import Magpie
from curation.generators.magpie.magpie_style import MagpieStyle
from curation.generators.multi_turn.multi_turn import MultiTurn
from curation.generators.negatives import Negatives
from curation.generators.refinement.refinement import Refinement
from curation.generators.responding.grounded import Grounded
from curation.generators.responding.respond import Respond
from curation.generators.rewording.paraphrase import Paraphrase
from curation.generators.self_instruct.alpaca import Alpaca
from curation.generators.self_instruct.self_instruct import SelfInstruct
from curation.generators.templates.templates import Templates
from curation.generators.templates.topic_templates import TopicTemplates
from curation.generators.variation.variation import InputVariation
from curation.methods import by_name

GENERATORS = by_name(Templates, Paraphrase, InputVariation)
MODEL_GENERATORS = by_name(
    SelfInstruct,
    Alpaca,
    EvolInstruct,
    DocumentBacktranslation,
    AnswerBacktranslation,
    ParaphraseBacktranslation,
    RoundTrip,
    Adapt,
    ModelParaphrase,
    ModelInputs,
    TopicTemplates,
    Magpie,
    MagpieStyle,
    Respond,
    Grounded,
    MultiTurn,
    Negatives,
    Refinement,
    PromptEvolution,
    Ask,
)

__all__ = [
    "GENERATORS",
    "MODEL_GENERATORS",
    "Adapt",
    "Alpaca",
    "AnswerBacktranslation",
    "Ask",
    "DocumentBacktranslation",
    "EvolInstruct",
    "Grounded",
    "InputVariation",
    "Magpie",
    "MagpieStyle",
    "ModelInputs",
    "ModelParaphrase",
    "MultiTurn",
    "Negatives",
    "Paraphrase",
    "ParaphraseBacktranslation",
    "PromptEvolution",
    "Refinement",
    "Respond",
    "RoundTrip",
    "SelfInstruct",
    "Templates",
    "TopicTemplates",
]
