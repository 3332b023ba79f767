-- What is still told of a removed video, as its last update.
ALTER TABLE removals
    ADD COLUMN seq      bigint CHECK (seq > 0),
    ADD COLUMN status   text,
    ADD COLUMN progress double precision;

CREATE OR REPLACE FUNCTION note_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO removals (video_id, seq, status, progress) VALUES (OLD.id, OLD.seq + 1, OLD.status, OLD.progress)
    ON CONFLICT (video_id) DO NOTHING;
    RETURN NULL;
END
$$;
