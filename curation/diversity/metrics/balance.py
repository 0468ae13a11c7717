"""How evenly samples are spread over kinds."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from curation.diversity.measures import effective_number
from curation.diversity.metrics.metric import LabelMetric


class TaskTypes(LabelMetric):
    """Effective number of task types.

    The Hill number of order 1 over the signal `task_type`.

    >>> round(TaskTypes()(["code", "maths"]), 6)
    2.0
    """

    name: ClassVar[str] = "task_types"
    signal: ClassVar[str] = "task_type"
    meaning: ClassVar[str] = "How many task types would be as varied if all were equally frequent."

    def __call__(self, labels: Sequence[str]) -> float:
        """A number from 1 to the number of task types."""
        return effective_number(Counter(labels).values())


class Categories(LabelMetric):
    """Effective number of categories.

    The Hill number of order 1 over what the sources themselves say that a sample is.

    >>> round(Categories()(["open question", "open question"]), 6)
    1.0
    """

    name: ClassVar[str] = "categories"
    signal: ClassVar[str] = "category"
    meaning: ClassVar[str] = "How many of the categories that the sources name would be as varied if equally frequent."

    def __call__(self, labels: Sequence[str]) -> float:
        """A number from 1 to the number of categories."""
        return effective_number(Counter(labels).values())
