"""What the samples are compared with, and which samples went into an export."""

STATEMENTS = """
-- One look at how far a reference and the samples lie apart; a new one of the same name takes its place. newest is how
-- many samples the workspace had then; of the distances of samples there is a signal, named in signal.
CREATE TABLE reference_looks (
    name VARCHAR NOT NULL, kind VARCHAR NOT NULL, scope VARCHAR NOT NULL, field VARCHAR NOT NULL,
    model VARCHAR NOT NULL, signal VARCHAR NOT NULL, samples INTEGER NOT NULL, newest INTEGER NOT NULL,
    energy DOUBLE NOT NULL, share DOUBLE NOT NULL, p DOUBLE NOT NULL, n INTEGER NOT NULL, m INTEGER NOT NULL,
    permutations INTEGER NOT NULL, seed INTEGER NOT NULL, made TIMESTAMP NOT NULL);
-- its items: a sample of the workspace, or (sample NULL) a text from a file that is none
CREATE TABLE reference_items (
    name VARCHAR NOT NULL, position INTEGER NOT NULL, sample INTEGER, id VARCHAR NOT NULL,
    instruction VARCHAR NOT NULL, input VARCHAR NOT NULL, output VARCHAR NOT NULL, ref VARCHAR NOT NULL,
    category VARCHAR NOT NULL, licence VARCHAR NOT NULL, method VARCHAR NOT NULL, nearest INTEGER NOT NULL,
    distance FLOAT NOT NULL);
CREATE TABLE export_samples (export VARCHAR NOT NULL, sample INTEGER NOT NULL);
"""
