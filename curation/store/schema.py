"""The tables, as numbered migrations. A migration that has landed is never edited; a change is a new one.

Two keys run through everything: `samples.id` (hash of the text, the same in every workspace) and `samples.seq`
(0, 1, 2 … without gaps in this workspace), which every other table calls `sample`. Rows are never deleted, so a
`seq` is also an index into a numpy array.
"""

FIRST = """
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

SECOND = """
-- What was asked of models, sent and answered: rows are only ever added. Keys and ids are 32 hexadecimal digits: as
-- UUID a million are scanned in 4 ms, as text in 20, and an index costs every insert more than it saves.
CREATE TABLE requests (key UUID NOT NULL, model VARCHAR NOT NULL, prompt VARCHAR NOT NULL, made TIMESTAMP NOT NULL);
CREATE TABLE attempts (
    id UUID NOT NULL, key UUID NOT NULL, run VARCHAR NOT NULL, endpoint VARCHAR NOT NULL, form VARCHAR NOT NULL,
    tokens BIGINT NOT NULL, cost DOUBLE, sent TIMESTAMP NOT NULL);
CREATE TABLE responses (
    attempt UUID NOT NULL, run VARCHAR NOT NULL, problem VARCHAR NOT NULL, status INTEGER NOT NULL, body BLOB NOT NULL,
    prompt_tokens BIGINT NOT NULL, completion_tokens BIGINT NOT NULL, cost DOUBLE, seconds DOUBLE NOT NULL,
    received TIMESTAMP NOT NULL);
CREATE TABLE candidates (
    run VARCHAR NOT NULL, ref VARCHAR NOT NULL, position INTEGER NOT NULL, round INTEGER NOT NULL,
    sample_id VARCHAR NOT NULL, instruction VARCHAR NOT NULL, input VARCHAR NOT NULL, output VARCHAR NOT NULL,
    rule VARCHAR NOT NULL, reason VARCHAR NOT NULL, request VARCHAR NOT NULL, nearest VARCHAR NOT NULL, average DOUBLE);
CREATE TABLE plans (run VARCHAR NOT NULL, plan VARCHAR NOT NULL, pool INTEGER[] NOT NULL, made TIMESTAMP NOT NULL);
ALTER TABLE runs ADD COLUMN active DOUBLE;
ALTER TABLE runs ADD COLUMN resume_at TIMESTAMP;

-- one row per attempt with what became of it; what is booked for one without a response is the most that it can cost
CREATE VIEW outcomes AS
    SELECT attempts.id AS attempt, attempts.key, attempts.run, attempts.endpoint, attempts.form, attempts.sent,
        responses.attempt IS NULL AS is_open, coalesce(responses.problem, 'unknown') AS problem, responses.status,
        responses.body, responses.rowid AS answer, responses.seconds, responses.received,
        responses.prompt_tokens, responses.completion_tokens,
        CASE WHEN is_open THEN attempts.tokens ELSE responses.prompt_tokens + responses.completion_tokens END AS tokens,
        CASE WHEN is_open THEN attempts.cost ELSE responses.cost END AS cost
    FROM attempts LEFT JOIN responses ON responses.attempt = attempts.id;
"""

THIRD = """
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

FOURTH = """
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

FIFTH = """
-- the condition of a rule: a label signal, 'origin' or 'method', with the labels of which one is enough; '' for none
ALTER TABLE rules ADD COLUMN when_signal VARCHAR DEFAULT '';
ALTER TABLE rules ADD COLUMN when_words VARCHAR[] DEFAULT [];
-- which samples each rule with a condition is about
CREATE VIEW rule_cases AS
    SELECT rules.position, found.sample FROM rules JOIN (
        SELECT signal, sample, label FROM labels
        UNION ALL SELECT 'origin', sample, source FROM origins
        UNION ALL SELECT 'method', sample, method FROM origins) AS found
    ON found.signal = rules.when_signal AND list_contains(rules.when_words, found.label);
-- what the current recipe says: a value that is not there never drops a sample, nor does a rule that is not about it
CREATE OR REPLACE VIEW rule_outs AS
    SELECT signals.sample, rules.position, signals.signal, signals.value, signals.label, rules.least, rules.most
    FROM signals JOIN rules ON rules.signal = signals.signal
    WHERE (signals.value < rules.least OR signals.value > rules.most
            OR (len(rules.words) > 0 AND signals.label <> '' AND NOT list_contains(rules.words, signals.label)))
        AND (rules.when_signal = '' OR (rules.position, signals.sample) IN (SELECT position, sample FROM rule_cases));
"""

SIXTH = """
-- what the source or the method says a sample is, such as the cell of a grid, is a label too
CREATE OR REPLACE VIEW labels AS
    SELECT signal, sample, label FROM signals WHERE label <> ''
    UNION ALL SELECT 'topic', sample, topic FROM topics
    UNION ALL SELECT DISTINCT 'category', sample, category FROM origins WHERE category <> '';
"""

MIGRATIONS: tuple[str, ...] = (FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH)
