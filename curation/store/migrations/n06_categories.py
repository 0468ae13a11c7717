"""What a source says a sample is counts as a label."""

STATEMENTS = """
-- what the source or the method says a sample is, such as the cell of a grid, is a label too
CREATE OR REPLACE VIEW labels AS
    SELECT signal, sample, label FROM signals WHERE label <> ''
    UNION ALL SELECT 'topic', sample, topic FROM topics
    UNION ALL SELECT DISTINCT 'category', sample, category FROM origins WHERE category <> '';
"""
