-- How far the making of a video was when its processing began, in percent: begun during the upload, or tried again.
ALTER TABLE videos
    ADD COLUMN processing_from double precision NOT NULL DEFAULT 0 CHECK (processing_from BETWEEN 0 AND 100);
