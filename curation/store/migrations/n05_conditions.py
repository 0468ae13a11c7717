"""The condition of a rule."""

STATEMENTS = """
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
