"""Of a very large set, near-duplicates are found approximately: the share that was found is kept with them."""

STATEMENTS = """
-- measured on some samples against all others when the pairs were found; 1 where every pair was looked at
ALTER TABLE spaces ADD COLUMN recall DOUBLE DEFAULT 1;
"""
