"""Choices of samples that took long are kept, so that a page or an export need not make them again."""

STATEMENTS = """
-- `without` has how many samples could not be chosen, for want of a vector, say.
CREATE TABLE selections (key VARCHAR PRIMARY KEY, made TIMESTAMP NOT NULL, samples INTEGER[] NOT NULL,
    without INTEGER NOT NULL);
"""
