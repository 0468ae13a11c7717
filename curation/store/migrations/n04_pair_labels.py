"""What people say of pairs, and what differs within them."""

STATEMENTS = """
-- What people said about pairs of near-duplicates, a < b: events that are only ever added. A label is 'duplicate',
-- 'distinct' (never the same, whatever the threshold), 'keep a' or 'keep b' (which of the two stays), or 'undo', whose
-- event is 'undo:' and the event that it takes back.
CREATE TABLE pair_labels (
    seq BIGINT NOT NULL, event VARCHAR NOT NULL UNIQUE, a INTEGER NOT NULL, b INTEGER NOT NULL, label VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL, made TIMESTAMP NOT NULL);
-- what differs within each pair of a space, by a version of the rules; in differ the n-th bit is the n-th feature
CREATE TABLE pair_facts (
    space VARCHAR NOT NULL, version INTEGER NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL, rouge FLOAT NOT NULL,
    inputs FLOAT NOT NULL, length FLOAT NOT NULL, differ UTINYINT NOT NULL);
CREATE VIEW live_pair_labels AS
    SELECT * FROM pair_labels
    WHERE label <> 'undo' AND 'undo:' || event NOT IN (SELECT event FROM pair_labels WHERE label = 'undo');
CREATE VIEW pair_verdicts AS
    SELECT a, b, arg_max(label, seq) AS label FROM live_pair_labels WHERE label IN ('duplicate', 'distinct')
    GROUP BY a, b;
-- how lately each sample was chosen to stay; of a pair the newest choice counts
CREATE VIEW preferred AS
    SELECT CASE WHEN label = 'keep a' THEN a ELSE b END AS sample, max(seq) AS seq FROM (
        SELECT a, b, arg_max(label, seq) AS label, max(seq) AS seq FROM live_pair_labels
        WHERE label IN ('keep a', 'keep b') GROUP BY a, b)
    GROUP BY sample;
"""
