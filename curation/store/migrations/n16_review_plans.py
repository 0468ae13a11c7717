"""The plans by which a review that estimates the acceptance rate goes through the samples."""

STATEMENTS = """
-- How much larger the chance of a sample to come early is than that of another one. Plan 0, where all are equal, is not
-- kept. A plan is never changed, because what was decided while it was followed is weighed by it.
CREATE TABLE review_plans (plan INTEGER NOT NULL, sample INTEGER NOT NULL, size FLOAT NOT NULL);
"""
