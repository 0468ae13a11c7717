"""Recipes to start from. Bounds come from published code where it has them; the rest are ours and say so."""

from typing import Final

from curation.recipe.record import Duplicates, Recipe, Rule

# yizhongw/self-instruct, bootstrap_instructions.py and prepare_for_finetuning.py: instructions of 4 to 150 words, no
# pictures, files or the like, no empty answer, no answer that repeats its input. Their ROUGE-L filter belongs to
# generation, so near-duplicates are left alone here.
_SELF_INSTRUCT = (
    Rule(signal="instruction_words", least=4, most=150),
    Rule(signal="needs_media", most=0),
    Rule(signal="empty_answer", most=0),
    Rule(signal="echoes_input", most=0),
)

# Ours: what every model's answers can be cleaned of without taking a style away.
_DAMAGE = (
    Rule(signal="empty_answer", most=0),
    Rule(signal="damaged_text", most=0),
    Rule(signal="refusal", most=0),
)

PRESETS: Final[dict[str, Recipe]] = {
    "self-instruct": Recipe(rules=_SELF_INSTRUCT),
    # tatsu-lab/stanford_alpaca, generate_instruction.py keeps Self-Instruct's lengths and adds to its word list; the
    # other bounds are ours, for the faults that readers of those 52K rows reported since: refusals, broken text, other
    # languages, near-duplicates.
    "alpaca": Recipe(
        rules=(
            Rule(signal="instruction_words", least=4, most=150),
            Rule(signal="needs_media", most=0),
            *_DAMAGE,
            Rule(signal="language_mismatch", most=0),
        ),
        duplicates=Duplicates(threshold=0.95),
    ),
    # Ours: for a small, clean set. Compression above 4 and a fifth of the words in repeated 4-grams are loops.
    "strict": Recipe(
        rules=(
            Rule(signal="instruction_words", least=4, most=150),
            Rule(signal="words", least=3, most=1000),
            *_DAMAGE,
            Rule(signal="echoes_input", most=0),
            Rule(signal="repetition", most=0.2),
            Rule(signal="compression", most=4),
            Rule(signal="ends_mid_sentence", most=0),
            Rule(signal="language_mismatch", most=0),
            Rule(signal="off_format", most=0),
            Rule(signal="personal_data", most=0),
        ),
        duplicates=Duplicates(threshold=0.875),
    ),
    # Ours: only what no trainer could want.
    "permissive": Recipe(rules=(Rule(signal="empty_answer", most=0), Rule(signal="damaged_text", most=5))),
}
