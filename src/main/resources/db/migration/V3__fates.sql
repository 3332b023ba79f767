-- Whether what a settled video left behind has been removed; false from the moment in which it settles.
ALTER TABLE videos ADD COLUMN tidied boolean NOT NULL DEFAULT true;
CREATE INDEX videos_untidied ON videos (id) WHERE NOT tidied;

-- Joins of a quality that failed since its chunks were last made, when the next one may begin, and whether its chunks
-- have been made again for it.
ALTER TABLE renditions ADD COLUMN join_failures integer NOT NULL DEFAULT 0 CHECK (join_failures >= 0);
ALTER TABLE renditions ADD COLUMN join_after timestamptz;
ALTER TABLE renditions ADD COLUMN remade boolean NOT NULL DEFAULT false;
