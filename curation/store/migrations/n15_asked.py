"""Of what a person is not asked: what they said in a round already, and what is in the hands of an expert."""

STATEMENTS = """
-- passed over by a person, or said in a round and not asked again since
CREATE VIEW passed AS
    SELECT sample, reviewer FROM live WHERE action = 'skip'
    UNION
    SELECT sample, reviewer FROM opinions
    WHERE sample IN (SELECT sample FROM round_samples) AND sample NOT IN (SELECT sample FROM reopened);
-- what is in nobody's queue
CREATE OR REPLACE VIEW settled AS
    SELECT sample FROM (SELECT sample FROM verdicts UNION ALL SELECT sample FROM conflicts)
    WHERE sample NOT IN (SELECT sample FROM reopened);
"""
