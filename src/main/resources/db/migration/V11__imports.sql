-- Videos that are fetched by link, for as long as their bytes arrive. The link may be signed: it is a secret, and it is
-- forgotten as soon as the video has left UPLOADING, whoever moves it on.
CREATE TABLE imports (
    video_id      uuid PRIMARY KEY REFERENCES videos ON DELETE CASCADE,
    url           text NOT NULL,
    -- What tells whether the file behind the link is still the same (RFC 9110, 8.8); both null when nothing does.
    etag          text,
    last_modified text,
    -- Bytes of the file in all; null when unknown.
    size          bigint CHECK (size >= 0),
    -- Bytes from the beginning that are on stable storage.
    received      bigint NOT NULL DEFAULT 0 CHECK (received >= 0),
    -- Time that was spent on it, by all processes together.
    spent_millis  bigint NOT NULL DEFAULT 0 CHECK (spent_millis >= 0)
);

CREATE FUNCTION forget_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM imports WHERE video_id = NEW.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER videos_forget_import AFTER UPDATE OF status ON videos FOR EACH ROW
    WHEN (OLD.status = 'UPLOADING' AND NEW.status <> 'UPLOADING') EXECUTE FUNCTION forget_import();
