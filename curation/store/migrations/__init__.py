"""The tables, as numbered migrations. One that has landed is never edited; a change is a new file, named below.

Two keys run through everything: `samples.id` (hash of the text, the same in every workspace) and `samples.seq`
(0, 1, 2 … without gaps in this workspace), which every other table calls `sample`. Rows are never deleted, so a
`seq` is also an index into a numpy array.
"""

from curation.store.migrations import (
    n01_samples,
    n02_ledger,
    n03_scores,
    n04_pair_labels,
    n05_conditions,
    n06_categories,
    n07_recall,
    n08_benchmarks,
    n09_diversity_numbers,
    n10_references,
    n11_maps,
    n12_marks,
    n13_reviewers,
    n14_guidelines,
    n15_asked,
    n16_review_plans,
    n17_folded,
    n18_selections,
)

MIGRATIONS: tuple[str, ...] = (
    n01_samples.STATEMENTS,
    n02_ledger.STATEMENTS,
    n03_scores.STATEMENTS,
    n04_pair_labels.STATEMENTS,
    n05_conditions.STATEMENTS,
    n06_categories.STATEMENTS,
    n07_recall.STATEMENTS,
    n08_benchmarks.STATEMENTS,
    n09_diversity_numbers.STATEMENTS,
    n10_references.STATEMENTS,
    n11_maps.STATEMENTS,
    n12_marks.STATEMENTS,
    n13_reviewers.STATEMENTS,
    n14_guidelines.STATEMENTS,
    n15_asked.STATEMENTS,
    n16_review_plans.STATEMENTS,
    n17_folded.STATEMENTS,
    n18_selections.STATEMENTS,
)
