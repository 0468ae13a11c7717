"""Numbers of agreement in words."""

from curation.reviewing.agreement import Agreement, Estimate

UNKNOWN = "–"
BANDS = ((0.8, "reliable"), (0.667, "good enough for tentative conclusions"), (-1.0, "too low to rest on"))
"""From which α on; as Krippendorff (2004) proposes."""


def told(estimate: Estimate) -> str:
    """A number with its interval: `0.62 (0.51 to 0.72)`.

    >>> told(Estimate(0.615, 0.51, 0.72))
    '0.61 (0.51 to 0.72)'
    """
    return f"{estimate.value:.2f} ({between(estimate)})" if estimate.is_known else UNKNOWN


def between(estimate: Estimate) -> str:
    """The interval alone."""
    return f"{estimate.low:.2f} to {estimate.high:.2f}"


def meaning(found: Agreement) -> str:
    """What the numbers come to, in a sentence."""
    if not found.samples:
        return "No sample was decided on by two people yet, so there is nothing to compare."
    if not found.alpha.is_known:
        return (
            "Everybody always said the same, all accepting or all rejecting. κ and α cannot be told then: nobody knows "
            "whether they would also agree on the other answer."
        )
    band = next(words for least, words in BANDS if found.alpha.value >= least)
    share = max(found.accepts, found.rejects) / (found.accepts + found.rejects)
    skewed = (
        f" {share:.0%} of the opinions are the same answer, which pulls κ and α down however well people agree: look "
        "at the agreement per answer, too."
        if share >= 0.85
        else ""
    )
    return f"An α of {found.alpha.value:.2f} is {band}.{skewed}"
