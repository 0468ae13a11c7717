"""Several maps side by side, each with how it was laid out and with its own clusters."""

STATEMENTS = """
-- how a map was laid out; the maps of before were made by umap-learn
ALTER TABLE maps ADD COLUMN method VARCHAR DEFAULT 'umap-learn';
ALTER TABLE maps ADD COLUMN neighbours INTEGER DEFAULT 15;
ALTER TABLE maps ADD COLUMN min_distance DOUBLE DEFAULT 0.1;
ALTER TABLE maps ADD COLUMN metric VARCHAR DEFAULT 'cosine';
-- how its clusters were found, in words
ALTER TABLE maps ADD COLUMN grouping VARCHAR DEFAULT 'k-means';
-- when it was made or chosen last: the latest is shown
ALTER TABLE maps ADD COLUMN shown TIMESTAMP;
UPDATE maps SET shown = made;
-- samples that came later were put among those that were there; cluster is NULL for the maps of before, -1 for none
ALTER TABLE positions ADD COLUMN later BOOLEAN DEFAULT false;
ALTER TABLE positions ADD COLUMN cluster INTEGER;
-- maker is '' for a title from distinctive words, else the model that gave it
CREATE TABLE cluster_titles (
    map VARCHAR NOT NULL, cluster INTEGER NOT NULL, title VARCHAR NOT NULL, maker VARCHAR NOT NULL);
"""
