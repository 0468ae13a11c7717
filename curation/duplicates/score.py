"""A calibrated score beside plain cosine: how likely two samples are duplicates, by a small model that can be read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.duplicates.calibration import LABELS
from curation.duplicates.differences import FEATURES, Table
from curation.errors import NotReady

NAMES: tuple[str, ...] = ("cosine", "rouge", "inputs", "length", *FEATURES)
"""What the model looks at, in this order; each feature is 1 where it differs and 0 where it does not."""


@dataclass(frozen=True)
class Scorer:
    """Logistic regression over standardised columns.

    Args:
        means: of each of `NAMES` among the labelled pairs.
        scales: their standard deviations, 1 where they are all the same.
        coefficients: how much one standard deviation adds to the log odds.
        intercept: the log odds of a pair that is average in everything.
    """

    means: tuple[float, ...]
    scales: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float

    def __call__(self, columns: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability that each pair is one of duplicates, from columns of shape (pairs, len(NAMES))."""
        standard = (columns - np.array(self.means)) / np.array(self.scales)
        return np.asarray(1 / (1 + np.exp(-(standard @ np.array(self.coefficients) + self.intercept))), np.float64)


OURS = Scorer(
    means=(0.7577, 0.5731, 0.8643, 0.7880, 0.3017, 0.0690, 0.0345, 0.0172, 0.2241),
    scales=(0.1816, 0.1433, 0.3322, 0.1750, 0.4590, 0.2534, 0.1825, 0.1302, 0.4170),
    coefficients=(2.4282, 0.4111, 0.1478, -0.2429, -1.0056, -0.4423, -0.2986, -0.1407, -0.8912),
    intercept=-2.2918,
)
"""To begin with. Fitted to 116 pairs of English instructions from two public sets, labelled by reading as duplicates
where an answer to one fully serves the other; the cosines are of the bundled embedder and of instruction with input.
`benchmarks/calibration.py --data labelled.jsonl` fits it again and prints these numbers."""


def columns_of(similarity: NDArray[np.float32], table: Table) -> NDArray[np.float64]:
    """What the model looks at, float64 of shape (pairs, len(NAMES))."""
    differ = [(table.differ >> n) & 1 for n in range(len(FEATURES))]
    return np.column_stack([similarity, table.rouge, table.inputs, table.length, *differ]).astype(np.float64)


def fit_scorer(columns: NDArray[np.float64], duplicate: NDArray[np.bool_]) -> Scorer:
    """Fit to labelled pairs: ridge-penalised logistic regression of scikit-learn with C = 1.

    Raises:
        NotReady: there are fewer than 30 labels, or all are the same.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    if len(duplicate) < LABELS or duplicate.all() or not duplicate.any():
        raise NotReady(f"A score is fitted from {LABELS} labels of both kinds on.")
    scaler = StandardScaler().fit(columns)
    model = LogisticRegression(C=1.0).fit(scaler.transform(columns), duplicate)
    means, scales, coefficients = (tuple(map(float, each)) for each in (scaler.mean_, scaler.scale_, model.coef_[0]))
    return Scorer(means, scales, coefficients, float(model.intercept_[0]))
