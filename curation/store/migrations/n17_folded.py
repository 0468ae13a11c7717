"""What people decided, folded in one pass: it is looked up after every press of a key."""

STATEMENTS = """
-- One row for each sample that anybody decided on, or asked again.
-- Inside, one row for each person of a round, and one for all people elsewhere; `rank` orders their words, experts
-- last, and is NULL where a word does not count: asked again, or said by nobody in a round.
CREATE VIEW folded AS
    SELECT sample, arg_max(accepts, rank) AS accepts, arg_max(reviewer, rank) AS reviewer,
        CASE WHEN max(rank) >= 4611686018427387904 THEN 'verdict'
             WHEN count(rank) < coalesce(any_value(needed), 1) THEN 'open'
             WHEN bool_and(accepts) = bool_or(accepts) THEN 'verdict'
             ELSE 'conflict' END AS standing,
        coalesce(max(again) > max(seq), max(again) IS NOT NULL) AS is_reopened
    FROM (
        SELECT sample, needed, max(rank) AS rank, arg_max(reviewer, rank) AS reviewer,
            arg_max(action IN ('accept', 'settle accept'), rank) AS accepts,
            max(CASE WHEN action = 'reopen' THEN seq END) AS again,
            max(CASE WHEN action <> 'reopen' THEN seq END) AS seq
        FROM (
            SELECT *, CASE WHEN action IN ('settle accept', 'settle reject') THEN seq + 4611686018427387904
                           WHEN action = 'reopen' OR needed IS NOT NULL AND reviewer = '' THEN NULL
                           ELSE seq END AS rank
            FROM live LEFT JOIN round_needs USING (sample)
            WHERE action IN ('accept', 'reject', 'settle accept', 'settle reject', 'reopen'))
        GROUP BY sample, needed, CASE WHEN needed IS NOT NULL THEN reviewer END)
    GROUP BY sample;
CREATE OR REPLACE VIEW conflicts AS SELECT sample FROM folded WHERE standing = 'conflict';
CREATE OR REPLACE VIEW verdicts AS
    SELECT sample, CASE WHEN accepts THEN 'accept' ELSE 'reject' END AS action, reviewer
    FROM folded WHERE standing = 'verdict';
CREATE OR REPLACE VIEW settled AS SELECT sample FROM folded WHERE standing <> 'open' AND NOT is_reopened;
DROP VIEW answered;
"""
