-- Which node receives a video's bytes, and which one joins a quality, so that a node that starts again knows what it left.
ALTER TABLE videos ADD COLUMN node text;
ALTER TABLE renditions ADD COLUMN join_node text;
