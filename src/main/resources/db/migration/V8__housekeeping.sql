-- Videos whose rows were removed and whose bytes may still be there: a deletion that was cut short is gone on with.
-- Bytes of a video that is neither in videos nor here are of unknown origin; only a person decides about them.
CREATE TABLE removals (
    video_id uuid PRIMARY KEY,
    at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX removals_oldest ON removals (at);

CREATE FUNCTION note_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO removals (video_id) VALUES (OLD.id) ON CONFLICT (video_id) DO NOTHING;
    RETURN NULL;
END
$$;

CREATE TRIGGER videos_note_removal AFTER DELETE ON videos FOR EACH ROW EXECUTE FUNCTION note_removal();
