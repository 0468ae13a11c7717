"""What was asked of models and what came back."""

STATEMENTS = """
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
