"""Samples, origins, runs, decisions, signals, vectors, maps, pairs, recipes, exports."""

STATEMENTS = """
CREATE TABLE samples (
    seq INTEGER NOT NULL, id VARCHAR NOT NULL UNIQUE, instruction VARCHAR NOT NULL, input VARCHAR NOT NULL,
    output VARCHAR NOT NULL, system VARCHAR NOT NULL, followups VARCHAR NOT NULL, rejected VARCHAR NOT NULL,
    added TIMESTAMP NOT NULL);
CREATE TABLE origins (
    sample INTEGER NOT NULL, run VARCHAR NOT NULL, ref VARCHAR NOT NULL, method VARCHAR NOT NULL,
    source VARCHAR NOT NULL, category VARCHAR NOT NULL, licence VARCHAR NOT NULL, model VARCHAR NOT NULL,
    prompt_hash VARCHAR NOT NULL, parents VARCHAR[] NOT NULL);
CREATE TABLE refusals (run VARCHAR NOT NULL, place VARCHAR NOT NULL, reason VARCHAR NOT NULL);
CREATE TABLE runs (
    id VARCHAR NOT NULL, kind VARCHAR NOT NULL, method VARCHAR NOT NULL, options VARCHAR NOT NULL,
    status VARCHAR NOT NULL, requested BIGINT NOT NULL, done BIGINT NOT NULL, failed BIGINT NOT NULL,
    note VARCHAR NOT NULL, process INTEGER NOT NULL, started TIMESTAMP NOT NULL, heartbeat TIMESTAMP NOT NULL,
    ended TIMESTAMP);
CREATE TABLE decisions (
    seq BIGINT NOT NULL, event VARCHAR NOT NULL UNIQUE, step VARCHAR NOT NULL, sample INTEGER,
    reviewer VARCHAR NOT NULL, action VARCHAR NOT NULL, value VARCHAR NOT NULL, made TIMESTAMP NOT NULL);
CREATE TABLE signals (signal VARCHAR NOT NULL, sample INTEGER NOT NULL, value DOUBLE, label VARCHAR);
CREATE TABLE vectors (model VARCHAR NOT NULL, text_hash VARCHAR NOT NULL, vector FLOAT[] NOT NULL);
CREATE TABLE maps (
    map VARCHAR NOT NULL, model VARCHAR NOT NULL, field VARCHAR NOT NULL, seed INTEGER NOT NULL,
    made TIMESTAMP NOT NULL);
CREATE TABLE positions (map VARCHAR NOT NULL, sample INTEGER NOT NULL, x FLOAT NOT NULL, y FLOAT NOT NULL);
CREATE TABLE spaces (
    space VARCHAR NOT NULL, model VARCHAR NOT NULL, field VARCHAR NOT NULL, floor DOUBLE NOT NULL,
    samples INTEGER NOT NULL, made TIMESTAMP NOT NULL);
CREATE TABLE pairs (space VARCHAR NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL, similarity FLOAT NOT NULL);
CREATE TABLE recipes (
    seq BIGINT NOT NULL, name VARCHAR NOT NULL, text VARCHAR NOT NULL, reviewer VARCHAR NOT NULL,
    made TIMESTAMP NOT NULL);
CREATE TABLE rules (
    position INTEGER NOT NULL, signal VARCHAR NOT NULL, least DOUBLE, most DOUBLE, words VARCHAR[] NOT NULL);
CREATE TABLE duplicates (sample INTEGER NOT NULL, representative INTEGER NOT NULL, similarity FLOAT NOT NULL);
CREATE TABLE exports (
    id VARCHAR NOT NULL, folder VARCHAR NOT NULL, sample_count BIGINT NOT NULL, sha256 VARCHAR NOT NULL,
    recipe VARCHAR NOT NULL, made TIMESTAMP NOT NULL);
CREATE TABLE settings (key VARCHAR NOT NULL, value VARCHAR NOT NULL);

-- what people said: the fold of the events, undone steps left out
CREATE VIEW live AS
    SELECT * FROM decisions
    WHERE action <> 'undo' AND step NOT IN (SELECT value FROM decisions WHERE action = 'undo');
CREATE VIEW verdicts AS
    SELECT sample, arg_max(action, seq) AS action FROM live WHERE action IN ('accept', 'reject') GROUP BY sample;
CREATE VIEW tags AS
    SELECT sample, value AS tag FROM live WHERE action IN ('tag', 'untag')
    GROUP BY sample, value HAVING arg_max(action, seq) = 'tag';

-- what the current recipe says: a value that is not there never drops a sample
CREATE VIEW rule_outs AS
    SELECT signals.sample, rules.position, signals.signal, signals.value, signals.label, rules.least, rules.most
    FROM signals JOIN rules ON rules.signal = signals.signal
    WHERE signals.value < rules.least OR signals.value > rules.most
        OR (len(rules.words) > 0 AND signals.label <> '' AND NOT list_contains(rules.words, signals.label));

-- a person outranks every rule
CREATE VIEW states AS
    SELECT samples.seq AS sample,
        CASE WHEN verdicts.action = 'accept' THEN 'accepted'
             WHEN verdicts.action = 'reject' THEN 'rejected'
             WHEN ruled.sample IS NOT NULL OR duplicates.sample IS NOT NULL THEN 'dropped'
             ELSE 'kept' END AS state
    FROM samples
    LEFT JOIN verdicts ON verdicts.sample = samples.seq
    LEFT JOIN (SELECT DISTINCT sample FROM rule_outs) AS ruled ON ruled.sample = samples.seq
    LEFT JOIN duplicates ON duplicates.sample = samples.seq;
"""
