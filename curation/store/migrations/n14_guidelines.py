"""Guidelines in versions, the version behind each decision, what is asked again, and repairs by a model."""

STATEMENTS = """
CREATE TABLE guidelines (
    version INTEGER NOT NULL, text VARCHAR NOT NULL, reviewer VARCHAR NOT NULL, made TIMESTAMP NOT NULL);
CREATE TABLE repairs (
    run VARCHAR NOT NULL, sample INTEGER NOT NULL, instruction VARCHAR NOT NULL, input VARCHAR NOT NULL,
    output VARCHAR NOT NULL, changes VARCHAR[] NOT NULL, problem VARCHAR NOT NULL, model VARCHAR NOT NULL,
    request VARCHAR NOT NULL);
-- 0: before there were any
ALTER TABLE decisions ADD COLUMN guideline INTEGER DEFAULT 0;
CREATE OR REPLACE VIEW live AS
    SELECT * FROM decisions
    WHERE action <> 'undo' AND step NOT IN (SELECT value FROM decisions WHERE action = 'undo');
-- decided on, and asked again since
CREATE VIEW reopened AS
    SELECT sample FROM live WHERE action IN ('accept', 'reject', 'settle accept', 'settle reject', 'reopen')
    GROUP BY sample HAVING arg_max(action, seq) = 'reopen';
-- what is in nobody's queue
CREATE VIEW settled AS SELECT sample FROM verdicts WHERE sample NOT IN (SELECT sample FROM reopened);
CREATE OR REPLACE VIEW labels AS
    SELECT signal, sample, label FROM signals WHERE label <> ''
    UNION ALL SELECT 'topic', sample, topic FROM topics
    UNION ALL SELECT 'flag', sample, 'flagged' FROM flags
    UNION ALL SELECT DISTINCT 'rating', sample, rating::VARCHAR FROM ratings
    UNION ALL SELECT DISTINCT 'category', sample, category FROM origins WHERE category <> ''
    UNION ALL SELECT 'guidelines', sample,
        CASE arg_max(guideline, seq) WHEN 0 THEN 'none yet' ELSE 'version ' || arg_max(guideline, seq) END
    FROM live WHERE action IN ('accept', 'reject') AND reviewer <> '' AND EXISTS (SELECT 1 FROM guidelines)
    GROUP BY sample;
"""
