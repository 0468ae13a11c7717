"""What samples share with benchmarks."""

STATEMENTS = """
-- for each sample the benchmark item that it is nearest to, by 'words' in a row and by 'cosine'; the last look alone
CREATE TABLE benchmark_hits (
    sample INTEGER NOT NULL, measure VARCHAR NOT NULL, value DOUBLE NOT NULL, benchmark VARCHAR NOT NULL,
    place VARCHAR NOT NULL, text VARCHAR NOT NULL, shared VARCHAR NOT NULL);
"""
