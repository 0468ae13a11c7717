"""What judges say, and a dropped candidate whole."""

STATEMENTS = """
-- What judges say: rows are only ever added. A value is NULL where there is a problem; shown is what a pairwise judge
-- was shown first.
CREATE TABLE scores (
    run VARCHAR NOT NULL, judge VARCHAR NOT NULL, version VARCHAR NOT NULL, model VARCHAR NOT NULL,
    criterion VARCHAR NOT NULL, sample INTEGER NOT NULL, value DOUBLE, reason VARCHAR NOT NULL,
    request VARCHAR NOT NULL, shown VARCHAR NOT NULL, problem VARCHAR NOT NULL, made TIMESTAMP NOT NULL);
-- the tags that a judge gave, several per sample, as they count now: replaced as a whole, like a signal
CREATE TABLE topics (sample INTEGER NOT NULL, topic VARCHAR NOT NULL);
-- every label by which samples can be found; a signal has at most one per sample, topics have several
CREATE VIEW labels AS
    SELECT signal, sample, label FROM signals WHERE label <> ''
    UNION ALL SELECT 'topic', sample, topic FROM topics;

-- a dropped candidate is kept whole
ALTER TABLE candidates ADD COLUMN system VARCHAR DEFAULT '';
ALTER TABLE candidates ADD COLUMN followups VARCHAR DEFAULT '';
ALTER TABLE candidates ADD COLUMN rejected VARCHAR DEFAULT '';
ALTER TABLE candidates ADD COLUMN parents VARCHAR[] DEFAULT [];
"""
