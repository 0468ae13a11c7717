"""A logistic regression with L2, and how well it foretells what it has not seen."""

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
STRENGTH = 0.1
"""Inverse strength of the L2 penalty on standardised values."""
FOLDS, REPEATS, DEALS = 5, 4, 100
SEED = 7


def cross_validated(x: Values, y: Mask) -> tuple[float, float, float]:
    """(AUC, low, high) on samples that were not learned from, 0.5 being guessing.

    The AUC is the mean over folds, five of them, drawn four times over. Its error is that of the influence of each
    sample (LeDell, Petersen and van der Laan 2015, "Computationally efficient confidence intervals for cross-validated
    area under the ROC curve estimates"), or what guessing leaves where that is more: folds share samples, so by the
    influence alone one of ten sets of decisions without any sense seems to have some.
    """
    from sklearn.model_selection import RepeatedStratifiedKFold

    aucs, influences = [], []
    folds = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=REPEATS, random_state=SEED)
    for learned, held in folds.split(x, y):
        weights, offset = fit(x[learned], y[learned])
        auc, influence = _auc(x[held] @ weights + offset, y[held], float(y.mean()))
        aucs.append(auc)
        influences.append(influence)
    auc = float(np.mean(aucs))
    error = max(float(np.sqrt(np.mean(np.concatenate(influences) ** 2) / len(y))), _guessing(x, y))
    return auc, max(0.0, auc - 1.96 * error), min(1.0, auc + 1.96 * error)


def fit(x: Values, y: Mask) -> tuple[Values, float]:
    """(one weight per column, offset) of the log odds; x of shape (n, columns), standardised."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, solver="newton-cholesky").fit(x, y)
    return np.asarray(model.coef_[0], np.float64), float(model.intercept_[0])


def chance_of(odds: Values) -> Values:
    """From log odds to chances."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -50, 50))))


def _guessing(x: Values, y: Mask) -> float:
    """Standard deviation of the cross-validated AUC where verdicts are dealt out anew, so that nothing foretells them.

    Least squares stand in for the logistic fit, with a penalty of the same weight: a hundred deals are one product.
    """
    rng = np.random.default_rng(SEED)
    dealt = np.array([rng.permutation(y) for _ in range(DEALS)]).T
    penalty = np.eye(x.shape[1]) / (STRENGTH * y.mean() * (1 - y.mean()))
    aucs = []
    for _ in range(REPEATS):
        fold = rng.permutation(len(y)) % FOLDS
        for one in range(FOLDS):
            learned, held = x[fold != one], x[fold == one]
            centred = dealt[fold != one] - dealt[fold != one].mean(axis=0)
            weights = np.linalg.solve(learned.T @ learned + penalty, learned.T @ centred)
            aucs.append(_aucs(held @ weights, dealt[fold == one]))
    return float(np.std(np.nanmean(aucs, axis=0)))


def _aucs(scores: Values, y: Mask) -> Values:
    """AUC of every column, NaN where a column holds one kind alone (Mann and Whitney's U over the number of pairs)."""
    from scipy.stats import rankdata

    yes = y.sum(axis=0)
    pairs = yes * (len(y) - yes)
    above = (rankdata(scores, axis=0) * y).sum(axis=0) - yes * (yes + 1) / 2
    return np.asarray(np.where(pairs > 0, above / np.maximum(pairs, 1), np.nan))


def _auc(scores: Values, y: Mask, rate: float) -> tuple[float, Values]:
    """AUC of one fold and the influence of each of its samples."""
    yes, no = scores[y], scores[~y]
    below = _share_below(yes, no)
    above = 1 - _share_below(no, yes)
    auc = float(below.mean())
    parts = np.empty(len(scores))
    parts[y] = (below - auc) / rate
    parts[~y] = (above - auc) / (1 - rate)
    return auc, parts


def _share_below(values: Values, others: Values) -> Values:
    """For each value the share of the others below it, equal ones by half."""
    ordered = np.sort(others)
    return (np.searchsorted(ordered, values) + np.searchsorted(ordered, values, "right")) / (2 * len(ordered))
