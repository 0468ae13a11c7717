"""What the measures of the collapse watch are called, what they mean, and what to do when one of them alarms."""

from curation.stages.watching import LEAST_HUMAN

NAMES = {
    "distinct": "Distinct pairs of words",
    "self_repetition": "Texts that repeat another",
    "novelty": "Novelty against the seeds",
    "opening_share": "Commonest opening",
    "fingerprints": "Words of a model",
}
WORSE = {
    "distinct": "falls",
    "self_repetition": "rises",
    "novelty": "falls",
    "opening_share": "rises",
    "fingerprints": "rises",
}
MEANING = {
    "distinct": "Of 200 pairs of neighbouring words drawn from a batch, the share that is different. Less is worse.",
    "self_repetition": "Share of the texts in which four words in a row stand that another text of the batch has too. "
    "More is worse.",
    "novelty": "1 less the similarity (ROUGE-L) of an instruction with its nearest seed, on average. Less is worse: "
    "the model copies its seeds.",
    "opening_share": "Share of the instructions that start with the commonest three words. More is worse.",
    "fingerprints": "Share of the answers that start by giving the model away, as in “As an AI language model”. More "
    "is worse.",
    "human": "Share of all samples in the workspace that count as written by people, after each batch: no model "
    "is named in their origin. The dashed line is 10 %.",
}
_OTHER = "Stop the run, look at its last samples, then go on with other seeds, a higher temperature or another model."
DO = {
    "distinct": _OTHER,
    "self_repetition": _OTHER,
    "novelty": _OTHER,
    "opening_share": _OTHER,
    "fingerprints": "Reject the answers that give the model away with the rule on “Words by which a model gives itself "
    "away”, and ask for answers without them.",
}


def few_people(share: float) -> str:
    """The warning where too little of the data is by people; "" where there is enough, or nothing is known.

    >>> few_people(0.5)
    ''
    """
    if not share < LEAST_HUMAN:
        return ""
    return (
        f"Only {share:.1%} of the samples in this workspace count as written by people: no model is named in their "
        f"origin. Below "
        f"{LEAST_HUMAN:.0%}, models that are trained on the data of models lose what is rare. Import or write some."
    )
