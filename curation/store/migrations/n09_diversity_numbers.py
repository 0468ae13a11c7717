"""Numbers about how varied groups of samples are."""

STATEMENTS = """
CREATE TABLE diversity_numbers (
    field VARCHAR NOT NULL, place INTEGER NOT NULL, kind VARCHAR NOT NULL, name VARCHAR NOT NULL,
    metric VARCHAR NOT NULL, value DOUBLE, low DOUBLE, high DOUBLE, samples INTEGER NOT NULL, words BIGINT NOT NULL,
    size INTEGER NOT NULL, draws INTEGER NOT NULL, seed INTEGER NOT NULL, model VARCHAR NOT NULL,
    stamp VARCHAR NOT NULL, made TIMESTAMP NOT NULL);
"""
