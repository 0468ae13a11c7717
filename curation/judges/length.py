"""How far scores follow the length of answers, and what they are with that taken out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
STRONG = 0.3
"""From this |Spearman| on the scores follow the length too much to be taken as they are."""
FEWEST = 10
"""With fewer samples nothing is said."""


@dataclass(frozen=True)
class LengthEffect:
    """How scores go with length.

    Args:
        rho: Spearman's rank correlation of score and length, -1 to 1; NaN where it cannot be told.
        per_doubling: how much the score rises with twice the length, by the linear fit.
        controlled: the scores with the fit taken out, in the same order.
    """

    rho: float
    per_doubling: float
    controlled: Values

    @property
    def is_strong(self) -> bool:
        """Whether a reader should be warned."""
        return bool(abs(self.rho) > STRONG)


def length_effect(scores: Values, logs: Values, at: float | None = None) -> LengthEffect:
    """Fit score = a + b · log length by least squares and hold the length at one value for all.

    A score less b · (its log length less `at`) is what the fit says it would be at that length. For single answers
    that is the mean log length (the residual plus the mean score); for pairs, where the log of the ratio of two lengths
    is given, it is 0: answers of equal length.

    Length-controlled AlpacaEval (Dubois et al. 2024, arXiv 2404.04475) does the same for win rates against one
    baseline, with a logistic fit that also has terms for model and instruction and a squashed difference of lengths;
    ours is linear, of scores on any scale, and over the workspace, so it also takes out of a score what a longer answer
    is rightly worth. It is for comparing, not a better truth.

    Args:
        scores: shape (n,), finite.
        logs: natural logs of lengths or of ratios of lengths, shape (n,), finite.
        at: where the log length is held; None for its mean.

    >>> effect = length_effect(np.arange(12.0), np.log(2.0) * np.arange(12.0))
    >>> round(effect.rho, 6), round(effect.per_doubling, 6), effect.controlled.round(6).tolist()[:2]
    (1.0, 1.0, [5.5, 5.5])
    """
    if len(scores) < FEWEST or not np.ptp(scores) or not np.ptp(logs):
        return LengthEffect(float("nan"), 0.0, scores)
    from scipy.stats import spearmanr

    rho = float(spearmanr(scores, logs).statistic)
    centred = logs - logs.mean()
    slope = float(centred @ (scores - scores.mean()) / (centred @ centred))
    held = float(logs.mean()) if at is None else at
    return LengthEffect(rho, slope * float(np.log(2)), scores - slope * (logs - held))
