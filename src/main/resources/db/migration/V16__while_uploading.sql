-- Videos that are worked on while their bytes still arrive.
ALTER TABLE videos
    -- Bytes from the beginning that are on stable storage, as long as the video is UPLOADING; a second part is there whole.
    ADD COLUMN arrived bigint NOT NULL DEFAULT 0 CHECK (arrived >= 0),
    -- From how many of them on it may be possible to plan it.
    ADD COLUMN look_from bigint NOT NULL DEFAULT 65536,
    -- What it was planned from before the last byte had arrived; null once that was held against the whole file.
    ADD COLUMN early jsonb;

-- Bytes from the beginning that have to be there; null = all of the file.
ALTER TABLE tasks ADD COLUMN needs bigint CHECK (needs >= 0);

-- Parts that nothing can be made of any more go with what they were parts of.
CREATE FUNCTION forget_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM uploads WHERE id = ANY (OLD.parts) AND kind = 'PARTIAL';
    RETURN NULL;
END
$$;

CREATE TRIGGER uploads_forget_parts AFTER DELETE ON uploads FOR EACH ROW
    WHEN (OLD.kind = 'FINAL') EXECUTE FUNCTION forget_parts();
