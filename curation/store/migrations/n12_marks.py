"""Flags and ratings that people give, by which samples are found."""

STATEMENTS = """
-- flagged: the latest word on it is a flag, whoever said so
CREATE VIEW flags AS
    SELECT sample FROM live WHERE action IN ('flag', 'unflag') GROUP BY sample HAVING arg_max(action, seq) = 'flag';
-- 1 to 5, the latest of each reviewer
CREATE VIEW ratings AS
    SELECT sample, reviewer, arg_max(TRY_CAST(value AS INTEGER), seq) AS rating FROM live
    WHERE action = 'rate' GROUP BY sample, reviewer;
CREATE OR REPLACE VIEW labels AS
    SELECT signal, sample, label FROM signals WHERE label <> ''
    UNION ALL SELECT 'topic', sample, topic FROM topics
    UNION ALL SELECT 'flag', sample, 'flagged' FROM flags
    UNION ALL SELECT DISTINCT 'rating', sample, rating::VARCHAR FROM ratings;
"""
