"""Several reviewers: their roles, rounds in which several look at one sample, and what is in force then."""

STATEMENTS = """
-- who may do what: events, the latest of a person counts; '' takes a role away
CREATE TABLE roles (
    seq BIGINT NOT NULL, person VARCHAR NOT NULL, role VARCHAR NOT NULL, given_by VARCHAR NOT NULL,
    made TIMESTAMP NOT NULL);
-- overlap is how many people decide on each sample, 0 for all of them; repeats is the share that is shown twice
CREATE TABLE rounds (
    round INTEGER NOT NULL, name VARCHAR NOT NULL, overlap INTEGER NOT NULL, repeats DOUBLE NOT NULL,
    reviewer VARCHAR NOT NULL, made TIMESTAMP NOT NULL, ended TIMESTAMP);
CREATE TABLE round_samples (round INTEGER NOT NULL, sample INTEGER NOT NULL);

-- what each person says of a sample now
CREATE VIEW opinions AS
    SELECT sample, reviewer, arg_max(action, seq) AS action, arg_max(value, seq) AS reason, max(seq) AS seq,
        arg_max(made, seq) AS made
    FROM live WHERE action IN ('accept', 'reject') AND reviewer <> '' GROUP BY sample, reviewer;
-- what an expert says finally
CREATE VIEW settlements AS
    SELECT sample, arg_max(replace(action, 'settle ', ''), seq) AS action, arg_max(reviewer, seq) AS reviewer,
        arg_max(value, seq) AS reason, max(seq) AS seq, arg_max(made, seq) AS made
    FROM live WHERE action IN ('settle accept', 'settle reject') GROUP BY sample;
-- how many opinions a sample of a round needs: once its round has ended, those that are there
CREATE VIEW round_needs AS
    SELECT sample, max(CASE WHEN ended IS NOT NULL THEN 1 WHEN overlap = 0 THEN 1000000 ELSE overlap END) AS needed
    FROM round_samples JOIN rounds USING (round) GROUP BY sample;
-- samples of rounds that have the opinions they need, agreed or not
CREATE VIEW answered AS
    SELECT sample, count(DISTINCT opinions.action) = 1 AS agreed, any_value(opinions.action) AS action,
        arg_max(opinions.reviewer, opinions.seq) AS reviewer
    FROM round_needs JOIN opinions USING (sample) GROUP BY sample, needed HAVING count(*) >= needed;
-- those of whom an expert is asked
CREATE VIEW conflicts AS
    SELECT sample FROM answered WHERE NOT agreed AND sample NOT IN (SELECT sample FROM settlements);
-- An expert outranks everybody. In a round it takes the opinions asked for, all the same; else the latest counts.
CREATE OR REPLACE VIEW verdicts AS
    SELECT sample, action, reviewer FROM settlements
    UNION ALL
    SELECT sample, arg_max(action, seq), arg_max(reviewer, seq) FROM live
    WHERE action IN ('accept', 'reject') AND sample NOT IN (SELECT sample FROM round_samples)
        AND sample NOT IN (SELECT sample FROM settlements)
    GROUP BY sample
    UNION ALL
    SELECT sample, action, reviewer FROM answered
    WHERE agreed AND sample NOT IN (SELECT sample FROM settlements);
-- as before, with the categories that had been left out
CREATE OR REPLACE VIEW labels AS
    SELECT signal, sample, label FROM signals WHERE label <> ''
    UNION ALL SELECT 'topic', sample, topic FROM topics
    UNION ALL SELECT DISTINCT 'category', sample, category FROM origins WHERE category <> ''
    UNION ALL SELECT 'flag', sample, 'flagged' FROM flags
    UNION ALL SELECT DISTINCT 'rating', sample, rating::VARCHAR FROM ratings;
"""
